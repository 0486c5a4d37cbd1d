import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toExport } from '../../../src/export/formats.ts';
import type { ExportedServer } from '../../../src/export/exportedServer.ts';
import { anyServers, exported } from '../../support/exportedServers.ts';

/** A strict RFC 4180 reader: lines end with CRLF, and quotes enclose a cell or are doubled. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/uy;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const match = cell.exec(text);
    assert.ok(match, `no cell at ${at} of ${JSON.stringify(text)}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  assert.deepEqual(row, []);
  return rows;
}

const toCsv = (servers: readonly ExportedServer[]): string => toExport('csv', servers, []).text;
const header = [
  'name',
  'id',
  'hostname',
  'status',
  'ip_address',
  'ipv6_address',
  'location',
  'plan_id',
  'plan_name',
  'plan_vcpus',
  'plan_memory',
  'plan_storage',
  'plan_bandwidth',
  'os_id',
  'os_name',
  'backups_enabled',
  'created_at',
  'updated_at',
  'account',
  'is_sample',
  'listed_at',
  'list_price_monthly_usd',
];

/** The values of a server in the order of the columns. */
function facts({
  plan,
  os,
  ...server
}: ExportedServer): readonly (string | number | boolean | null)[] {
  const {
    name,
    id,
    hostname,
    status,
    ipAddress,
    ipv6Address,
    location,
    backupsEnabled,
    createdAt,
    updatedAt,
  } = server;
  return [
    name,
    id,
    hostname,
    status,
    ipAddress,
    ipv6Address,
    location,
    plan.id,
    plan.name,
    plan.vcpus,
    plan.memoryMiB,
    plan.storageGB,
    plan.bandwidthGB,
    os.id,
    os.name,
    backupsEnabled,
    createdAt,
    updatedAt,
    server.account,
    server.isSample,
    server.listedAt,
    server.listPriceMonthly,
  ];
}

const formula = /^[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
/** Removes the apostrophes before formulas, the documented difference between a value and its cell. */
const withoutApostrophes = (text: string): string =>
  text.replace(/(^|;)'+(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu, '$1');

describe('toCsv', () => {
  it('writes a header and a line for each server', () => {
    const [columns, first, second, ...rest] = readCsv(
      toCsv(exported({ name: 'web-1' }, { name: 'db, "main"', ipAddress: null, plan: undefined })),
    );
    assert.deepEqual(columns, header);
    assert.deepEqual(first?.slice(0, 5), ['db, "main"', '2', 'web01.example.com', 'active', '']);
    assert.deepEqual(second, [
      'web-1',
      '1',
      'web01.example.com',
      'active',
      '192.34.56.10',
      '',
      'us-west',
      '1',
      'Standard VPS',
      '2',
      '4096',
      '80',
      '',
      '5',
      'Ubuntu 22.04 LTS',
      '',
      '2025-01-10T14:30:00Z',
      '2025-01-10T14:30:00Z',
      '',
      'false',
      '2025-01-10T14:30:00.000Z',
      '',
    ]);
    assert.deepEqual(rest, []);
  });

  it('ends lines with CRLF and quotes text other than a word', () => {
    const text = toCsv(exported({ name: 'a "b"' }));
    assert.ok(text.startsWith(`${header.join(',')}\r\n"a ""b""",1,web01.example.com,active,`));
    assert.ok(text.endsWith('\r\n'));
  });

  for (const name of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    ' =1',
    '\uff1d1',
    '"=1',
    '=HYPERLINK("https://x")',
  ]) {
    it(`writes no formula for ${name}`, () => {
      const [, row] = readCsv(toCsv(exported({ name })));
      assert.equal(row?.[0], `'${name.trim()}`);
    });
  }

  it('writes no formula where a spreadsheet splits at semicolons', () => {
    const text = toCsv(exported({ name: 'x; =1+1;"@2' }));
    assert.ok(text.includes(`"x;' =1+1;'""@2"`), text);
  });

  it('keeps numbers as numbers, including negative ones', () => {
    const [server] = exported({});
    assert.ok(server);
    const [, row] = readCsv(
      toCsv([{ ...server, plan: { ...server.plan, memoryMiB: -1, vcpus: 0.5 } }]),
    );
    assert.deepEqual(
      [row?.[header.indexOf('plan_vcpus')], row?.[header.indexOf('plan_memory')]],
      ['0.5', '-1'],
    );
  });

  it('writes any servers so that they read back unchanged', () => {
    fc.assert(
      fc.property(anyServers, (servers) => {
        const [columns, ...rows] = readCsv(toCsv(servers));
        assert.deepEqual(columns, header);
        assert.deepEqual(
          rows.map((row) => row.map(withoutApostrophes)),
          servers.map((server) =>
            facts(server).map((fact) => withoutApostrophes(String(fact ?? ''))),
          ),
        );
      }),
    );
  });

  it('starts no text with a formula, for any servers', () => {
    fc.assert(
      fc.property(anyServers, (servers) => {
        const text = toCsv(servers);
        const [, ...rows] = readCsv(text);
        const texts = rows.flatMap((row) =>
          row.filter(
            (_cell, column) =>
              !['plan_vcpus', 'plan_memory', 'plan_storage', 'plan_bandwidth'].includes(
                header[column] ?? '',
              ),
          ),
        );
        assert.deepEqual(
          texts.filter((cell) => formula.test(cell)),
          [],
        );
        assert.deepEqual(
          text
            .split(';')
            .slice(1)
            .filter((cell) => formula.test(cell)),
          [],
        );
      }),
    );
  });
});
