import type { Plan } from '../../../src/core/plan.ts';

/** A plan of the price list: the one that `aServer` was made with. */
export function aPlan(facts: Partial<Plan> = {}): Plan {
  return {
    id: '1',
    name: 'Standard VPS',
    vcpus: 2,
    memoryMiB: 4096,
    storageGB: 80,
    bandwidthGB: 2048,
    priceMonthly: 12,
    priceHourly: 0.018,
    available: true,
    locations: ['us-west'],
    ...facts,
  };
}
