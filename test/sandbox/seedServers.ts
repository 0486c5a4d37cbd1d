import { plans, systems } from '../../src/sandbox/catalog.ts';
import { isoTime, type ServerRecord } from '../../src/sandbox/records.ts';
import { sampleServers, toRecord, type Sample } from '../../src/sandbox/sampleServers.ts';
import { scatter } from '../../src/sandbox/usage.ts';

/** The servers of a new sandbox: the samples, none, or a number of generated ones (at most 50,000). */
export type Seed = 'sample' | 'empty' | { readonly count: number };

export function seedServers(seed: Seed, now: number): readonly ServerRecord[] {
  if (seed === 'empty') {
    return [];
  }
  if (seed === 'sample') {
    return sampleServers(now);
  }
  return Array.from({ length: Math.min(50_000, seed.count) }, (_, index) =>
    toRecord(generate(index + 1), index, now),
  );
}

/** The nth generated server, always the same one. Most are active; they spread over plans, locations and systems. */
function generate(n: number): Sample {
  const orderable = plans.filter((each) => each.available);
  const pick = <T>(list: readonly T[], salt: number): T =>
    list[Math.floor(scatter(n, salt) * list.length)] as T;
  const plan = pick(orderable, 1);
  const name = `server-${String(n).padStart(5, '0')}`;
  return [
    name,
    `${name}.example.com`,
    pick(['active', 'active', 'active', 'active', 'stopped', 'stopped', 'suspended'], 2),
    pick(plan.locations, 3),
    plan.id,
    pick(systems, 4).id,
    n % 2 === 0,
    isoTime(Date.UTC(2024, 0, 1) + n * 3_600_000),
  ];
}
