import { toAnsible } from './ansible.ts';
import { toCsv } from './csv.ts';
import type { ExportedServer } from './exportedServer.ts';
import { toOpenSsh } from './openSsh.ts';
import type { ExportedText, ExportTexts } from './texts.ts';

export const exportFormats = ['csv', 'json', 'ansible', 'openSsh'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Whether the format has room for what must be said about the list; otherwise the person is told. */
export function hasComments(format: ExportFormat): boolean {
  return format === 'ansible' || format === 'openSsh';
}

/** The text of a file with these servers. */
export function toExport(format: ExportFormat, servers: readonly ExportedServer[], texts: ExportTexts): ExportedText {
  switch (format) {
    case 'csv':
      return { text: toCsv(servers), leftOut: 0 };
    case 'json':
      return { text: `${JSON.stringify(servers, undefined, 2)}\n`, leftOut: 0 };
    case 'ansible':
      return toAnsible(servers, texts);
    case 'openSsh':
      return toOpenSsh(servers, texts);
  }
}
