import type { Clock } from '../../core/clock.ts';
import { AppError } from '../../core/errors.ts';

/** The longest delay of a timer; Node fires a longer one at once. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Runs `work` with a signal that aborts after `timeoutMs` or when `signal` aborts. Rejects at that moment without waiting
 * for `work`, because node-fetch ignores its signal while it decompresses.
 *
 * @throws AppError `timeout` or `cancelled`, and errors of `work`.
 */
export function withTimeLimit<T>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) {
    return Promise.reject(AppError.cancelled());
  }
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const release = (): void => {
      timer.dispose();
      signal?.removeEventListener('abort', onAbort);
    };
    const stop = (error: AppError): void => {
      release();
      reject(error);
      controller.abort();
    };
    const onAbort = (): void => stop(AppError.cancelled());
    const timer = clock.setTimeout(
      () => stop(new AppError('timeout', `no answer within ${timeoutMs} ms`)),
      Math.min(timeoutMs, maxTimerMs),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    work(controller.signal).then(resolve, reject).finally(release);
  });
}
