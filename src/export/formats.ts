import * as l10n from '@vscode/l10n';
import { toApiRecord } from './apiRecord.ts';
import { toAnsible } from './ansible.ts';
import { toCsv } from './csv.ts';
import type { ExportedServer, ExportedText } from './exportedServer.ts';
import { toOpenSsh } from './openSsh.ts';

export const exportFormats = ['csv', 'json', 'ansible', 'openSsh'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Whether the format has room for notes about the list. Without comments, a message shows them. */
export function hasComments(format: ExportFormat): boolean {
  return format === 'ansible' || format === 'openSsh';
}

/** Whether the format has a field for the price. */
export function hasPrices(format: ExportFormat): boolean {
  return format === 'csv' || format === 'json';
}

/** Whether the format has fields that only the details of a server fill. */
export function hasDetails(format: ExportFormat): boolean {
  return hasPrices(format);
}

/** Formats servers. `notes` go to the top of formats that have comments. */
export function toExport(
  format: ExportFormat,
  servers: readonly ExportedServer[],
  notes: readonly string[],
): ExportedText {
  switch (format) {
    case 'csv':
      return { text: toCsv(servers), skipped: [] };
    case 'json':
      return {
        text: `${JSON.stringify(servers.map(toApiRecord), undefined, 2)}\n`,
        skipped: [],
      };
    case 'ansible':
      return toAnsible(servers, notes);
    case 'openSsh':
      return toOpenSsh(servers, notes);
  }
}

/** A format as the picker offers it. */
export function formatText(format: ExportFormat): {
  readonly label: string;
  readonly detail: string;
} {
  switch (format) {
    case 'csv':
      return {
        label: l10n.t('CSV'),
        detail: l10n.t('A table for Excel, LibreOffice and other spreadsheets.'),
      };
    case 'json':
      return {
        label: l10n.t('JSON'),
        detail: l10n.t('All available data, for scripts and programs.'),
      };
    case 'ansible':
      return {
        label: l10n.t('Ansible Inventory'),
        detail: l10n.t('YAML with hosts grouped by location, for running playbooks.'),
      };
    case 'openSsh':
      return {
        label: l10n.t('OpenSSH Config'),
        detail: l10n.t('A snippet for ~/.ssh/config, to connect by server name.'),
      };
  }
}
