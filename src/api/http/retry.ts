import { certificateProblem } from '../../core/certificates.ts';
import { sleep } from '../../core/clock.ts';
import type { Clock } from '../../core/clock.ts';
import { isKind } from '../../core/errors.ts';
import type { AppError } from '../../core/errors.ts';

const maxRepeats = 2;
const firstBackoffMs = 500;
/** Nobody watches a spinner for longer. Beyond this the error, with the requested wait, is the better answer. */
const maxWaitMs = 20_000;
const transientStatuses: ReadonlySet<number | undefined> = new Set([502, 503, 504]);

export interface RetryOptions {
  readonly clock: Clock;
  /** From 0 up to but not including 1. */
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
  /** Called before each wait, with the error that is the reason. */
  readonly onWait: (waitMs: number, repeat: number, error: AppError) => void;
}

/**
 * Runs `attempt`. Repeats it up to twice on a failed connection, 429, 502, 503 and 504, and once on a timeout. Waits as long
 * as `Retry-After` requests, otherwise up to 0.5 s and 1 s (full jitter, so that many windows do not retry at once). For GET
 * only: nothing else may be sent twice.
 *
 * @throws AppError of the last attempt, or `cancelled` as soon as the signal aborts.
 */
export async function withRetry<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  let timeouts = 0;
  for (let repeat = 1; ; repeat++) {
    try {
      return await attempt();
    } catch (error) {
      timeouts += isKind(error, 'timeout') ? 1 : 0;
      if (repeat > maxRepeats || timeouts > 1 || !isTransient(error)) {
        throw error;
      }
      const backoffMs = Math.floor(options.random() * firstBackoffMs * 2 ** (repeat - 1));
      const waitMs = Math.max(error.retryAfterMs ?? 0, backoffMs);
      if (waitMs > maxWaitMs) {
        throw error;
      }
      options.onWait(waitMs, repeat, error);
      await sleep(options.clock, waitMs, options.signal);
    }
  }
}

function isTransient(error: unknown): error is AppError {
  if (isKind(error, 'network')) {
    // A certificate that is rejected now is rejected half a second later too.
    return certificateProblem(error.code) === undefined;
  }
  return (
    isKind(error, 'timeout', 'rateLimited') ||
    (isKind(error, 'server') && transientStatuses.has(error.status))
  );
}
