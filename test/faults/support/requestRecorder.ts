import type { Fetch, FetchResponse } from '../../../src/api/http/attempt.ts';
import { isRedirect } from '../../../src/api/http/attempt.ts';
import type { ReceivedRequest } from './faultHarness.ts';

/** Counts the requests on the network, so that a test advances the clock only when no response is on its way. */
export class RequestRecorder {
  readonly #received: readonly ReceivedRequest[];
  #sent = 0;
  #pending = 0;

  /** @param received requests that arrived at the sandbox, in order; the harness adds to it */
  constructor(received: readonly ReceivedRequest[]) {
    this.#received = received;
  }

  /** Whether no request is pending, or the only pending one waits for a response that only time can bring. */
  get isQuiet(): boolean {
    if (this.#pending === 0) {
      return true;
    }
    const last = this.#received.at(-1);
    const isStalled = last?.fault?.kind === 'hang' || last?.fault?.kind === 'delay';
    const hasArrived = this.#received.length === this.#sent;
    return (
      hasArrived &&
      isStalled &&
      !last.exchange.response.headersSent &&
      !last.exchange.response.destroyed
    );
  }

  wrap(fetch: Fetch): Fetch {
    return async (url, init) => {
      this.#sent++;
      this.#pending++;
      let hasEnded = false;
      const end = (): void => {
        this.#pending -= hasEnded ? 0 : 1;
        hasEnded = true;
      };
      try {
        const response = await fetch(url, init);
        if (isRedirect(response.status)) {
          end();
        }
        return this.#observe(response, end);
      } catch (error) {
        end();
        throw error;
      }
    };
  }

  /** Calls `end` when the body was read, failed or was dropped. */
  #observe(response: FetchResponse, end: () => void): FetchResponse {
    const { status, headers, body } = response;
    if (body === null) {
      end();
      return response;
    }
    const read = async function* (): AsyncGenerator<Uint8Array | string> {
      try {
        yield* body;
      } finally {
        end();
      }
    };
    return {
      status,
      headers,
      body: {
        [Symbol.asyncIterator]: read,
        destroy: () => {
          end();
          body.destroy?.();
        },
      },
    };
  }
}
