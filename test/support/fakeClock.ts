import type { Clock } from '../../src/core/clock.ts';
import type { Disposable } from '../../src/core/event.ts';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test advances it. */
export class FakeClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(startMs = Date.UTC(2025, 0, 10, 14, 30)) {
    this.#nowMs = startMs;
  }

  /** The number of pending timers; 0 when everything was disposed. */
  get pendingCount(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): Disposable {
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), callback };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  }

  /**
   * Advances the time and fires due timers in order, including timers that are started meanwhile. Lets promises settle
   * before and after each timer. Tests await network operations themselves.
   */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (let timer = this.#nextDue(endMs); timer !== undefined; timer = this.#nextDue(endMs)) {
      this.#timers.delete(timer);
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      timer.callback();
      await settle();
    }
    this.#nowMs = endMs;
  }

  #nextDue(endMs: number): Timer | undefined {
    const due = [...this.#timers].filter((timer) => timer.dueMs <= endMs);
    // Sorting is stable: timers with the same due time fire in the order in which they were started.
    return due.sort((a, b) => a.dueMs - b.dueMs)[0];
  }
}

/** Lets the event loop turn a few times, so that chains of promises settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
