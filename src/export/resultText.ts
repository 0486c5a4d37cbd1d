import * as l10n from '@vscode/l10n';
import { plural } from '../text/l10n.ts';
import { skippedReasonsText } from '../text/ssh.ts';
import { noConnection } from './exportedServer.ts';
import type { ExportedServer } from './exportedServer.ts';
import { hasDetails } from './formats.ts';
import type { ExportFormat } from './formats.ts';

/** "40 servers (details of 3)": lists lack IPv6 addresses, traffic and backups, which some formats contain. */
export function countText(
  format: ExportFormat,
  servers: readonly ExportedServer[],
  skipped: readonly ExportedServer[],
): string {
  const count = servers.length - skipped.length;
  const detailed = servers.filter(({ backupsEnabled }) => backupsEnabled !== null).length;
  return hasDetails(format) && detailed < count
    ? plural(
        l10n.t('{0, plural, one {# server} other {# servers}} (details of {1})'),
        count,
        detailed,
      )
    : plural(l10n.t('{0, plural, one {# server} other {# servers}}'), count);
}

/** How many servers appear only in a comment, and why. */
export function skippedTexts(total: number, skipped: readonly ExportedServer[]): readonly string[] {
  if (skipped.length === 0) {
    return [];
  }
  const text = l10n.t(
    'Exported {0} of {1, plural, one {# server} other {# servers}}. The others appear only in a comment.',
  );
  return [
    plural(text, total - skipped.length, total),
    skippedReasonsText(skipped.flatMap((server) => server[noConnection] ?? [])) ?? '',
  ];
}
