import type { AppError } from '../core/errors.ts';

/** State of the list requests of an account. Times are milliseconds since 1970. */
export interface LoadState {
  readonly isLoading: boolean;
  /** When the newest list of this run arrived; undefined before the first one. */
  readonly loadedAt: number | undefined;
  /** When the restored list of an earlier run arrived; undefined once a newer list has replaced it. */
  readonly cachedAt: number | undefined;
  /** When the shown list arrived, in this run or an earlier one; undefined when there is none. */
  readonly knownAt: number | undefined;
  /** Why the newest list request failed, or waits before it is repeated; undefined after a success. */
  readonly error: AppError | undefined;
  /** Number of servers that the API counts. Larger than the number of servers here when the API withholds some. */
  readonly total: number;
}

/** `knownAt` follows from the rest. */
export type NewLoadState = Omit<LoadState, 'knownAt'>;

export function hasLoadChanged(before: NewLoadState, after: NewLoadState): boolean {
  return (
    after.isLoading !== before.isLoading ||
    after.loadedAt !== before.loadedAt ||
    after.cachedAt !== before.cachedAt ||
    after.error !== before.error ||
    after.total !== before.total
  );
}
