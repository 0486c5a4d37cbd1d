import type { Clock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import type { CallOptions } from './api.ts';
import type { ApiLog } from './apiLog.ts';
import { attempt } from './attempt.ts';
import type { Reply } from './attempt.ts';
import { describe, summarize, toAppError } from './failure.ts';
import type { Fetch } from './fetch.ts';
import { redact } from './redact.ts';
import type { RedactText } from './redact.ts';
import { requestUrl } from './request.ts';
import type { ApiRequest } from './request.ts';
import { withRetry } from './retry.ts';

export interface TransportOptions {
  readonly fetch: Fetch;
  readonly baseUrl: string;
  readonly token: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** Read anew for each attempt, so that a changed setting holds at once. */
  readonly timeoutMs: () => number;
  readonly log: ApiLog;
  readonly userAgent: string;
}

/** Sends requests with one token. */
export interface Transport {
  /**
   * The way of every request: address -> time limit -> redirects -> body -> status; around it, for GET, the retry.
   *
   * @throws AppError of any kind.
   */
  send(request: ApiRequest, options?: CallOptions): Promise<Reply>;
  /** Text from a reply without the token. */
  readonly redactText: RedactText;
}

export function createTransport(options: TransportOptions): Transport {
  const { clock, log, token } = options;
  const redactText: RedactText = (text) => redact(text, [token]);

  const sendOnce = async (request: ApiRequest, signal: AbortSignal | undefined): Promise<Reply> => {
    const startMs = clock.now();
    const say = (outcome: string): void =>
      log.debug(redactText(describe(request, `${outcome} in ${clock.now() - startMs} ms`)));
    try {
      // Before anything else: a request may name a place that the token must not see.
      const url = requestUrl(options.baseUrl, request);
      const reply = await attempt(request, url, {
        fetch: options.fetch,
        clock,
        timeoutMs: options.timeoutMs(),
        signal,
        headers: headersFor(request, token, options.userAgent),
        redactText,
      });
      say(`${reply.status}`);
      return reply;
    } catch (thrown) {
      const error = toAppError(thrown, request, undefined, redactText);
      say(`${error.status ?? error.code ?? ''} ${error.kind}`.trim());
      throw error;
    }
  };

  return {
    redactText,
    send: async (request, { signal } = {}) => {
      if (request.method !== 'GET') {
        return await sendOnce(request, signal);
      }
      const onWait = (waitMs: number, repeat: number): void =>
        log.debug(redactText(describe(request, `again in ${waitMs} ms (repeat ${repeat})`)));
      return await withRetry({ clock, random: options.random, signal, onWait }, () =>
        sendOnce(request, signal),
      );
    },
  };
}

/** @throws AppError `unauthorized` for a token that no header can carry: the API could not know it either. */
function headersFor(request: ApiRequest, token: string, userAgent: string): Record<string, string> {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new AppError('unauthorized', 'was not sent: the token has characters that no token can have');
  }
  return {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    'User-Agent': userAgent,
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
}

/** Runs a call so that whatever it throws is an `AppError`; a bug in here as `server`, its text redacted. */
export async function onlyAppErrors<T>(transport: Transport, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AppError) {
      throw error;
    }
    throw AppError.from(summarize(error, transport.redactText));
  }
}
