import type { Clock } from '../core/clock.ts';
import { isKind } from '../core/errors.ts';
import type { AppError } from '../core/errors.ts';
import { badResponse, statusError, toAppError } from './failure.ts';
import type { Fetch, FetchResponse } from './fetch.ts';
import type { RedactText } from './redact.ts';
import { isRedirect, maxRedirects, redirectTarget } from './redirect.ts';
import type { ApiRequest } from './request.ts';
import { withTimeLimit } from './timeLimit.ts';

/** Bytes of a decompressed body; thousands of servers fit in a hundredth of it. */
const maxBodyBytes = 32 * 1024 * 1024;

/** An answer with a status in 2xx. */
export interface Reply {
  readonly status: number;
  /** Where it came from in the end: page links are relative to it. */
  readonly url: URL;
  /**
   * The body, or the error that reading it brought. The latter never for GET, which is nothing without its body; for the
   * others the status tells that the effect took place.
   */
  readonly body: { readonly text: string } | { readonly error: AppError };
}

export interface AttemptOptions {
  readonly fetch: Fetch;
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
 * Sends a request once and reads the answer, all of it within `timeoutMs`.
 *
 * @throws AppError of any kind, with method and path.
 */
export async function attempt(request: ApiRequest, url: URL, options: AttemptOptions): Promise<Reply> {
  const answer: { head?: Head } = {};
  let body: Reply['body'];
  try {
    const text = await withTimeLimit(options.clock, options.timeoutMs, options.signal, async (signal) => {
      answer.head = await fetchHead(request, url, signal, options);
      return await readText(request, answer.head.response);
    });
    body = { text };
  } catch (thrown) {
    body = { error: toAppError(thrown, request, answer.head?.response.status, options.redactText) };
  }
  const { head } = answer;
  if (head === undefined || ('error' in body && isKind(body.error, 'cancelled'))) {
    throw 'error' in body ? body.error : badResponse(request, 'empty', undefined);
  }
  const { status, headers } = head.response;
  if (status >= 200 && status <= 299) {
    if ('error' in body && request.method === 'GET') {
      throw body.error;
    }
    return { status, url: head.url, body };
  }
  const failed = { status, retryAfter: headers.get('retry-after'), text: 'text' in body ? body.text : '' };
  throw statusError(request, failed, options.clock.now(), options.redactText);
}

/** The first answer that is no redirect. */
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
      size: maxBodyBytes,
    });
    if (!isRedirect(response.status)) {
      return { url, response };
    }
    response.body?.destroy?.();
    const target = redirectTarget(request.method, url, response.headers.get('location'));
    if (target === undefined || redirects === maxRedirects) {
      throw badResponse(request, 'redirect', response.status);
    }
    url = target;
  }
}

async function readText(request: ApiRequest, response: FetchResponse): Promise<string> {
  if (Number(response.headers.get('content-length') ?? 0) > maxBodyBytes) {
    response.body?.destroy?.();
    throw badResponse(request, 'tooLarge', response.status);
  }
  return await response.text();
}
