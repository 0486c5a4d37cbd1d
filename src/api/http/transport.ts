import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';
import { placeholder, redact, redactSecrets } from '../../core/redact.ts';
import type { RedactText } from '../../core/redact.ts';
import { attempt } from './attempt.ts';
import type { Fetch, Reply } from './attempt.ts';
import { describe, toAppError } from './failure.ts';
import type { LongText } from './longText.ts';
import { requestUrl } from './request.ts';
import type { ApiRequest } from './request.ts';
import { withRetry } from './retry.ts';

/** Receives methods, paths, statuses, durations and names of unusable fields. Never a token or a body. */
export interface ApiLog {
  debug(text: string): void;
  warn(text: string): void;
}

/** Options of every call. Aborting `signal` makes the call reject with kind `cancelled`. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called before each wait for the repetition of a GET, with the error that is the reason. */
  readonly onWait?: ((waitMs: number, error: AppError) => void) | undefined;
}

export interface TransportOptions {
  /** node-fetch, or a stand-in. */
  readonly fetch: Fetch;
  /** With or without a slash at the end. The token is sent to addresses below it only. */
  readonly baseUrl: string;
  readonly token: string;
  readonly clock: Clock;
  /** From 0 up to but not including 1; spreads the waits between repeats. */
  readonly random: () => number;
  /** Milliseconds for one attempt, headers and body together. Read for each attempt, so that a changed setting applies at once. */
  readonly timeoutMs: () => number;
  readonly log: ApiLog;
  /** `vps-org-vscode/<version>`. */
  readonly userAgent: string;
}

/** Sends requests with one token. */
export interface Transport {
  /**
   * Sends one request: address, time limit, redirects, body, status. Retries GET only.
   *
   * @throws AppError of any kind.
   */
  send(request: ApiRequest, options?: CallOptions): Promise<Reply>;
  /** Removes the token, and what looks like one, from text of a reply. */
  readonly redactText: RedactText;
  /** Removes nothing but the token: for values that must stay as they are, such as names. */
  readonly redactToken: RedactText;
  /** As `redactToken`, for the token as it is only: fast enough for texts of any length. */
  readonly redactPlainToken: (text: LongText) => LongText;
}

export function createTransport(options: TransportOptions): Transport {
  const { clock, log, token } = options;
  const redactText: RedactText = (text) => redact(text, [token]);
  const debug = (request: ApiRequest, text: string): void =>
    log.debug(redactText(describe(request, text)));

  const sendOnce = async (request: ApiRequest, signal: AbortSignal | undefined): Promise<Reply> => {
    const startMs = clock.now();
    const logOutcome = (outcome: string): void =>
      debug(request, `${outcome} in ${clock.now() - startMs} ms`);
    try {
      // Before anything else: a request may name an address that the token must not reach.
      const url = requestUrl(options.baseUrl, request);
      const reply = await attempt(request, url, {
        fetch: options.fetch,
        baseUrl: options.baseUrl,
        clock,
        timeoutMs: options.timeoutMs(),
        signal,
        headers: headersFor(request, token, options.userAgent),
        redactText,
      });
      logOutcome(`${reply.status}`);
      return reply;
    } catch (thrown) {
      const error = toAppError(thrown, request, undefined, redactText);
      logOutcome(`${error.status ?? error.code ?? ''} ${error.kind}`.trim());
      throw error;
    }
  };

  return {
    redactText,
    // No form of the token is shorter than the token.
    redactToken: (text) => (text.length < token.length ? text : redactSecrets(text, [token])),
    redactPlainToken: (text) =>
      text.indexOf(token) < 0 ? text : text.toString().replaceAll(token, placeholder),
    send: async (request, { signal, onWait } = {}) => {
      if (request.method !== 'GET') {
        return await sendOnce(request, signal);
      }
      const reportWait = (waitMs: number, repeat: number, error: AppError): void => {
        debug(request, `retry ${repeat} in ${waitMs} ms`);
        onWait?.(waitMs, error);
      };
      return await withRetry({ clock, random: options.random, signal, onWait: reportWait }, () =>
        sendOnce(request, signal),
      );
    },
  };
}

/** @throws AppError `unauthorized` for a token that no header can carry, and that no API can have issued. */
function headersFor(request: ApiRequest, token: string, userAgent: string): Record<string, string> {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new AppError(
      'unauthorized',
      'was not sent: the token has characters that no token can have',
    );
  }
  return {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    // A change must not be lost to an idle connection that the server closes at that moment: each request has its own.
    Connection: 'close',
    'User-Agent': userAgent,
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
}
