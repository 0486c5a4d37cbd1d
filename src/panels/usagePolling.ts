import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import type { Disposable } from '../core/event.ts';

export const usageIntervalMs = 15_000;
/** A server that asks for quiet gets it, but a page that shows nothing new for longer than this looks broken. */
const longestWaitMs = 10 * 60_000;

export interface PolledServer {
  /** Whether somebody is looking and there is something to ask for. */
  readonly isWanted: () => boolean;
  /** Fetches the server once. Rejects with an AppError. */
  readonly load: (signal: AbortSignal) => Promise<void>;
  /** A fetch went well or failed. */
  readonly onDidEnd: () => void;
}

/** Fetches one server every 15 seconds while somebody is looking at it. A failure is kept to be shown, and told to nobody. */
export class UsagePolling implements Disposable {
  readonly #clock: Clock;
  readonly #server: PolledServer;
  readonly #abort = new AbortController();
  #timer: Disposable | undefined;
  #isLoading = false;
  #attemptedAt: number | undefined;
  #notBefore = 0;
  #succeededAt: number | undefined;
  #error: AppError | undefined;

  constructor(clock: Clock, server: PolledServer) {
    this.#clock = clock;
    this.#server = server;
  }

  /** Why the last fetch failed; undefined after a success. */
  get error(): AppError | undefined {
    return this.#error;
  }

  /** Milliseconds since 1970 of the last fetch that went well. */
  get succeededAt(): number | undefined {
    return this.#succeededAt;
  }

  /** To be called when something changed that `isWanted` tells. The first fetch does not wait. */
  plan(): void {
    if (this.#isLoading || this.#abort.signal.aborted) {
      return;
    }
    if (!this.#server.isWanted()) {
      this.#timer?.dispose();
      this.#timer = undefined;
    } else {
      this.#timer ??= this.#clock.setTimeout(() => void this.#load(), this.#dueInMs());
    }
  }

  dispose(): void {
    this.#abort.abort();
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  /** Never more than one interval, also when the clock was set back meanwhile; unless the API asked for quiet. */
  #dueInMs(): number {
    const now = this.#clock.now();
    const dueInMs = this.#attemptedAt === undefined ? 0 : Math.min(this.#attemptedAt + usageIntervalMs - now, usageIntervalMs);
    return Math.max(0, dueInMs, Math.min(this.#notBefore - now, longestWaitMs));
  }

  async #load(): Promise<void> {
    this.#timer = undefined;
    this.#isLoading = true;
    this.#attemptedAt = this.#clock.now();
    try {
      await this.#server.load(this.#abort.signal);
      this.#succeededAt = this.#clock.now();
      this.#error = undefined;
      this.#notBefore = 0;
    } catch (error) {
      if (!isKind(error, 'cancelled')) {
        this.#error = AppError.from(error);
        this.#notBefore = this.#clock.now() + (this.#error.retryAfterMs ?? 0);
      }
    }
    this.#isLoading = false;
    if (!this.#abort.signal.aborted) {
      this.#server.onDidEnd();
      this.plan();
    }
  }
}
