import * as l10n from '@vscode/l10n';
import { noConnection } from './exportedServer.ts';
import type { ExportedServer } from './exportedServer.ts';
import { toPrintable } from './printable.ts';

/** A line that YAML and OpenSSH ignore, whatever the text is. */
export function toComment(text: string): string {
  return `# ${toPrintable(text)}`;
}

/** A server in a comment: its real name, and its account where there are several. */
export function describeInComment(server: ExportedServer, ...more: readonly string[]): string {
  return [server.name, ...more, server.account, server.isSample ? l10n.t('sample') : null]
    .filter(Boolean)
    .join(', ');
}

function sentAddresses({ ipAddress, ipv6Address }: ExportedServer): readonly string[] {
  return [ipAddress ?? '', ipv6Address ?? ''];
}

/** Comments that name the servers that SSH cannot connect to and the reason, with what VPS.org sent as address. */
export function skippedLines(servers: readonly ExportedServer[]): readonly string[] {
  const isSimulated = (server: ExportedServer): boolean => server[noConnection] === 'sample';
  const lines = (title: string, skipped: readonly ExportedServer[]): readonly string[] =>
    skipped.length === 0
      ? []
      : [
          toComment(title),
          ...skipped.map((server) =>
            toComment(
              `- ${describeInComment(server, server.id, server.status, ...sentAddresses(server))}`,
            ),
          ),
        ];
  return [
    ...lines(
      l10n.t('Skipped because they have no usable address:'),
      servers.filter((server) => !isSimulated(server)),
    ),
    ...lines(
      l10n.t('Skipped because they are simulated: their addresses are reserved for examples:'),
      servers.filter(isSimulated),
    ),
  ];
}
