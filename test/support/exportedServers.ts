import fc from 'fast-check';
import { toExportedServers } from '../../src/export/exportedServer.ts';
import type { ExportedServer } from '../../src/export/exportedServer.ts';
import type { Server } from '../../src/core/server.ts';
import { aServer } from './builders.ts';

/** Texts that are special in one of the formats, end a line, or are invisible. */
const hostile = [
  '=',
  '+',
  '-',
  '@',
  '\uff1d',
  ';',
  ',',
  '"',
  "'",
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\u0085',
  '\u2028',
  '\0',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\uffff',
  '{{',
  '}}',
  '{%',
  '{#',
  "lookup('pipe', 'id')",
  '!unsafe ',
  '!!python/object',
  '&a',
  '*a',
  ': ',
  '- ',
  '# ',
  '%',
  '?',
  '!',
  '[1:9]',
  '~',
  'null',
  'no',
  'all',
  'ungrouped',
  'localhost',
  'hosts',
  'us-west',
  'us_west',
  'web',
  'Web',
  '../',
  '${HOME}',
  '$(id)',
  '`id`',
  '|',
  '\\',
  'ProxyCommand id',
  'Host *',
  'b\u00fcro',
  '\u0441\u0435\u0440\u0432\u0435\u0440',
  '\ud83d\ude80',
  ' ',
  '',
];

/** Any hostile text. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const address = fc.oneof(fc.constantFrom(null, undefined), fc.ipV4(), fc.ipV6(), hostileText);
const apiUrl = 'https://admin.vps.org/api/v1';
const maybe = fc.option(hostileText, { nil: undefined });
const amount = fc.option(fc.oneof(fc.nat(), fc.double()), { nil: undefined });

const anyServer: fc.Arbitrary<Server> = fc.record({
  id: fc.oneof(fc.nat({ max: 9 }).map(String), hostileText),
  name: hostileText,
  hostname: maybe,
  status: hostileText,
  ipAddress: address,
  ipv6Address: address,
  location: maybe,
  plan: fc.option(
    fc.record({
      id: maybe,
      name: maybe,
      vcpus: amount,
      memoryMiB: amount,
      storageGB: amount,
      bandwidthGB: amount,
    }),
    { nil: undefined },
  ),
  os: fc.option(fc.record({ id: maybe, name: maybe }), { nil: undefined }),
  backupsEnabled: fc.option(fc.boolean(), { nil: undefined }),
  usage: fc.constant(undefined),
  createdAt: maybe,
  updatedAt: maybe,
});

/** Arbitrary servers of two accounts. */
export const anyServers: fc.Arbitrary<readonly ExportedServer[]> = fc
  .tuple(hostileText, fc.array(anyServer, { maxLength: 8 }), fc.array(anyServer, { maxLength: 4 }))
  .map(([label, ofToken, ofSample]) =>
    toExportedServers(
      [
        { account: { label, kind: 'token', apiUrl }, servers: ofToken, listedAt: 0 },
        {
          account: { label: 'Sample servers', kind: 'sample', apiUrl: '' },
          servers: ofSample,
          listedAt: undefined,
        },
      ],
      true,
    ),
  );

/** Servers of one account, ready for export, at addresses that are not reserved for examples. */
export function exported(...servers: readonly Partial<Server>[]): readonly ExportedServer[] {
  return toExportedServers(
    [
      {
        account: { label: 'jo@example.com', kind: 'token', apiUrl },
        servers: servers.map((facts, index) =>
          aServer({ id: String(index + 1), ipAddress: '192.34.56.10', ...facts }),
        ),
        listedAt: Date.UTC(2025, 0, 10, 14, 30),
      },
    ],
    false,
  );
}
