import { firstAddress, ipv4, ipv6 } from './addresses.ts';
import { plans, systems } from './catalog.ts';
import { isoTime, type ServerRecord, type UsageRecord } from './records.ts';
import { scatter, usualUsage } from './usage.ts';

/** Which servers a new world begins with: the handful of samples, none, or so many generated ones (50,000 at most). */
export type Seed = 'sample' | 'empty' | { readonly count: number };

type Sample = readonly [
  name: string,
  hostname: string,
  status: string,
  location: string,
  planId: number,
  osId: number,
  backups: boolean,
  createdAt: string,
];

/** From id 12345 on. The first two are the API documentation's own samples. */
const samples: readonly Sample[] = [
  ['web-server-01', 'web01.example.com', 'active', 'us-west', 1, 5, true, '2025-01-10T14:30:00Z'],
  ['db-server-01', 'db01.example.com', 'active', 'us-east', 2, 3, true, '2025-01-12T09:05:00Z'],
  ['cache-01', 'cache01.example.com', 'stopped', 'us-east', 3, 3, false, '2025-02-03T16:20:00Z'],
  ['api-eu-01', 'api.eu.example.net', 'active', 'eu-central', 4, 6, true, '2025-03-18T07:45:00Z'],
  ['staging-eu-01', 'staging.eu.example.net', 'stopped', 'eu-central', 1, 6, false, '2025-03-18T08:10:00Z'],
  ['old-shop', 'shop.example.org', 'suspended', 'us-west', 2, 8, false, '2024-06-21T11:00:00Z'],
  ['edge-sg-01', '', 'active', 'ap-southeast', 3, 9, false, '2025-05-27T22:15:00Z'],
];
const firstId = 12345;

/** The documented usage of server 12345. */
const documentedUsage: UsageRecord = {
  cpu_percent: 23.5,
  memory_used: 2048,
  disk_used: 35,
  bandwidth_used: 450,
};

function record(id: number, address: number, sample: Sample, now: number): ServerRecord {
  const [name, hostname, status, location, planId, osId, backups, createdAt] = sample;
  return {
    id,
    name,
    hostname,
    status,
    ip_address: ipv4(address),
    ipv6_address: ipv6(address),
    location,
    plan_id: planId,
    os_id: osId,
    backups_enabled: backups,
    created_at: createdAt,
    updated_at: createdAt,
    usage: id === firstId ? documentedUsage : usualUsage(id, planId),
    active_since: status === 'active' ? now : null,
    due_at: null,
  };
}

/** The nth of many: always the same ones, mostly active, spread over plans, locations and systems. */
function generated(n: number): Sample {
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

/** The servers of a new world. */
export function seedServers(seed: Seed, now: number): ServerRecord[] {
  if (seed === 'empty') {
    return [];
  }
  const list =
    seed === 'sample'
      ? samples
      : Array.from({ length: Math.min(50_000, seed.count) }, (_, index) => generated(index + 1));
  return list.map((sample, index) => record(firstId + index, firstAddress + index, sample, now));
}
