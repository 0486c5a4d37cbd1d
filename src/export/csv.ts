import type { ExportedServer } from './exportedServer.ts';

type Cell = string | number | boolean | null;

/** The columns in order, named as in the API and the JSON export. New columns go to the end, because readers may count them. */
const columns: readonly (readonly [name: string, cell: (server: ExportedServer) => Cell])[] = [
  ['name', (server) => server.name],
  ['id', (server) => server.id],
  ['hostname', (server) => server.hostname],
  ['status', (server) => server.status],
  ['ip_address', (server) => server.ipAddress],
  ['ipv6_address', (server) => server.ipv6Address],
  ['location', (server) => server.location],
  ['plan_id', ({ plan }) => plan.id],
  ['plan_name', ({ plan }) => plan.name],
  ['plan_vcpus', ({ plan }) => plan.vcpus],
  ['plan_memory', ({ plan }) => plan.memoryMiB],
  ['plan_storage', ({ plan }) => plan.storageGB],
  ['plan_bandwidth', ({ plan }) => plan.bandwidthGB],
  ['os_id', ({ os }) => os.id],
  ['os_name', ({ os }) => os.name],
  ['backups_enabled', (server) => server.backupsEnabled],
  ['created_at', (server) => server.createdAt],
  ['updated_at', (server) => server.updatedAt],
  ['account', (server) => server.account],
  ['is_sample', (server) => server.isSample],
  ['listed_at', (server) => server.listedAt],
  ['list_price_monthly_usd', (server) => server.listPriceMonthly],
];

/**
 * The start of a formula in a spreadsheet (OWASP, "CSV Injection"), also in full-width form. An apostrophe before it makes it
 * text. Where decimals are written with a comma, spreadsheets split lines at semicolons, even inside quotes, so a cell may also
 * start after a semicolon.
 */
const formula = /(^|;)(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

/** Escapes text only: numbers and booleans cannot be formulas. */
function toCell(value: Cell): string {
  if (typeof value !== 'string') {
    return value === null ? '' : String(value);
  }
  const text = value.replace(formula, "$1'");
  return /^[\w.:/@-]*$/u.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

/** CSV as in RFC 4180, with a header line. Text other than a plain word is quoted. Unknown values are empty cells. */
export function toCsv(servers: readonly ExportedServer[]): string {
  const lines = [
    columns.map(([name]) => name),
    ...servers.map((server) => columns.map(([, cell]) => toCell(cell(server)))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
