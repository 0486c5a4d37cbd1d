import type { ExportedServer } from './exportedServer.ts';
import { toHosts } from './hosts.ts';
import type { Host } from './hosts.ts';
import { toComment } from './printable.ts';
import { describeInComment, leftOutLines } from './texts.ts';
import type { ExportedText, ExportTexts } from './texts.ts';

/** An alias and an address hold no character that means anything to OpenSSH; everything else stands in a comment. */
function entry({ server, alias, address }: Host, texts: ExportTexts): string {
  const description = describeInComment(server, texts);
  return [
    '',
    ...(description === alias ? [] : [toComment(description)]),
    `Host ${alias}`,
    `    HostName ${address}`,
  ].join('\n');
}

/**
 * A fragment for `Include` in an ssh_config. There is no user name in it: VPS.org does not tell one, and a wrong one would stand
 * before the right one of the person's own config.
 */
export function toOpenSsh(servers: readonly ExportedServer[], texts: ExportTexts): ExportedText {
  const { hosts, leftOut } = toHosts(servers);
  const lines = [
    ...[...texts.notes, ...texts.openSsh].map(toComment),
    ...hosts.map((host) => entry(host, texts)),
    ...(leftOut.length > 0 ? ['', ...leftOutLines(leftOut, texts)] : []),
  ];
  return { text: `${lines.join('\n')}\n`, leftOut: leftOut.length };
}
