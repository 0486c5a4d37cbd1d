import { AppError } from './errors.ts';
import type { Disposable } from './event.ts';

/** Time as the extension sees it. Injected everywhere, so that tests never wait. */
export interface Clock {
  /** Milliseconds since 1970, UTC. May jump when a laptop wakes or the user sets the clock. */
  now(): number;
  /** Calls once after `delayMs`; disposing the result before that calls it off. */
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
 * @throws AppError of kind `cancelled` as soon as `signal` aborts.
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
