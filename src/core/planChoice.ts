import type { Plan } from './plan.ts';

/** A plan as the create form compares it. Empty `locations`: the API lists none, so it counts as offered everywhere. */
export type PlanChoice = Pick<
  Plan,
  | 'id'
  | 'name'
  | 'vcpus'
  | 'memoryMiB'
  | 'storageGB'
  | 'bandwidthGB'
  | 'priceMonthly'
  | 'priceHourly'
  | 'locations'
>;

/** Whether a plan can be ordered at a location. Without a location, every plan can. */
export function isOfferedAt(plan: PlanChoice, location: string): boolean {
  const code = location.trim();
  return code === '' || plan.locations.length === 0 || plan.locations.includes(code);
}

/** The plan with the id that was chosen or typed. */
export function chosenPlan(
  { planId }: { readonly planId: string },
  plans: readonly PlanChoice[],
): PlanChoice | undefined {
  const id = planId.trim();
  return plans.find((plan) => plan.id === id);
}
