import type { ExportedServer } from './exportedServer.ts';
import { toHosts } from './hosts.ts';
import type { Host } from './hosts.ts';
import { toGroupNames } from './names.ts';
import { toComment } from './printable.ts';
import { leftOutLines } from './texts.ts';
import type { ExportedText, ExportTexts } from './texts.ts';

/**
 * A YAML scalar: JSON's form of text is one of YAML's, whatever is in it, and has neither types nor tags to guess. Ansible
 * would run what looks like one of its templates, so that is marked as text that stays as it is.
 */
function toScalar(value: string | number | boolean): string {
  const json = JSON.stringify(value);
  return typeof value === 'string' && value.includes('{') ? `!unsafe ${json}` : json;
}

/** What a playbook may ask of a host, under names of our own: none of Ansible's can come from outside. */
function variables(server: ExportedServer, address: string): readonly (readonly [string, string | number | boolean | null])[] {
  return [
    ['ansible_host', address],
    ['vps_id', server.id],
    ['vps_name', server.name],
    ['vps_hostname', server.hostname],
    ['vps_status', server.status],
    ['vps_location', server.location],
    ['vps_plan', server.plan.name],
    ['vps_vcpus', server.plan.vcpus],
    ['vps_memory_mib', server.plan.memoryMiB],
    ['vps_storage_gb', server.plan.storageGB],
    ['vps_os', server.os.name],
    ['vps_account', server.account],
    ['vps_is_sample', server.isSample || null],
  ];
}

function hostLines({ server, alias, address }: Host, indent: string): readonly string[] {
  return [
    `${indent}${JSON.stringify(alias)}:`,
    ...variables(server, address).flatMap(([name, value]) => (value === null ? [] : [`${indent}  ${name}: ${toScalar(value)}`])),
  ];
}

function byLocation(hosts: readonly Host[]): ReadonlyMap<string, readonly Host[]> {
  const groups = new Map<string, Host[]>();
  for (const host of hosts) {
    const location = host.server.location ?? '';
    const group = groups.get(location);
    if (group) {
      group.push(host);
    } else {
      groups.set(location, [host]);
    }
  }
  return groups;
}

/**
 * A YAML inventory: a group for each location, hosts without one in no group. A server without an address stands in a comment:
 * as a host, Ansible would look for its alias in the network, and might find another machine.
 */
export function toAnsible(servers: readonly ExportedServer[], texts: ExportTexts): ExportedText {
  const { hosts, aliases, leftOut } = toHosts(servers);
  const groups = byLocation(hosts);
  const ungrouped = groups.get('') ?? [];
  const locations = [...groups.keys()].filter(Boolean).sort();
  const names = toGroupNames(locations, aliases);
  const lines = [
    ...[...texts.notes, ...texts.ansible].map(toComment),
    ...leftOutLines(leftOut, texts),
    'all:',
    ...(ungrouped.length > 0 ? ['  hosts:', ...ungrouped.flatMap((host) => hostLines(host, '    '))] : []),
    ...(locations.length > 0 ? ['  children:'] : []),
    ...locations.flatMap((location, index) => [
      `    ${JSON.stringify(names[index])}:`,
      '      hosts:',
      ...(groups.get(location) ?? []).flatMap((host) => hostLines(host, '        ')),
    ]),
    ...(hosts.length === 0 ? ['  hosts: {}'] : []),
  ];
  return { text: `${lines.join('\n')}\n`, leftOut: leftOut.length };
}
