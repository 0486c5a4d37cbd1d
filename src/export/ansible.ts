import * as l10n from '@vscode/l10n';
import { groupBy } from '../core/grouping.ts';
import { defaultProfile } from '../ssh/profile.ts';
import type { SshTarget } from '../ssh/profile.ts';
import { skippedLines, toComment } from './comments.ts';
import { sshTo } from './exportedServer.ts';
import type { ExportedServer, ExportedText } from './exportedServer.ts';
import { toHosts } from './hosts.ts';
import type { Host } from './hosts.ts';
import { toGroupNames } from './names.ts';

/**
 * A YAML scalar. A JSON string is valid YAML and needs no guessing of types or tags. Ansible evaluates text that looks like a
 * template, so such text gets the tag `!unsafe`, which makes it literal.
 */
function toScalar(value: string | number | boolean): string {
  const json = JSON.stringify(value);
  return typeof value === 'string' && value.includes('{') ? `!unsafe ${json}` : json;
}

type Variable = readonly [string, string | number | boolean | null];

/** How Ansible connects. A checked target has no character with a meaning in templates or in arguments of `ssh`. */
function connection({ host, user, port, identityFile, jumpHost }: SshTarget): readonly Variable[] {
  return [
    ['ansible_host', host],
    ['ansible_user', user],
    ['ansible_port', port === defaultProfile.port ? null : port],
    ['ansible_ssh_private_key_file', identityFile ?? null],
    ['ansible_ssh_common_args', jumpHost === undefined ? null : `-o ProxyJump=${jumpHost}`],
  ];
}

/** A host's variables. All facts have a prefix of ours, so no value can set one of Ansible's own variables. */
function variables(server: ExportedServer, address: string): readonly Variable[] {
  const target = server[sshTo];
  return [
    ...(target ? connection(target) : [['ansible_host', address] as const]),
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
    ...variables(server, address).flatMap(([name, value]) =>
      value === null ? [] : [`${indent}  ${name}: ${toScalar(value)}`],
    ),
  ];
}

/**
 * A YAML inventory with a group per location; hosts without a location are in no group. A server that SSH cannot connect to appears
 * in a comment only: as a host, Ansible would resolve its alias and might reach another machine.
 */
export function toAnsible(
  servers: readonly ExportedServer[],
  notes: readonly string[],
): ExportedText {
  const { hosts, skipped } = toHosts(servers);
  const groups = groupBy(hosts, ({ server }) => server.location ?? '');
  const ungrouped = groups.get('') ?? [];
  const locations = [...groups.keys()].filter(Boolean).sort();
  const names = toGroupNames(locations);
  const hints = [
    l10n.t('Save this as a .yml file.'),
    ...(hosts.every(({ server }) => server[sshTo])
      ? []
      : [l10n.t('Set ansible_user where it is missing: the SSH settings there cannot be used.')]),
  ];
  const lines = [
    ...[...notes, ...hints].map(toComment),
    ...skippedLines(skipped),
    'all:',
    ...(ungrouped.length > 0
      ? ['  hosts:', ...ungrouped.flatMap((host) => hostLines(host, '    '))]
      : []),
    ...(locations.length > 0 ? ['  children:'] : []),
    ...locations.flatMap((location, index) => [
      `    ${JSON.stringify(names[index])}:`,
      '      hosts:',
      ...(groups.get(location) ?? []).flatMap((host) => hostLines(host, '        ')),
    ]),
    ...(hosts.length === 0 ? ['  hosts: {}'] : []),
  ];
  return { text: `${lines.join('\n')}\n`, skipped };
}
