/**
 * What went wrong, in the terms that code may decide by. Texts are for people and are never compared.
 *
 * - `unauthorized` 401 · `forbidden` 403 · `paymentRequired` 402 · `notFound` 404 · `conflict` 409
 * - `invalid` 400 and 422, or input refused before anything was sent; `fields` names the culprits
 * - `rateLimited` 429, `retryAfterMs` says how long to stay away where the server told
 * - `server` any other 4xx and 5xx
 * - `network` no answer, or a connection cut in the middle · `timeout` our own time limit passed
 * - `badResponse` an answer that is not what the API promises: HTML, cut JSON, another shape, a redirect away, too large
 * - `cancelled` the person or a newer request called it off: a result, not an error to show
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

/** Why a reply could not be used; set on `badResponse` alone. */
export type BadResponseReason = 'notJson' | 'truncated' | 'wrongShape' | 'tooLarge' | 'redirect' | 'empty';

export interface AppErrorDetails {
  /** What the server said, cleaned to one line of plain text without secrets. Absent where it said nothing usable. */
  serverMessage?: string | undefined;
  /** The server's words by field name (API names, snake_case), e.g. `{plan_id: ["Not offered here."]}`. */
  fields?: Readonly<Record<string, readonly string[]>> | undefined;
  status?: number | undefined;
  method?: string | undefined;
  /** Path below the base URL, without query. */
  path?: string | undefined;
  /** Milliseconds that the server asked to wait before the next request. */
  retryAfterMs?: number | undefined;
  reason?: BadResponseReason | undefined;
  /** A low-level code such as `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED`. */
  code?: string | undefined;
  cause?: unknown;
}

/** The one error type that crosses a layer. `message` is for logs; texts for people are made in `host/errorText`. */
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

  /** An `AppError` as it is; anything else as `server` with the original as cause: a bug, not the network's doing. */
  static from(error: unknown): AppError {
    if (error instanceof AppError) {
      return error;
    }
    return new AppError('server', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Whether `error` is an `AppError` of one of the kinds. */
export function isKind(error: unknown, ...kinds: readonly ErrorKind[]): error is AppError {
  return error instanceof AppError && kinds.includes(error.kind);
}

/**
 * Whether it is unknown if a request that changes something took effect. Only a clear refusal is certain: one that was called
 * off (the token was replaced, the account signed out) was on its way, and a fault of our own, which has no status, says
 * nothing about what VPS.org did.
 */
export function isUnclear(error: unknown): boolean {
  return (
    isKind(error, 'network', 'timeout', 'badResponse', 'cancelled') ||
    (isKind(error, 'server') && (error.status === undefined || error.status >= 500))
  );
}
