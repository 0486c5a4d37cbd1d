import type { ExportedServer } from './exportedServer.ts';

type Cell = string | number | boolean | null;

/** The columns in their order; their names are those of the JSON export. New ones go to the end, for who counts them. */
const columns: readonly (readonly [name: string, cell: (server: ExportedServer) => Cell])[] = [
  ['name', (server) => server.name],
  ['id', (server) => server.id],
  ['hostname', (server) => server.hostname],
  ['status', (server) => server.status],
  ['ipAddress', (server) => server.ipAddress],
  ['ipv6Address', (server) => server.ipv6Address],
  ['location', (server) => server.location],
  ['planId', ({ plan }) => plan.id],
  ['planName', ({ plan }) => plan.name],
  ['vcpus', ({ plan }) => plan.vcpus],
  ['memoryMiB', ({ plan }) => plan.memoryMiB],
  ['storageGB', ({ plan }) => plan.storageGB],
  ['bandwidthGB', ({ plan }) => plan.bandwidthGB],
  ['osId', ({ os }) => os.id],
  ['osName', ({ os }) => os.name],
  ['backupsEnabled', (server) => server.backupsEnabled],
  ['createdAt', (server) => server.createdAt],
  ['updatedAt', (server) => server.updatedAt],
  ['account', (server) => server.account],
  ['isSample', (server) => server.isSample],
  ['listedAt', (server) => server.listedAt],
];

/**
 * What a spreadsheet would take for the beginning of a formula (OWASP, "CSV Injection"), also in its full-width form; an
 * apostrophe in front of it makes it text. A spreadsheet set to a language that writes decimals with a comma divides lines at
 * semicolons, quotes or not: what follows one may begin a cell there.
 */
const formula = /(^|;)(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** Only text can be a formula: numbers and yes or no come from a number and a boolean, and stay what they are. */
function toCell(value: Cell): string {
  if (typeof value !== 'string') {
    return value === null ? '' : String(value);
  }
  const text = value.replace(formula, "$1'");
  return /^[\w.:/@-]*$/u.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** RFC 4180: a line of column names, commas, CRLF, quotes around what is more than a word. An unknown value is an empty cell. */
export function toCsv(servers: readonly ExportedServer[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...servers.map((server) => columns.map(([, cell]) => toCell(cell(server)))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
