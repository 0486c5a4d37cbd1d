import { AppError } from './errors.ts';
import type { Disposable } from './event.ts';

/** The current time and timers. Injected, so that tests control time. */
export interface Clock {
  /** Milliseconds since 1970. Jumps when the computer wakes up or the clock is set. */
  now(): number;
  /** Calls `callback` once after `delayMs`, unless the result is disposed before. */
  setTimeout(callback: () => void, delayMs: number): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, delayMs) => {
    const handle = setTimeout(callback, delayMs);
    return { dispose: () => clearTimeout(handle) };
  },
};

/**
 * Resolves after `delayMs`.
 *
 * @throws AppError of kind `cancelled` when `signal` aborts.
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(AppError.cancelled());
      return;
    }
    const onAbort = (): void => {
      timer.dispose();
      reject(AppError.cancelled());
    };
    const timer = clock.setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
