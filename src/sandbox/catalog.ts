import type { OsRecord, PlanRecord } from './records.ts';

function plan(
  id: number,
  name: string,
  [vcpus, memory, storage, bandwidth]: readonly [number, number, number, number],
  price: number,
  locations: readonly string[],
  available = true,
): PlanRecord {
  return {
    id,
    name,
    slug: name.toLowerCase().replace(' ', '-'),
    vcpus,
    memory,
    storage,
    bandwidth,
    price_monthly: price,
    price_hourly: (price * 1.5) / 1000,
    available,
    locations,
    description: 'Sample plan with an invented price.',
  };
}

/** Plans of the sample account. 1 and 2 have the specifications of the API documentation; all prices are invented. */
export const plans: readonly PlanRecord[] = [
  plan(1, 'Standard VPS', [2, 4096, 80, 2048], 12, [
    'us-west',
    'us-east',
    'eu-central',
    'ap-southeast',
  ]),
  plan(2, 'Performance VPS', [4, 8192, 160, 4096], 24, ['us-west', 'us-east', 'eu-central']),
  plan(3, 'Starter VPS', [1, 2048, 40, 1024], 6, ['us-west', 'us-east', 'ap-southeast']),
  plan(4, 'Business VPS', [8, 16384, 320, 8192], 48, ['us-east', 'eu-central']),
  plan(5, 'Memory VPS', [4, 32768, 160, 4096], 60, ['us-west'], false),
];

/** Operating systems of the sample account. */
export const systems: readonly OsRecord[] = [
  { id: 5, name: 'Ubuntu 22.04 LTS' },
  { id: 3, name: 'Debian 12' },
  { id: 6, name: 'Ubuntu 24.04 LTS' },
  { id: 8, name: 'AlmaLinux 9' },
  { id: 9, name: 'Rocky Linux 9' },
];

/** Codes of all datacenters that offer a plan. */
export const locations: readonly string[] = [...new Set(plans.flatMap((each) => each.locations))];

/** The plan with this id, or the first plan for an unknown id. */
export function planOf(id: number): PlanRecord {
  return findOrFirst(plans, id);
}

/** The operating system with this id, or the first one for an unknown id. */
export function systemOf(id: number): OsRecord {
  return findOrFirst(systems, id);
}

function findOrFirst<T extends { readonly id: number }>(records: readonly T[], id: number): T {
  const found = records.find((each) => each.id === id) ?? records[0];
  if (!found) {
    throw new Error('The catalog is empty.');
  }
  return found;
}
