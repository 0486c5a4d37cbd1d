import { isKind } from '../../core/errors.ts';
import type { AppError } from '../../core/errors.ts';
import { badResponse } from './failure.ts';
import type { CallOptions, Transport } from './transport.ts';

/** Any valid token may read both. The API need not have the first one, which is the cheaper one. */
const witnesses = ['/account/me/', '/servers/'];

/**
 * The same transport, in which a 401 counts only once the API answered another GET with 401 too: a gateway that guards one path
 * may use the API's own format. Without such an answer the 401 becomes a `badResponse` of an intermediary. A confirmed rejection
 * holds until a request succeeds, so that nothing more is sent after it.
 */
export function withConfirmedRejections(transport: Transport): Transport {
  let isRejected = false;

  const isConfirmed = async (path: string, options: CallOptions | undefined): Promise<boolean> => {
    for (const witness of witnesses.filter((each) => each !== path || each === witnesses.at(-1))) {
      const answer = await answerOf(transport, witness, options);
      if (answer !== 'unavailable') {
        return answer === 'rejects';
      }
    }
    return false;
  };

  return {
    ...transport,
    send: async (request, options) => {
      try {
        const reply = await transport.send(request, options);
        isRejected = false;
        return reply;
      } catch (error) {
        if (!isRejectedByApi(error) || isRejected) {
          throw error;
        }
        if (!(await isConfirmed(request.path, options))) {
          throw badResponse(request, 'intermediary', error.status, error.serverMessage);
        }
        isRejected = true;
        throw error;
      }
    },
  };
}

/** Not for a token that was not sent, because no header can carry it. */
function isRejectedByApi(error: unknown): error is AppError {
  return isKind(error, 'unauthorized') && error.status !== undefined;
}

/**
 * `unavailable`: the path is not served, or somebody in between answered.
 *
 * @throws AppError of kind `cancelled`
 */
async function answerOf(
  transport: Transport,
  path: string,
  options: CallOptions | undefined,
): Promise<'accepts' | 'rejects' | 'unknown' | 'unavailable'> {
  try {
    const { body } = await transport.send({ method: 'GET', path }, options);
    return 'text' in body && /^\s*[[{]/.test(body.text.toString()) ? 'accepts' : 'unavailable';
  } catch (error) {
    if (isKind(error, 'cancelled')) {
      throw error;
    }
    if (isRejectedByApi(error)) {
      return 'rejects';
    }
    return isKind(error, 'forbidden', 'notFound', 'conflict', 'badResponse') ||
      (isKind(error, 'server') && error.status === 501)
      ? 'unavailable'
      : 'unknown';
  }
}
