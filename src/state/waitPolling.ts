import type { AccountId } from '../core/account.ts';
import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { isInTransition } from '../core/server.ts';
import type { Server, ServerStatus } from '../core/server.ts';
import { itemsInTurn, maxSingleRequests } from './listLoader.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { ServerRef } from '../core/refs.ts';

/** Why waiting ended. `unreachable`: the account was signed out, or its token was rejected. */
export type WaitEnd = 'settled' | 'gone' | 'gaveUp' | 'stopped' | 'unreachable';

/** A server that is waited for. */
export interface Wait {
  readonly ref: ServerRef;
  readonly abort: AbortController;
  /** Resolves on abort. */
  readonly aborted: Promise<unknown>;
  server: Server;
  target: ServerStatus | undefined;
  /** Once polled with the list, always: switching to single requests later gains nothing. */
  usesList: boolean;
}

const firstDelayMs = 2_000;
const maxDelayMs = 10_000;
const timeLimitMs = 10 * 60_000;
/** A request that seems to take longer means that the clock was set or the computer slept. */
const maxRequestMs = 3 * 60_000;
/** How long after an action an unexpected settled status is not taken for the result. */
const settlingMs = 30_000;
/** Reuses a list that is younger than this share of the delay. */
const maxListAgeShare = 0.75;

/** What polling needs of the `StatusWaiter`. */
export interface WaitContext {
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** The waits of an account. */
  readonly waitsOf: (accountId: AccountId) => readonly Wait[];
}

/** Polls until the server of a wait settles, or waiting ends for another reason. Rejects when waiting was stopped or is not allowed. */
export async function pollUntilSettled(context: WaitContext, wait: Wait): Promise<WaitEnd> {
  const { sessions, clock } = context;
  const { ref } = wait;
  const { signal } = wait.abort;
  let waitedMs = 0;
  let delayMs = firstDelayMs;
  for (;;) {
    const sinceLastMs = delayMs;
    const startedAt = clock.now();
    await sleep(clock, sinceLastMs, signal);
    delayMs = Math.min(maxDelayMs, delayMs * 1.5);
    const session = sessions.get(ref.accountId);
    if (!session || session.isRejected) {
      return 'unreachable';
    }
    try {
      const server = await fetchServer(context, session, wait, sinceLastMs);
      if (!server) {
        return 'gone';
      }
      wait.server = server;
    } catch (error) {
      // Temporary failures do not end the wait; the time limit does.
      if (signal.aborted || isKind(error, 'unauthorized', 'forbidden')) {
        throw error;
      }
      // The list, which all waits share, decides whether a server is gone.
      wait.usesList ||= isKind(error, 'notFound');
      delayMs = Math.max(delayMs, AppError.from(error).retryAfterMs ?? 0);
    }
    const tookMs = clock.now() - startedAt;
    // Summed up per round, because the clock may be set or the computer may sleep in between.
    waitedMs +=
      tookMs >= sinceLastMs && tookMs <= sinceLastMs + maxRequestMs ? tookMs : sinceLastMs;
    const { status } = wait.server;
    const isExpected = wait.target === undefined || wait.target === status;
    if (!isInTransition(status) && (isExpected || waitedMs >= settlingMs)) {
      return 'settled';
    }
    if (waitedMs >= timeLimitMs) {
      return 'gaveUp';
    }
  }
}

/**
 * Fetches one of a few servers by itself. For many, one list request is cheaper; when it fails or lacks the server, a few
 * servers at a time are fetched one by one and the others keep their state.
 */
async function fetchServer(
  { clock, waitsOf }: WaitContext,
  session: Session,
  wait: Wait,
  sinceLastMs: number,
): Promise<Server | undefined> {
  const {
    ref,
    abort: { signal },
    aborted,
  } = wait;
  const all = waitsOf(ref.accountId);
  wait.usesList ||= all.length > maxSingleRequests;
  if (wait.usesList) {
    let isListed = true;
    try {
      await Promise.race([session.refreshIfOlder(sinceLastMs * maxListAgeShare), aborted]);
    } catch (error) {
      // Single requests instead would ignore the rate limit.
      if (
        isKind(error, 'unauthorized', 'forbidden', 'rateLimited') ||
        AppError.from(error).retryAfterMs !== undefined
      ) {
        throw error;
      }
      isListed = false;
    }
    if (signal.aborted) {
      throw AppError.cancelled();
    }
    const known = session.servers.get(ref.serverId);
    const turn = Math.floor(clock.now() / maxDelayMs);
    if ((isListed && known) || !itemsInTurn(all, turn).includes(wait)) {
      return known ?? wait.server;
    }
  }
  return session.loadServer(ref.serverId, signal);
}
