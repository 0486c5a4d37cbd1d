import type { Server } from '../../../src/core/server.ts';
import type { Session } from '../../../src/state/session.ts';

/** What is known at a moment. */
export interface Known {
  readonly servers: ReadonlyMap<string, Server>;
  /** How many there are, as the API says. */
  readonly total: number;
}

export function known({ servers }: Session): Known {
  return { servers: new Map(servers.servers.map((server) => [server.id, server])), total: servers.load.total };
}

/** For the table: what is left of what was known, and what became of it. */
export function keptText(before: Known, now: Known): string {
  const was = [...before.servers.values()];
  const lost = was.filter(({ id }) => !now.servers.has(id));
  const added = [...now.servers.values()].filter(({ id }) => !before.servers.has(id));
  const changes = was.flatMap((server) => changesOf(server, now.servers.get(server.id)));
  return [
    lost.length === 0 ? `all ${was.length}` : `${was.length - lost.length} of ${was.length}`,
    ...lost.map(({ name }) => `without "${name}"`),
    ...(added.length > 2 ? [`${added.length} more`] : added.map(({ name, status }) => `new "${name}" ${status}`)),
    ...(now.total > now.servers.size ? [`VPS.org counts ${now.total}`] : []),
    ...changes,
  ].join(', ');
}

function changesOf(before: Server, now: Server | undefined): readonly string[] {
  return [
    ...(now && now.name !== before.name ? [`"${before.name}" now "${now.name}"`] : []),
    ...(now && now.status !== before.status ? [`"${now.name}" ${now.status}`] : []),
  ];
}
