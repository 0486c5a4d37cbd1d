import type { Server } from '../../../src/core/server.ts';
import type { Session } from '../../../src/state/session.ts';

/** The server list of a session at one point in time. */
export interface KnownServers {
  readonly servers: ReadonlyMap<string, Server>;
  /** The number of servers that the API reported. */
  readonly total: number;
}

export function knownServers({ servers }: Session): KnownServers {
  return {
    servers: new Map(servers.servers.map((server) => [server.id, server])),
    total: servers.load.total,
  };
}

/** For the table: which servers are still cached, and what changed: `6 of 7, without "web-server-01"`. */
export function describeServers(before: KnownServers, now: KnownServers): string {
  const earlier = [...before.servers.values()];
  const missing = earlier.filter(({ id }) => !now.servers.has(id));
  const added = [...now.servers.values()].filter(({ id }) => !before.servers.has(id));
  const changes = earlier.flatMap((server) => describeChanges(server, now.servers.get(server.id)));
  return [
    missing.length === 0
      ? `all ${earlier.length}`
      : `${earlier.length - missing.length} of ${earlier.length}`,
    ...missing.map(({ name }) => `without "${name}"`),
    ...(added.length > 2
      ? [`${added.length} more`]
      : added.map(({ name, status }) => `new "${name}" ${status}`)),
    ...(now.total > now.servers.size ? [`reported total ${now.total}`] : []),
    ...changes,
  ].join(', ');
}

function describeChanges(before: Server, now: Server | undefined): readonly string[] {
  return [
    ...(now && now.name !== before.name ? [`"${before.name}" renamed to ${quote(now.name)}`] : []),
    ...(now && now.status !== before.status ? [`"${now.name}" ${now.status}`] : []),
  ];
}

function quote(name: string): string {
  return name.length > 40 ? `a name of ${name.length} characters` : `"${name}"`;
}
