import type { Clock } from '../../core/clock.ts';
import { AppError, isKind } from '../../core/errors.ts';
import type { Disposable } from '../../core/event.ts';

const usageIntervalMs = 15_000;
/** Limits `Retry-After`: a page without updates for longer than this looks broken. */
const maxWaitMs = 10 * 60_000;

export interface PolledServer {
  /** Whether the panel is visible and its server exists. */
  readonly isWanted: () => boolean;
  /** Fetches the server once. Rejects with an `AppError`. */
  readonly load: (signal: AbortSignal) => Promise<void>;
  /** Called after each fetch, failed or not. */
  readonly onDidEnd: () => void;
}

/** Fetches one server every 15 s while its panel is visible. A failure is stored in `error`, for the panel to show. */
export class UsagePoller implements Disposable {
  readonly #clock: Clock;
  readonly #server: PolledServer;
  readonly #abort = new AbortController();
  #timer: Disposable | undefined;
  #isLoading = false;
  #attemptedAt: number | undefined;
  #notBefore = 0;
  #loadedAt: number | undefined;
  #error: AppError | undefined;

  constructor(clock: Clock, server: PolledServer) {
    this.#clock = clock;
    this.#server = server;
  }

  /** The last fetch's error; undefined after a success. */
  get error(): AppError | undefined {
    return this.#error;
  }

  /** Time of the last successful fetch, in ms since 1970. */
  get loadedAt(): number | undefined {
    return this.#loadedAt;
  }

  /** Starts or stops polling. Call it when `isWanted` may have changed. The first fetch is immediate. */
  schedule(): void {
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

  /** At most one interval, even if the clock was set back; longer only after `Retry-After`. */
  #dueInMs(): number {
    const now = this.#clock.now();
    const dueInMs =
      this.#attemptedAt === undefined
        ? 0
        : Math.min(this.#attemptedAt + usageIntervalMs - now, usageIntervalMs);
    return Math.max(0, dueInMs, Math.min(this.#notBefore - now, maxWaitMs));
  }

  async #load(): Promise<void> {
    this.#timer = undefined;
    this.#isLoading = true;
    this.#attemptedAt = this.#clock.now();
    try {
      await this.#server.load(this.#abort.signal);
      this.#loadedAt = this.#clock.now();
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
      this.schedule();
    }
  }
}
