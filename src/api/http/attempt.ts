import type { Clock } from '../../core/clock.ts';
import { isKind } from '../../core/errors.ts';
import type { AppError } from '../../core/errors.ts';
import type { RedactText } from '../../core/redact.ts';
import { maxBodyBytes, readBodyText, readStart } from './bodyText.ts';
import type { BodyStream } from './bodyText.ts';
import type { LongText } from './longText.ts';
import { badResponse, statusError, toAppError } from './failure.ts';
import { isBelow } from './request.ts';
import type { ApiRequest, Method } from './request.ts';
import { parseHttpDate } from './retryAfter.ts';
import { withTimeLimit } from './timeLimit.ts';

const maxRedirects = 5;

/**
 * The part of node-fetch that the client uses. node-fetch's default export fits; tests use a scripted one. An
 * implementation must honor `signal` and `redirect: 'manual'`.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** Redirects are followed here, so that the token cannot leave its origin. */
  redirect: 'manual';
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The decompressed body. */
  readonly body: BodyStream | null;
}

/** A reply with a status in 2xx. */
export interface Reply {
  readonly status: number;
  /** The address that sent the reply after all redirects. Page links are relative to it. */
  readonly url: URL;
  /** The `Date` of the reply, in milliseconds since 1970; undefined without a valid one. */
  readonly dateMs: number | undefined;
  /**
   * The body, or the error from reading it. Never an error for GET, which is useless without its body; for other methods the
   * status alone shows that the change took effect.
   */
  readonly body: { readonly text: LongText } | { readonly error: AppError };
}

export interface AttemptOptions {
  readonly fetch: Fetch;
  /** Redirects that do not lead below it are not followed. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly headers: Record<string, string>;
  readonly redactText: RedactText;
}

interface Head {
  readonly url: URL;
  readonly response: FetchResponse;
}

/**
 * Sends a request once and reads the whole reply within `timeoutMs`.
 *
 * @throws AppError of any kind, with method and path.
 */
export async function attempt(
  request: ApiRequest,
  url: URL,
  options: AttemptOptions,
): Promise<Reply> {
  const received: { head?: Head } = {};
  let body: Reply['body'];
  try {
    const text = await withTimeLimit(
      options.clock,
      options.timeoutMs,
      options.signal,
      async (signal) => {
        received.head = await fetchHead(request, url, signal, options);
        return await readText(request, received.head.response);
      },
    );
    body = { text };
  } catch (thrown) {
    const status = received.head?.response.status;
    body = { error: toAppError(thrown, request, status, options.redactText) };
  }
  const { head } = received;
  if (head === undefined || ('error' in body && isKind(body.error, 'cancelled'))) {
    throw 'error' in body ? body.error : badResponse(request, 'empty', undefined);
  }
  const { status, headers } = head.response;
  if (status >= 200 && status <= 299) {
    if ('error' in body && request.method === 'GET') {
      throw body.error;
    }
    return { status, url: head.url, dateMs: dateOf(headers), body };
  }
  const failed = { status, headers, text: 'text' in body ? body.text.toString() : undefined };
  throw statusError(request, failed, options.clock.now(), options.redactText);
}

function dateOf(headers: FetchResponse['headers']): number | undefined {
  const ms = parseHttpDate(headers.get('date') ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** Status and headers of the first reply that is no redirect. */
async function fetchHead(
  request: ApiRequest,
  start: URL,
  signal: AbortSignal,
  options: AttemptOptions,
): Promise<Head> {
  let url = start;
  for (let redirects = 0; ; redirects++) {
    const response = await options.fetch(url.href, {
      method: request.method,
      headers: options.headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal,
      redirect: 'manual',
    });
    if (!isRedirect(response.status)) {
      return { url, response };
    }
    response.body?.destroy?.();
    const target = redirectTarget(
      request.method,
      url,
      response.headers.get('location'),
      options.baseUrl,
    );
    if (target === undefined || redirects === maxRedirects) {
      throw badResponse(request, 'redirect', response.status);
    }
    url = target;
  }
}

/** The body of a good reply, or the beginning of another one: its status is what matters. */
async function readText(request: ApiRequest, response: FetchResponse): Promise<LongText> {
  // Some servers announce an empty body as compressed, which no decoder accepts.
  if (response.headers.get('content-length') === '0') {
    response.body?.destroy?.();
    return '';
  }
  if (response.status < 200 || response.status > 299) {
    return await readStart(response);
  }
  const text = await readBodyText(response, request.maxBytes ?? maxBodyBytes);
  if (text === undefined) {
    throw badResponse(request, 'tooLarge', response.status);
  }
  return text;
}

export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * The target of a redirect; undefined where it must not be followed. Only a GET is safe to send again, and only below the
 * address that the token was entered for. That excludes https to http as well.
 */
function redirectTarget(
  method: Method,
  from: URL,
  location: string | null,
  baseUrl: string,
): URL | undefined {
  if (method !== 'GET' || location === null || !URL.canParse(location, from.href)) {
    return undefined;
  }
  const target = new URL(location, from);
  return isBelow(target, baseUrl) ? target : undefined;
}
