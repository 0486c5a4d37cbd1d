import { isKind, isUnclear } from '../core/errors.ts';
import type { AppError } from '../core/errors.ts';
import { isInTransition } from '../core/server.ts';
import type { Server, ServerAction } from '../core/server.ts';

/** The outcomes of a request that failed. See `ActionOutcome`. */
type FailureOutcome =
  | { readonly kind: 'done'; readonly server: undefined }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly error: AppError; readonly server: Server | undefined }
  | { readonly kind: 'unclear'; readonly error: AppError; readonly seen: Seen }
  | { readonly kind: 'failed'; readonly error: AppError };

type Seen = Server | 'gone' | 'unknown';

interface FailedActionSource {
  /** See `Session.checkGone`. */
  readonly checkGone: () => Promise<Seen>;
  readonly fetch: () => Promise<Seen>;
  readonly waitFor: (server: Server) => void;
}

/** Turns a failed request into an outcome, fetching the server where that clarifies it. */
export async function explainFailure(
  error: AppError,
  action: ServerAction,
  { checkGone, fetch, waitFor }: FailedActionSource,
): Promise<FailureOutcome> {
  if (error.kind === 'notFound') {
    const seen = await checkGone().catch(() => 'unknown' as const);
    return seen === 'gone' ? { kind: 'gone' } : { kind: 'unclear', error, seen };
  }
  if (isKind(error, 'invalid', 'conflict')) {
    const seen = await fetch();
    return seen === 'gone'
      ? { kind: 'gone' }
      : { kind: 'refused', error, server: seen === 'unknown' ? undefined : seen };
  }
  if (!isUnclear(error)) {
    return { kind: 'failed', error };
  }
  const seen = await fetch();
  if (seen === 'gone' && action === 'delete') {
    return { kind: 'done', server: undefined };
  }
  if (typeof seen === 'object' && isInTransition(seen.status)) {
    waitFor(seen);
  }
  return { kind: 'unclear', error, seen };
}
