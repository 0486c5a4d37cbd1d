import type { Plan } from './plan.ts';
import type { PlanSummary } from './server.ts';

/** What a plan costs, in US dollars. At least one of the two is known; undefined where the API does not tell. */
export interface Price {
  readonly monthly: number | undefined;
  readonly hourly: number | undefined;
}

function amount(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The price of a plan, or undefined where neither part of it is known. */
export function priceOf(plan: Pick<Plan, 'priceMonthly' | 'priceHourly'>): Price | undefined {
  const monthly = amount(plan.priceMonthly);
  const hourly = amount(plan.priceHourly);
  return monthly === undefined && hourly === undefined ? undefined : { monthly, hourly };
}

/** What identifies a plan beside its id: the same on the plan list and on the servers that were made with it. */
const specs = ['vcpus', 'memoryMiB', 'storageGB'] as const;

/**
 * The plan on the price list that a server was made with. VPS.org's own pages use different ids for the same plan, so an
 * equal id alone proves nothing: the specs must be known on both sides and agree (api.md, section 4).
 */
export function findPlanOf<P extends Pick<Plan, 'id' | (typeof specs)[number]>>(
  server: PlanSummary | undefined,
  plans: readonly P[],
): P | undefined {
  return server?.id === undefined
    ? undefined
    : plans.find((plan) => plan.id === server.id && specs.every((spec) => isSameSpec(server[spec], plan[spec])));
}

function isSameSpec(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && a === b;
}
