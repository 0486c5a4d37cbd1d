import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import { maxConcurrentRequests } from './bulkActions.ts';
import type { Sessions } from './sessions.ts';
import { toTarget } from './targets.ts';
import type { Target } from './targets.ts';

/** The question appears after this time even without a reply. */
const timeLimitMs = 5_000;

export interface DeletionCheck {
  /** Targets that still exist as far as is known, with their current data. */
  readonly existing: readonly Target[];
  /** Targets that no longer exist, with their last known data. */
  readonly gone: readonly Target[];
  /** Targets of `existing` that VPS.org did not confirm within the time limit. */
  readonly unconfirmed: readonly Target[];
  /** Age of the oldest unconfirmed data, in milliseconds since 1970; undefined when everything is confirmed. */
  readonly knownSince: number | undefined;
}

/**
 * Fetches servers afresh before anyone is asked whether to delete them: by now a server may have another name, or be gone.
 * Takes at most 5 seconds and never rejects.
 */
export async function checkBeforeDelete(
  sessions: Sessions,
  clock: Clock,
  chosen: readonly Target[],
): Promise<DeletionCheck> {
  const unconfirmed = new Set(chosen);
  const limit = new AbortController();
  const startedAt = new Map(
    [...new Set(chosen.map(({ session }) => session))].map((session) => [
      session,
      session.servers.nextRevision(),
    ]),
  );
  const check = async (target: Target): Promise<void> => {
    const { session, ref } = target;
    const since = startedAt.get(session) ?? session.servers.nextRevision();
    try {
      // For many servers one list request is cheaper.
      await (chosen.length > maxConcurrentRequests
        ? session.refreshSince(since)
        : session.loadServer(ref.serverId, limit.signal));
    } finally {
      // A list may lack a server that exists. One that contradicts a 404 contains current data.
      if (!session.servers.get(ref.serverId) || session.servers.getSince(ref.serverId, since)) {
        unconfirmed.delete(target);
      }
    }
  };
  const checks = Promise.allSettled(chosen.map(check)).finally(() => limit.abort());
  await Promise.race([checks, sleep(clock, timeLimitMs, limit.signal).catch(() => undefined)]);
  limit.abort();

  const current = ({ ref }: Target): Target | undefined => toTarget(sessions, ref);
  const times = [...unconfirmed].flatMap(({ session }) => session.servers.load.knownAt ?? []);
  return {
    existing: chosen.flatMap((target) => current(target) ?? []),
    gone: chosen.filter((target) => !current(target)),
    unconfirmed: [...unconfirmed].flatMap((target) => current(target) ?? []),
    knownSince: times.length > 0 ? Math.min(...times) : undefined,
  };
}
