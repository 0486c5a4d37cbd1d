import fc from 'fast-check';
import { toExportedServers } from '../../src/core/export/exportedServer.ts';
import type { ExportedServer } from '../../src/core/export/exportedServer.ts';
import type { ExportTexts } from '../../src/core/export/texts.ts';
import type { Server } from '../../src/core/server.ts';
import { aServer } from './builders.ts';

/** What has a meaning in one of the formats, or ends a line, or cannot be seen. */
const hostile = [
  '=', '+', '-', '@', '\uff1d', ';', ',', '"', "'", '\t', '\r', '\n', '\r\n', '\u0085', '\u2028', '\0', '\u202e', '\u200b', '\ufeff',
  '\ud800', '\udc00', '\uffff', '{{', '}}', '{%', '{#', "lookup('pipe', 'id')", '!unsafe ', '!!python/object', '&a', '*a', ': ', '- ',
  '# ', '%', '?', '!', '[1:9]', '~', 'null', 'no', 'all', 'ungrouped', 'localhost', 'hosts', 'us-west', 'us_west', 'web', 'Web',
  '../', '${HOME}', '$(id)', '`id`', '|', '\\', 'ProxyCommand id', 'Host *', 'b\u00fcro', '\u0441\u0435\u0440\u0432\u0435\u0440', '\ud83d\ude80', ' ', '',
];

/** Text as an API must not send it, and might. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

const address = fc.oneof(fc.constantFrom(null, undefined), fc.ipV4(), fc.ipV6(), hostileText);
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
    fc.record({ id: maybe, name: maybe, vcpus: amount, memoryMiB: amount, storageGB: amount, bandwidthGB: amount }),
    { nil: undefined },
  ),
  os: fc.option(fc.record({ id: maybe, name: maybe }), { nil: undefined }),
  backupsEnabled: fc.option(fc.boolean(), { nil: undefined }),
  usage: fc.constant(undefined),
  createdAt: maybe,
  updatedAt: maybe,
});

/** Any servers of two accounts. */
export const anyServers: fc.Arbitrary<readonly ExportedServer[]> = fc
  .tuple(hostileText, fc.array(anyServer, { maxLength: 8 }), fc.array(anyServer, { maxLength: 4 }))
  .map(([label, ofToken, ofSample]) =>
    toExportedServers(
      [
        { account: { label, kind: 'token' }, servers: ofToken, listedAt: 0 },
        { account: { label: 'Sample servers', kind: 'sample' }, servers: ofSample, listedAt: undefined },
      ],
      true,
    ),
  );

/** Servers of a single account, as they go into a file. */
export function exported(...servers: readonly Partial<Server>[]): readonly ExportedServer[] {
  return toExportedServers(
    [{
      account: { label: 'jo@example.com', kind: 'token' },
      servers: servers.map((facts, index) => aServer({ id: String(index + 1), ...facts })),
      listedAt: Date.UTC(2025, 0, 10, 14, 30),
    }],
    false,
  );
}

export function aText(facts: Partial<ExportTexts> = {}): ExportTexts {
  return { notes: [], ansible: [], openSsh: [], sample: 'sample', noAddress: 'No address:', ...facts };
}
