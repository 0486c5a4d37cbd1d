import { firstAddress, ipv4, ipv6 } from './addresses.ts';
import type { ServerRecord, UsageRecord } from './records.ts';
import { usualUsage } from './usage.ts';

/** Id of the first server. */
export const firstId = 12345;

/** The facts in which sample servers differ. */
export type Sample = readonly [
  name: string,
  hostname: string,
  status: string,
  location: string,
  planId: number,
  osId: number,
  backups: boolean,
  createdAt: string,
];

/** The first two are the samples of the API documentation. */
const samples: readonly Sample[] = [
  ['web-server-01', 'web01.example.com', 'active', 'us-west', 1, 5, true, '2025-01-10T14:30:00Z'],
  ['db-server-01', 'db01.example.com', 'active', 'us-east', 2, 3, true, '2025-01-12T09:05:00Z'],
  ['cache-01', 'cache01.example.com', 'stopped', 'us-east', 3, 3, false, '2025-02-03T16:20:00Z'],
  ['api-eu-01', 'api.eu.example.net', 'active', 'eu-central', 4, 6, true, '2025-03-18T07:45:00Z'],
  [
    'staging-eu-01',
    'staging.eu.example.net',
    'stopped',
    'eu-central',
    1,
    6,
    false,
    '2025-03-18T08:10:00Z',
  ],
  ['old-shop', 'shop.example.org', 'suspended', 'us-west', 2, 8, false, '2024-06-21T11:00:00Z'],
  ['edge-sg-01', '', 'active', 'ap-southeast', 3, 9, false, '2025-05-27T22:15:00Z'],
];

/** Usage of server 12345 in the API documentation. */
const documentedUsage: UsageRecord = {
  cpu_percent: 23.5,
  memory_used: 2048,
  disk_used: 35,
  bandwidth_used: 450,
};

/** The servers of a new sample account. */
export function sampleServers(now: number): readonly ServerRecord[] {
  return samples.map((sample, index) => toRecord(sample, index, now));
}

/** The record of the sample at this position: gives it the next id and addresses. `now` in milliseconds since 1970. */
export function toRecord(sample: Sample, index: number, now: number): ServerRecord {
  const [name, hostname, status, location, planId, osId, backups, createdAt] = sample;
  const id = firstId + index;
  return {
    id,
    name,
    hostname,
    status,
    ip_address: ipv4(firstAddress + index),
    ipv6_address: ipv6(firstAddress + index),
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
