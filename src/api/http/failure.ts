import { AppError } from '../../core/errors.ts';
import type { BadResponseReason, ErrorKind } from '../../core/errors.ts';
import type { RedactText } from '../../core/redact.ts';
import { clamp, plainText } from '../../core/text.ts';
import { readErrorBody } from './errorBody.ts';
import type { ApiRequest } from './request.ts';
import { parseHttpDate, parseRetryAfter } from './retryAfter.ts';
import { isAnswerOfApi, isReasonPhrase } from './verdict.ts';
import type { ReplySource } from './verdict.ts';

const maxSummary = 300;

/** Kinds of 4xx of VPS.org. All others are refusals, `conflict`. */
const kindByStatus: ReadonlyMap<number, ErrorKind> = new Map([
  [400, 'invalid'],
  [401, 'unauthorized'],
  [402, 'paymentRequired'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [422, 'invalid'],
]);

/** Kinds that are the same whoever answered: the request was not executed now, or it may have been. */
const kindOfAnySender: ReadonlyMap<number, ErrorKind> = new Map([
  [408, 'timeout'],
  [429, 'rateLimited'],
]);

/** Undefined where an intermediary answered. */
function kindOf(status: number, isOfApi: boolean): ErrorKind | undefined {
  const known = kindOfAnySender.get(status);
  if (known !== undefined) {
    return known;
  }
  // 511 is the status of captive portals.
  if (status >= 500) {
    return status === 511 ? undefined : 'server';
  }
  return isOfApi ? (kindByStatus.get(status) ?? 'conflict') : undefined;
}

/** The error for a status outside 2xx. */
export function statusError(
  request: ApiRequest,
  reply: ReplySource,
  nowMs: number,
  redactText: RedactText,
): AppError {
  const { status, headers } = reply;
  if (status < 400 || status > 599) {
    return badResponse(request, status >= 300 && status < 400 ? 'redirect' : 'wrongShape', status);
  }
  const body = readErrorBody(reply.text ?? '', redactText);
  // "Bad Gateway" beside "HTTP 502" is no reason.
  const serverMessage =
    body.message === undefined || isReasonPhrase(body.message) ? undefined : body.message;
  const isOfApi = isAnswerOfApi(reply);
  const kind = kindOf(status, isOfApi);
  if (kind === undefined) {
    return badResponse(request, 'intermediary', status, serverMessage);
  }
  // The reply's own clock, where it has one: the computer's may be wrong by hours.
  const replyMs = parseHttpDate(headers.get('date') ?? '');
  return new AppError(kind, describe(request, `answered ${status}`), {
    method: request.method,
    path: request.path,
    status,
    serverMessage,
    fields: body.fields,
    retryAfterMs: parseRetryAfter(
      headers.get('retry-after'),
      Number.isNaN(replyMs) ? nowMs : replyMs,
    ),
    ...(isOfApi || serverMessage === undefined ? {} : { reason: 'intermediary' }),
  });
}

/** The error for a reply that breaks the API's contract. */
export function badResponse(
  request: ApiRequest,
  reason: BadResponseReason,
  status: number | undefined,
  serverMessage?: string,
): AppError {
  return new AppError(
    'badResponse',
    describe(request, `answered ${status ?? ''}, which cannot be used: ${reason}`),
    {
      method: request.method,
      path: request.path,
      status,
      reason,
      serverMessage,
    },
  );
}

/**
 * An error from `fetch` or from reading a body, as an `AppError` with method and path. Drops the original, because
 * node-fetch's errors carry addresses and system errors that may contain secrets.
 */
export function toAppError(
  error: unknown,
  request: ApiRequest,
  status: number | undefined,
  redactText: RedactText,
): AppError {
  const where = { method: request.method, path: request.path, status };
  if (error instanceof AppError) {
    return error.path === undefined
      ? new AppError(error.kind, describe(request, error.message), {
          ...where,
          fields: error.fields,
        })
      : error;
  }
  const code = textOf(error, 'code');
  if (code === 'Z_BUF_ERROR') {
    // The compressed body ended early.
    return badResponse(request, 'truncated', status);
  }
  if (code !== undefined && /^(Z_|ERR_+(?!TLS).*(BROTLI|ZLIB|FORMAT))/.test(code)) {
    // The connection works, but the compressed body is damaged.
    return badResponse(request, 'notJson', status);
  }
  return new AppError(
    'network',
    describe(request, `failed${code === undefined ? '' : ` (${code})`}`),
    {
      ...where,
      code,
      cause: summarize(error, redactText),
    },
  );
}

/** An error with nothing but the redacted name and message of `error`. */
export function summarize(error: unknown, redactText: RedactText): Error {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Error(clamp(redactText(plainText(text)), maxSummary));
}

/** A line for the log and for error messages. Contains no query and no body. */
export function describe(request: ApiRequest, what: string): string {
  return `${request.method} ${request.path} ${what}`;
}

/** A property of an error that is a single word, such as a system code. */
function textOf(error: unknown, key: 'type' | 'code'): string | undefined {
  const value: unknown =
    error instanceof Error ? (error as Error & Record<typeof key, unknown>)[key] : undefined;
  return typeof value === 'string' && /^[\w-]{1,60}$/.test(value) ? value : undefined;
}
