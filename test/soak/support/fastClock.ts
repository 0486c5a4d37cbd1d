import type { Clock } from '../../../src/core/clock.ts';
import type { Disposable } from '../../../src/core/event.ts';

/** A clock that runs faster than real time and counts pending timers. */
export class FastClock implements Clock {
  readonly speed: number;
  readonly #startMs = Date.now();
  readonly #pending = new Set<NodeJS.Timeout>();

  constructor(speed: number) {
    this.speed = speed;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  now(): number {
    return this.#startMs + (Date.now() - this.#startMs) * this.speed;
  }

  setTimeout(callback: () => void, delayMs: number): Disposable {
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      callback();
    }, delayMs / this.speed);
    this.#pending.add(timer);
    return {
      dispose: () => {
        clearTimeout(timer);
        this.#pending.delete(timer);
      },
    };
  }
}
