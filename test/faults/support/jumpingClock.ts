import type { Clock } from '../../../src/core/clock.ts';
import type { Disposable } from '../../../src/core/event.ts';

/** A clock that can be set while it runs: `now` jumps, timers continue unchanged. */
export class JumpingClock implements Clock {
  readonly #steady: Clock;
  #offsetMs = 0;

  constructor(steady: Clock) {
    this.#steady = steady;
  }

  now(): number {
    return this.#steady.now() + this.#offsetMs;
  }

  setTimeout(callback: () => void, delayMs: number): Disposable {
    return this.#steady.setTimeout(callback, delayMs);
  }

  jump(byMs: number): void {
    this.#offsetMs += byMs;
  }
}
