import type { Server } from './server.ts';
import { compareTexts } from './text.ts';

export const groupings = ['location', 'status', 'plan', 'os', 'none'] as const;
export type Grouping = (typeof groupings)[number];

/** What a group row shows: a value that its servers share, or the servers that a person pinned. */
export type GroupKind = Grouping | 'pinned';

export interface ServerGroup {
  /** The shared location, status, plan or OS; empty when it is unknown. */
  readonly key: string;
  readonly servers: readonly Server[];
}

/** Orders by name with numbers in natural order (web-2 before web-10), then by id so that the order is stable. */
export function compareServers(a: Server, b: Server): number {
  return compareTexts(a.name, b.name) || compareTexts(a.id, b.id);
}

/** Statuses from most to least urgent. Other statuses rank as `unknown`. */
const byUrgency: readonly string[] = [
  'suspended',
  'unknown',
  'provisioning',
  'starting',
  'stopping',
  'rebooting',
  'stopped',
  'active',
];
const unknownRank = 1;

function urgencyRank(status: string): number {
  const rank = byUrgency.indexOf(status);
  return rank < 0 ? unknownRank : rank;
}

/**
 * Sorts by name, servers that need attention first. Servers in transition stay in place: a row must not move away from under
 * the pointer because of an action on it.
 */
function sortByUrgency(servers: readonly Server[]): readonly Server[] {
  const urgent: Server[] = [];
  const normal: Server[] = [];
  for (const server of servers) {
    (urgencyRank(server.status) > unknownRank ? normal : urgent).push(server);
  }
  return [...urgent.sort(compareServers), ...normal.sort(compareServers)];
}

function keyOf(server: Server, grouping: Grouping): string {
  switch (grouping) {
    case 'location':
      return server.location ?? '';
    case 'status':
      return server.status;
    case 'plan':
      return server.plan?.name ?? '';
    case 'os':
      return server.os?.name ?? '';
    case 'none':
      return '';
  }
}

/** The items with each key, in their order. The keys are in the order of their first item. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/**
 * Groups servers. Statuses are ordered by urgency and other keys by name; the group without a key comes last. Within a group,
 * servers that need attention come first.
 */
export function groupServers(
  servers: readonly Server[],
  grouping: Grouping,
): readonly ServerGroup[] {
  return [...groupBy(servers, (server) => keyOf(server, grouping))]
    .map(([key, members]) => ({ key, servers: sortByUrgency(members) }))
    .sort(
      (a, b) => Number(a.key === '') - Number(b.key === '') || compareKeys(a.key, b.key, grouping),
    );
}

function compareKeys(a: string, b: string, grouping: Grouping): number {
  return (grouping === 'status' ? urgencyRank(a) - urgencyRank(b) : 0) || compareTexts(a, b);
}
