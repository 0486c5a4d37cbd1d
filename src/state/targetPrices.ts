import { addTotals, noTotal } from '../core/pricing.ts';
import type { PriceTotal } from '../core/pricing.ts';
import type { PlanCatalog } from './planCatalog.ts';
import type { Session } from './session.ts';
import type { Target } from './targets.ts';

/** How long a question waits for prices that are not loaded yet. */
const usualWaitMs = 1_500;

export interface TargetPrices {
  readonly total: PriceTotal;
  /** All servers are simulated, and so are their prices. */
  readonly isSample: boolean;
}

/** The monthly list prices of servers that an action is meant for. Sample servers cost nothing, so they count only among themselves. */
export async function loadTargetPrices(
  plans: PlanCatalog,
  targets: readonly Target[],
  maxWaitMs = usualWaitMs,
): Promise<TargetPrices> {
  const real = targets.filter(({ session }) => session.account.kind !== 'sample');
  const isSample = real.length === 0;
  const counted = isSample ? targets : real;
  const totalOf = async (session: Session): Promise<PriceTotal> => {
    const servers = counted.flatMap((each) => (each.session === session ? [each.server] : []));
    const prices = await plans.waitForPrices(session, maxWaitMs);
    return prices ? prices.totalOf(servers) : { ...noTotal, unknown: servers.length };
  };
  const sessions = new Set(counted.map(({ session }) => session));
  const totals = await Promise.all([...sessions].map(totalOf));
  return { total: totals.reduce(addTotals, noTotal), isSample };
}
