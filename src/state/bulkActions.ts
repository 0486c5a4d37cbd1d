import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import type { ActionOutcome } from './serverActions.ts';
import type { Target } from './targets.ts';

/** Requests of one bulk action that run at the same time. */
export const maxConcurrentRequests = 4;
/** Pause after a 429 without Retry-After. */
const defaultPauseMs = 5_000;
/** When VPS.org asks for a longer pause, the remaining targets are held back. */
const maxPauseMs = 2 * 60_000;

export interface BulkProgress {
  /** Targets that have a result. */
  readonly done: number;
  readonly total: number;
  /** Set when a 429 has just paused the whole batch. */
  readonly pauseMs: number | undefined;
}

export interface BulkOptions {
  readonly clock: Clock;
  /** Aborting starts no further targets; requests under way finish. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BulkProgress) => void;
}

export interface TargetResult {
  readonly target: Target;
  readonly outcome: ActionOutcome;
}

export interface BulkResult {
  /** In the order of the targets. */
  readonly results: readonly TargetResult[];
  /** Not started because VPS.org is rate limiting requests; can be retried later. */
  readonly heldBack: readonly Target[];
  /** Not started because the signal aborted. */
  readonly cancelled: readonly Target[];
}

/**
 * Runs an action on many servers, in their order, a few at a time. `run` must not reject.
 *
 * A 429 pauses the whole batch, which then continues one request at a time. The remaining targets of an account whose token
 * was rejected fail without a request.
 */
export async function runBulkAction(
  targets: readonly Target[],
  run: (target: Target) => Promise<ActionOutcome>,
  { clock, signal, onProgress }: BulkOptions,
): Promise<BulkResult> {
  const outcomes = new Map<Target, ActionOutcome>();
  const queue = targets.values();
  let pause: Promise<unknown> | undefined;
  let workerCount = Math.min(maxConcurrentRequests, targets.length);
  let isHeldBack = false;

  const report = (pauseMs?: number): void =>
    onProgress?.({ done: outcomes.size, total: targets.length, pauseMs });

  const pauseFor = (pauseMs: number): void => {
    workerCount = 1;
    if (pauseMs > maxPauseMs) {
      isHeldBack = true;
    } else {
      report(pauseMs);
      // An abort ends the pause early; workers then see the signal.
      pause = Promise.all([pause, sleep(clock, pauseMs, signal).catch(() => undefined)]);
    }
  };

  const work = async (worker: number): Promise<void> => {
    for (;;) {
      // Another worker may extend the pause meanwhile.
      for (let waited: unknown; pause !== waited;) {
        waited = pause;
        await pause;
      }
      const isOver = signal?.aborted === true || isHeldBack || worker >= workerCount;
      const next = isOver ? undefined : queue.next();
      if (!next || next.done) {
        return;
      }
      const target = next.value;
      const outcome = target.session.isRejected ? tokenRejected() : await run(target);
      outcomes.set(target, outcome);
      report();
      const pauseMs = requestedPauseMs(outcome);
      if (pauseMs !== undefined) {
        pauseFor(pauseMs);
      }
    }
  };

  await Promise.all(Array.from({ length: workerCount }, (_, worker) => work(worker)));
  const notStarted = targets.filter((target) => !outcomes.has(target));
  return {
    results: targets.flatMap((target) => {
      const outcome = outcomes.get(target);
      return outcome ? [{ target, outcome }] : [];
    }),
    heldBack: signal?.aborted ? [] : notStarted,
    cancelled: signal?.aborted ? notStarted : [],
  };
}

function tokenRejected(): ActionOutcome {
  return { kind: 'failed', error: new AppError('unauthorized', 'The token was rejected before') };
}

function requestedPauseMs(outcome: ActionOutcome): number | undefined {
  return outcome.kind === 'failed' && outcome.error.kind === 'rateLimited'
    ? (outcome.error.retryAfterMs ?? defaultPauseMs)
    : undefined;
}
