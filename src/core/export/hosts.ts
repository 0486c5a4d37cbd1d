import { reachableAt } from './address.ts';
import type { ExportedServer } from './exportedServer.ts';
import { toAliases } from './names.ts';

/** A server that can be connected to, under a name of its own. */
export interface Host {
  readonly server: ExportedServer;
  readonly alias: string;
  readonly address: string;
}

export interface Hosts {
  readonly hosts: readonly Host[];
  /** Of all servers, so that an alias does not change once a new server has its address. */
  readonly aliases: readonly string[];
  readonly leftOut: readonly ExportedServer[];
}

/** Tells the servers that can be connected to from those without an address. */
export function toHosts(servers: readonly ExportedServer[]): Hosts {
  const aliases = toAliases(servers);
  const hosts: Host[] = [];
  const leftOut: ExportedServer[] = [];
  for (const [index, server] of servers.entries()) {
    const address = reachableAt(server);
    const alias = aliases[index];
    if (address === undefined || alias === undefined) {
      leftOut.push(server);
    } else {
      hosts.push({ server, alias, address });
    }
  }
  return { hosts, aliases, leftOut };
}
