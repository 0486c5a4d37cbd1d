import type { AppError } from '../core/errors.ts';
import type { Clock } from '../core/clock.ts';

/** A request that failed, as it is told in the diagnostics. */
export interface PastError {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly error: AppError;
}

const keptErrors = 20;

/** The last errors of requests, of all accounts: in memory, for a person who reports a problem. */
export class ErrorHistory {
  readonly #clock: Clock;
  #errors: readonly PastError[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The newest last. */
  get errors(): readonly PastError[] {
    return this.#errors;
  }

  note(error: AppError): void {
    this.#errors = [...this.#errors, { at: this.#clock.now(), error }].slice(-keptErrors);
  }
}
