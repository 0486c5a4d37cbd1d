import { sleep } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import type { Plan } from '../core/plan.ts';
import type { Session } from '../state/session.ts';

/** How long a form waits for what can be ordered, before it shows what is known otherwise. */
const patienceMs = 8_000;

/**
 * Fetches the plans (`GET /plans/`), and the servers where they were never fetched: choices are made from both. Resolves when
 * both are there, failed, or are late; what comes late is told to `onDidArrive`. Never rejects: everything can be typed.
 */
export async function loadPlans(
  session: Session,
  clock: Clock,
  onDidArrive: (plans: readonly Plan[] | undefined) => void,
): Promise<void> {
  const plans = session
    .call((api, signal) => api.listPlans(undefined, { signal }))
    .then(onDidArrive, () => onDidArrive(undefined));
  const servers = session.servers.load.loadedAt === undefined ? session.refresh().catch(() => undefined) : undefined;
  const patience = new AbortController();
  await Promise.race([
    Promise.all([plans, servers]),
    sleep(clock, patienceMs, patience.signal).catch(() => undefined),
  ]);
  patience.abort();
}
