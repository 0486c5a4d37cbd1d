import { AppError } from '../core/errors.ts';
import type { BadResponseReason, ErrorKind } from '../core/errors.ts';
import { readErrorBody } from './errorBody.ts';
import { isMarkup } from './json.ts';
import { clamp, plainText } from './plainText.ts';
import type { ApiRequest } from './request.ts';
import type { RedactText } from './redact.ts';
import { parseRetryAfter } from './retryAfter.ts';

const maxSummary = 300;

const kindByStatus: ReadonlyMap<number, ErrorKind> = new Map([
  [400, 'invalid'],
  [401, 'unauthorized'],
  [402, 'paymentRequired'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [409, 'conflict'],
  [422, 'invalid'],
  [429, 'rateLimited'],
]);

export interface FailedReply {
  readonly status: number;
  /** The `Retry-After` header. */
  readonly retryAfter: string | null;
  /** Empty where it could not be read: the status alone tells enough. */
  readonly text: string;
}

/** The error that a status outside 2xx means. */
export function statusError(
  request: ApiRequest,
  reply: FailedReply,
  nowMs: number,
  redactText: RedactText,
): AppError {
  const { status } = reply;
  if (status < 400 || status > 599) {
    return badResponse(request, status >= 300 && status < 400 ? 'redirect' : 'wrongShape', status);
  }
  // Of one server a 404 proves that it is gone, but only if VPS.org said so and no gateway in between.
  if (status === 404 && /^\/servers\/./.test(request.path) && isMarkup(reply.text)) {
    return badResponse(request, 'notJson', status);
  }
  const body = readErrorBody(reply.text, redactText);
  return new AppError(kindByStatus.get(status) ?? 'server', describe(request, `answered ${status}`), {
    method: request.method,
    path: request.path,
    status,
    serverMessage: body.message,
    fields: body.fields,
    retryAfterMs: parseRetryAfter(reply.retryAfter, nowMs),
  });
}

/** An answer that is not what the API promises. */
export function badResponse(
  request: ApiRequest,
  reason: BadResponseReason,
  status: number | undefined,
): AppError {
  return new AppError('badResponse', describe(request, `answered ${status ?? ''} unusably: ${reason}`), {
    method: request.method,
    path: request.path,
    status,
    reason,
  });
}

/**
 * What `fetch` or reading a body threw, as an `AppError` with method and path. The original is not kept: node-fetch's
 * errors carry addresses and system errors that nobody has looked through for secrets.
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
      ? new AppError(error.kind, describe(request, error.message), { ...where, fields: error.fields })
      : error;
  }
  if (textOf(error, 'type') === 'max-size') {
    return badResponse(request, 'tooLarge', status);
  }
  const code = textOf(error, 'code');
  if (code !== undefined && /^(Z_|ERR_+.*(BROTLI|ZLIB|FORMAT))/.test(code)) {
    // The connection is sound, the compressed body is not.
    return badResponse(request, 'notJson', status);
  }
  return new AppError('network', describe(request, `failed${code === undefined ? '' : ` (${code})`}`), {
    ...where,
    code,
    cause: summarize(error, redactText),
  });
}

/** An error with the name and the message of another one, redacted, and nothing else of it. */
export function summarize(error: unknown, redactText: RedactText): Error {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Error(clamp(redactText(plainText(text)), maxSummary));
}

export function describe(request: ApiRequest, what: string): string {
  return `${request.method} ${request.path} ${what}`;
}

/** A property of an error that is a plain word, such as a system code. */
function textOf(error: unknown, key: 'type' | 'code'): string | undefined {
  const value: unknown =
    error instanceof Error ? (error as Error & Record<typeof key, unknown>)[key] : undefined;
  return typeof value === 'string' && /^[\w-]{1,60}$/.test(value) ? value : undefined;
}
