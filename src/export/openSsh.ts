import * as l10n from '@vscode/l10n';
import { configLines } from '../ssh/profile.ts';
import { describeInComment, skippedLines, toComment } from './comments.ts';
import { sshTo } from './exportedServer.ts';
import type { ExportedServer, ExportedText } from './exportedServer.ts';
import { toHosts } from './hosts.ts';
import type { Host } from './hosts.ts';

/**
 * A snippet for `Include` in an ssh_config, with the SSH settings of each server.
 */
export function toOpenSsh(
  servers: readonly ExportedServer[],
  notes: readonly string[],
): ExportedText {
  const { hosts, skipped } = toHosts(servers);
  const hints = [
    l10n.t(
      'Save this as ~/.ssh/vps-org.conf and write "Include vps-org.conf" at the top of ~/.ssh/config.',
    ),
  ];
  const lines = [
    ...[...notes, ...hints].map(toComment),
    ...hosts.map(entry),
    ...(skipped.length > 0 ? ['', ...skippedLines(skipped)] : []),
  ];
  return { text: `${lines.join('\n')}\n`, skipped };
}

/** Aliases, addresses and checked settings contain no character with a meaning in OpenSSH. Everything else goes into a comment. */
function entry({ server, alias, address }: Host): string {
  const description = describeInComment(server);
  const target = server[sshTo];
  return [
    '',
    ...(`${description}.vps` === alias ? [] : [toComment(description)]),
    `Host ${alias}`,
    ...(target ? configLines(target) : [`    HostName ${address}`]),
  ].join('\n');
}
