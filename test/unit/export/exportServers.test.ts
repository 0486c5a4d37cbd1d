import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { PriceList } from '../../../src/core/pricing.ts';
import { toApiRecord } from '../../../src/export/apiRecord.ts';
import { toExportedServers } from '../../../src/export/exportedServer.ts';
import { exportFormats, hasComments, hasPrices, toExport } from '../../../src/export/formats.ts';
import { aServer } from '../../support/builders.ts';
import { aPlan } from '../webviews/plans.ts';
import { anyServers, exported } from '../../support/exportedServers.ts';

const token = {
  label: 'jo@example.com',
  kind: 'token',
  apiUrl: 'https://admin.vps.org/api/v1',
} as const;
const sample = { label: 'Sample servers', kind: 'sample', apiUrl: '' } as const;

describe('toExport', () => {
  it('keeps the order of accounts, and sorts servers by name with numbers as numbers', () => {
    const servers = ['web-10', 'web-2', 'api'].map((name, index) =>
      aServer({ id: String(index), name }),
    );
    const list = toExportedServers(
      [
        { account: token, servers, listedAt: undefined },
        { account: sample, servers: [aServer({ name: 'aaa' })], listedAt: undefined },
      ],
      true,
    );
    assert.deepEqual(
      list.map(({ name, account, isSample }) => [name, account, isSample]),
      [
        ['api', 'jo@example.com', false],
        ['web-2', 'jo@example.com', false],
        ['web-10', 'jo@example.com', false],
        ['aaa', 'Sample servers', true],
      ],
    );
  });

  it('marks samples, but names no account where there is only one', () => {
    const [server] = toExportedServers(
      [{ account: sample, servers: [aServer()], listedAt: undefined }],
      false,
    );
    assert.deepEqual([server?.account, server?.isSample], [null, true]);
  });

  it('contains no account id and no API address', () => {
    const account = {
      id: 'account-1',
      token: 'vps_secret',
      ...token,
    };
    const list = toExportedServers([{ account, servers: [aServer()], listedAt: 0 }], true);
    for (const format of exportFormats) {
      assert.doesNotMatch(
        toExport(format, list, []).text,
        /account-1|admin\.vps\.org|vps_secret/u,
        format,
      );
    }
  });

  it('writes JSON with unknown values as null', () => {
    const { text, skipped } = toExport(
      'json',
      exported({ ipAddress: null, plan: undefined, backupsEnabled: false }),
      [],
    );
    assert.equal(skipped.length, 0);
    assert.ok(text.endsWith('\n]\n'));
    assert.deepEqual(JSON.parse(text), [
      {
        id: 1,
        name: 'web-server-01',
        hostname: 'web01.example.com',
        status: 'active',
        ip_address: null,
        ipv6_address: null,
        location: 'us-west',
        plan: {
          id: null,
          name: null,
          vcpus: null,
          memory: null,
          storage: null,
          bandwidth: null,
        },
        os: { id: 5, name: 'Ubuntu 22.04 LTS' },
        backups_enabled: false,
        created_at: '2025-01-10T14:30:00Z',
        updated_at: '2025-01-10T14:30:00Z',
        account: null,
        is_sample: false,
        listed_at: '2025-01-10T14:30:00.000Z',
        list_price_monthly_usd: null,
      },
    ]);
  });

  it('writes the monthly list price where it is certain', () => {
    const prices = new PriceList([aPlan({ priceMonthly: 12.5 })]);
    const servers = [aServer({ id: '1' }), aServer({ id: '2', name: 'zz', plan: undefined })];
    const list = toExportedServers([{ account: token, servers, listedAt: 0, prices }], false);
    const records = JSON.parse(toExport('json', list, []).text) as readonly object[];
    assert.deepEqual(
      records.map((record) => Reflect.get(record, 'list_price_monthly_usd') as unknown),
      [12.5, null],
    );
    const [header, ...lines] = toExport('csv', list, []).text.split('\r\n');
    assert.match(header ?? '', /,list_price_monthly_usd$/u);
    assert.deepEqual(
      lines.map((line) => line.split(',').at(-1)),
      ['12.5', '', ''],
    );
    for (const format of exportFormats.filter((each) => !hasPrices(each))) {
      assert.doesNotMatch(toExport(format, list, []).text, /12\.5/u, format);
    }
  });

  it('writes ids as numbers, as the API does, unless they are something else', () => {
    const ids = ['12345', '007', '9007199254740993', 'a1b2'].map((id) => ({ id }));
    const list = JSON.parse(toExport('json', exported(...ids), []).text) as readonly object[];
    assert.deepEqual(
      list
        .map((server) => Reflect.get(server, 'id') as unknown)
        .map(String)
        .sort(),
      ids.map(({ id }) => id).sort(),
    );
    assert.equal(list.filter((server) => typeof Reflect.get(server, 'id') === 'number').length, 1);
  });

  it('writes the same JSON fields for every server', () => {
    const [full] = exported({}).map(toApiRecord);
    fc.assert(
      fc.property(anyServers, (servers) => {
        const list = JSON.parse(toExport('json', servers, []).text) as readonly object[];
        assert.deepEqual(
          list.map((server) => String(Reflect.get(server, 'id'))),
          servers.map(({ id }) => id),
        );
        for (const server of list) {
          assert.deepEqual(Object.keys(server), Object.keys(full ?? {}));
        }
      }),
    );
  });

  it('contains no invisible characters and no line breaks in values, in any format', () => {
    fc.assert(
      fc.property(anyServers, fc.constantFrom(...exportFormats), (servers, format) => {
        const { text } = toExport(format, servers, []);
        assert.doesNotMatch(
          text.replaceAll(/\r?\n/gu, ''),
          /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uffff]/u,
        );
      }),
    );
  });

  it('contains the notes where the format has comments', () => {
    for (const format of exportFormats) {
      const { text } = toExport(format, exported({}), ['Last updated yesterday.']);
      assert.equal(text.includes('# Last updated yesterday.\n'), hasComments(format), format);
    }
  });

  for (const format of exportFormats) {
    it(`formats 10,000 servers with clashing names as ${format}`, () => {
      // Clashing names are the slow case, above all where the ids do not help.
      const servers = Array.from({ length: 10_000 }, (_, index) =>
        aServer({
          id: '\u0436'.repeat(index % 100),
          name: `web-${index % 2}`,
          location: '\u0436'.repeat(index % 150),
        }),
      );
      const list = toExportedServers([{ account: token, servers, listedAt: 0 }], true);
      assert.ok(toExport(format, list, []).text.length > 500_000);
    });
  }
});
