/**
 * The kinds of errors. Code decides by kind and never by text. A 4xx counts only if the reply is recognized as one of VPS.org;
 * that of a proxy or gateway is a `badResponse`.
 *
 * - `unauthorized` 401 · `forbidden` 403 · `paymentRequired` 402 · `notFound` 404
 * - `invalid` 400 and 422, or input rejected before a request was sent; `fields` has the errors by field
 * - `conflict` any other 4xx: refused
 * - `rateLimited` 429; `retryAfterMs` is the requested wait, if there is one
 * - `server` 5xx, also of a gateway: 502, 503 and 504 are their statuses
 * - `network` no reply, or a connection that broke · `timeout` our own time limit passed, or 408
 * - `badResponse` a reply that breaks the API's contract, see `BadResponseReason`
 * - `cancelled` by the person or by a newer request: a result, not an error to show
 */
export type ErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'paymentRequired'
  | 'notFound'
  | 'invalid'
  | 'conflict'
  | 'rateLimited'
  | 'server'
  | 'network'
  | 'timeout'
  | 'badResponse'
  | 'cancelled';

/**
 * Why a reply cannot be used; set for `badResponse`. `intermediary`: something between the computer and VPS.org answered, or
 * for kind `server` may have answered.
 */
export type BadResponseReason =
  'notJson' | 'truncated' | 'wrongShape' | 'tooLarge' | 'redirect' | 'empty' | 'intermediary';

export interface AppErrorDetails {
  /** The server's message, one line of plain text without secrets. Absent without a usable one. */
  serverMessage?: string | undefined;
  /** The server's messages by field (API names, snake_case), e.g. `{plan_id: ["Not offered here."]}`. */
  fields?: Readonly<Record<string, readonly string[]>> | undefined;
  status?: number | undefined;
  method?: string | undefined;
  /** Path below the base URL, without query. */
  path?: string | undefined;
  /** Milliseconds to wait before the next request, as requested by the server. */
  retryAfterMs?: number | undefined;
  reason?: BadResponseReason | undefined;
  /** A low-level code such as `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`. */
  code?: string | undefined;
  cause?: unknown;
}

/** The only error type that crosses layers. `message` is for logs; `text/errors` has the texts for people. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly kind: ErrorKind;
  readonly serverMessage: string | undefined;
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly status: number | undefined;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly reason: BadResponseReason | undefined;
  readonly code: string | undefined;
  /** The text for people of a `network` or `badResponse` error. The API client sets it, with the `explain` that it gets. */
  explanation: string | undefined;

  constructor(kind: ErrorKind, message: string, details: AppErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.serverMessage = details.serverMessage;
    this.fields = details.fields ?? {};
    this.status = details.status;
    this.method = details.method;
    this.path = details.path;
    this.retryAfterMs = details.retryAfterMs;
    this.reason = details.reason;
    this.code = details.code;
  }

  static cancelled(): AppError {
    return new AppError('cancelled', 'Cancelled');
  }

  /** Returns an `AppError` unchanged; wraps anything else, which is a bug of ours, as `server` with the original as cause. */
  static from(error: unknown): AppError {
    if (error instanceof AppError) {
      return error;
    }
    return new AppError('server', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

/** Whether `error` is an `AppError` of one of the kinds. */
export function isKind(error: unknown, ...kinds: readonly ErrorKind[]): error is AppError {
  return error instanceof AppError && kinds.includes(error.kind);
}

/**
 * Whether a failed change may have taken effect. Only a clear refusal rules that out. A cancelled request (the token was
 * replaced, the account signed out) may have arrived, and a bug of ours, which has no status, proves nothing.
 */
export function isUnclear(error: unknown): boolean {
  return (
    isKind(error, 'network', 'timeout', 'badResponse', 'cancelled') ||
    (isKind(error, 'server') && (error.status === undefined || error.status >= 500))
  );
}
