import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { isKind } from '../core/errors.ts';
import type { AppError } from '../core/errors.ts';

const maxRepeats = 2;
const firstBackoffMs = 500;
/** Nobody watches a spinner for longer: beyond this the error is the better answer, with the wait that was asked for. */
const longestWaitMs = 20_000;
const passingStatuses: ReadonlySet<number | undefined> = new Set([502, 503, 504]);

export interface RetryOptions {
  readonly clock: Clock;
  /** 0 up to 1, exclusive. */
  readonly random: () => number;
  readonly signal: AbortSignal | undefined;
  /** Told before each wait. */
  readonly onWait: (waitMs: number, repeat: number) => void;
}

/**
 * Runs `attempt`, and again up to twice after a fault that may pass: no connection, 429, 502, 503, 504; once after a
 * timeout. Waits as long as `Retry-After` asks, otherwise up to 0.5 s and 1 s (full jitter, so that many windows do not
 * come back together). For GET only: nothing else may be sent twice.
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
      if (repeat > maxRepeats || timeouts > 1 || !mayPass(error)) {
        throw error;
      }
      const backoffMs = Math.floor(options.random() * firstBackoffMs * 2 ** (repeat - 1));
      const waitMs = Math.max(error.retryAfterMs ?? 0, backoffMs);
      if (waitMs > longestWaitMs) {
        throw error;
      }
      options.onWait(waitMs, repeat);
      await sleep(options.clock, waitMs, options.signal);
    }
  }
}

function mayPass(error: unknown): error is AppError {
  if (isKind(error, 'network')) {
    // A bad certificate is as bad half a second later.
    return !/CERT|SELF_SIGNED|TLS/.test(error.code ?? '');
  }
  return (
    isKind(error, 'timeout', 'rateLimited') || (isKind(error, 'server') && passingStatuses.has(error.status))
  );
}
