import { toSshAliases } from '../core/sshAliases.ts';
import { connectTo, noConnection, sshAlias } from './exportedServer.ts';
import type { ExportedServer } from './exportedServer.ts';

/** A server with an address to connect to and a unique alias. */
export interface Host {
  readonly server: ExportedServer;
  readonly alias: string;
  readonly address: string;
}

export interface Hosts {
  readonly hosts: readonly Host[];
  /** Servers that SSH cannot connect to. */
  readonly skipped: readonly ExportedServer[];
}

/** Separates servers that SSH can connect to from the others. */
export function toHosts(servers: readonly ExportedServer[]): Hosts {
  const hosts: Host[] = [];
  const skipped: ExportedServer[] = [];
  const aliases = aliasesOf(servers);
  for (const server of servers) {
    const address = server[connectTo];
    const alias = aliases.get(server);
    if (address === null || alias === undefined) {
      skipped.push(server);
    } else {
      hosts.push({ server, alias, address });
    }
  }
  return { hosts, skipped };
}

/** Those of the managed SSH config. Servers without one get aliases in the same way. */
function aliasesOf(servers: readonly ExportedServer[]): ReadonlyMap<ExportedServer, string> {
  const real = servers.filter((server) => server[noConnection] !== 'sample');
  const known = real.flatMap((server) => server[sshAlias] ?? []);
  const others = real.filter((server) => server[sshAlias] === null);
  const made = toSshAliases(
    others.map(({ id, name }) => ({ id, name })),
    new Set(known),
  );
  const madeOf = new Map(others.map((server, index) => [server, made[index]]));
  return new Map(real.map((server) => [server, server[sshAlias] ?? madeOf.get(server) ?? '']));
}
