import type { Server } from './server.ts';
import { compareTexts } from './text.ts';

export const groupings = ['location', 'status', 'plan', 'os', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export interface ServerGroup {
  /** What the servers of the group have in common; empty where that is not known. */
  readonly key: string;
  readonly servers: readonly Server[];
}

/** By name, numbers in natural order (web-2 before web-10), then by id so that the order never depends on the reply. */
export function compareServers(a: Server, b: Server): number {
  return compareTexts(a.name, b.name) || compareTexts(a.id, b.id);
}

/** Statuses in the order in which they ask for a look; one that nobody knows may mean anything. */
const byAttention: readonly string[] = ['suspended', 'unknown', 'provisioning', 'starting', 'stopping', 'rebooting', 'stopped', 'active'];

function attention(status: string): number {
  const rank = byAttention.indexOf(status);
  return rank < 0 ? byAttention.indexOf('unknown') : rank;
}

/**
 * By name, with those first that something is wrong with. Servers in transition stay in their place: a row must not move away
 * under the pointer because of what was done to it.
 */
function sortByAttention(servers: readonly Server[]): readonly Server[] {
  const quiet = servers.filter(isQuiet).sort(compareServers);
  return quiet.length === servers.length ? quiet : [...servers.filter((server) => !isQuiet(server)).sort(compareServers), ...quiet];
}

function isQuiet({ status }: Server): boolean {
  return attention(status) > attention('unknown');
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

/**
 * Groups in order of their keys, or of the attention that they ask for where those are statuses; the group without a key comes
 * last. In a group first what something is wrong with, then by name.
 */
export function groupServers(servers: readonly Server[], grouping: Grouping): readonly ServerGroup[] {
  const groups = new Map<string, Server[]>();
  for (const server of servers) {
    const key = keyOf(server, grouping);
    const group = groups.get(key);
    if (group) {
      group.push(server);
    } else {
      groups.set(key, [server]);
    }
  }
  return [...groups]
    .map(([key, members]) => ({ key, servers: sortByAttention(members) }))
    .sort((a, b) => Number(a.key === '') - Number(b.key === '') || compareKeys(a.key, b.key, grouping));
}

function compareKeys(a: string, b: string, grouping: Grouping): number {
  return (grouping === 'status' ? attention(a) - attention(b) : 0) || compareTexts(a, b);
}
