import { sleep } from './clock.ts';
import type { Clock } from './clock.ts';

/** How a run slows down when the other side asks for it. */
export interface Pace<R> {
  readonly clock: Clock;
  /** Milliseconds for which a result asks everybody to stay away; undefined: go on. */
  readonly pauseAfter: (result: R) => number | undefined;
  /** Nobody waits for longer: then what has not begun does not begin. */
  readonly longestPauseMs: number;
  readonly onPause: (pauseMs: number) => void;
}

/**
 * Works on items, at most `limit` at a time, in their order. When `signal` aborts, what has not begun does not begin: its
 * result is undefined. `work` must not reject. With a `pace` all of them pause together, and go on one at a time: whoever
 * asked for fewer requests gets fewer.
 */
export async function runLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
  signal?: AbortSignal,
  pace?: Pace<R>,
): Promise<readonly (R | undefined)[]> {
  const results: (R | undefined)[] = items.map(() => undefined);
  const queue = items.entries();
  let pause: Promise<unknown> | undefined;
  let lanes = limit;
  let isOver = false;
  const slowDown = (pauseMs: number, by: Pace<R>): void => {
    lanes = 1;
    if (pauseMs > by.longestPauseMs) {
      isOver = true;
    } else {
      by.onPause(pauseMs);
      // When the signal aborts, the sleep rejects, and the lanes see the signal.
      pause = Promise.all([pause, sleep(by.clock, pauseMs, signal).catch(() => undefined)]);
    }
  };
  const lane = async (number: number): Promise<void> => {
    for (;;) {
      for (let waited: unknown; pause !== waited; ) {
        waited = pause;
        await pause;
      }
      const next = signal?.aborted || isOver || number >= lanes ? undefined : queue.next();
      if (!next || next.done) {
        return;
      }
      const [index, item] = next.value;
      const result = await work(item);
      results[index] = result;
      const pauseMs = pace?.pauseAfter(result);
      if (pace && pauseMs !== undefined) {
        slowDown(pauseMs, pace);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, (_, number) => lane(number)));
  return results;
}
