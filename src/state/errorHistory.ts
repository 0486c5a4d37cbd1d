import type { AppError } from '../core/errors.ts';
import type { Clock } from '../core/clock.ts';

/** A failed request, for the diagnostics. */
export interface PastError {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly error: AppError;
}

const maxErrors = 20;

/** The latest request errors of all accounts, in memory, for bug reports. */
export class ErrorHistory {
  readonly #clock: Clock;
  #errors: readonly PastError[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Newest last. */
  get errors(): readonly PastError[] {
    return this.#errors;
  }

  add(error: AppError): void {
    this.#errors = [...this.#errors, { at: this.#clock.now(), error }].slice(-maxErrors);
  }
}
