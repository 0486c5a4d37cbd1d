import type { Clock } from '../../src/core/clock.ts';
import type { Disposable } from '../../src/core/event.ts';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor(startMs = Date.UTC(2025, 0, 10, 14, 30)) {
    this.#nowMs = startMs;
  }

  /** How many timers are waiting: what is left over after a test was not disposed. */
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
   * Moves the time on and fires what becomes due, in the order of the due times, also what is started on the way. Before
   * and after each timer promises get to settle; whatever needs the network the test has to await itself.
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
    // Sorting is stable: of two that are due together the one started first fires first.
    return due.sort((a, b) => a.dueMs - b.dueMs)[0];
  }
}

/** A few turns of the event loop: enough for chains of promises, without waiting for any time to pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
