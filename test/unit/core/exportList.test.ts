import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toExportedServers } from '../../../src/core/export/exportedServer.ts';
import { exportFormats, hasComments, toExport } from '../../../src/core/export/formats.ts';
import { aServer } from '../../support/builders.ts';
import { anyServers, aText, exported } from '../../support/exportedServers.ts';

const token = { label: 'jo@example.com', kind: 'token' } as const;
const sample = { label: 'Sample servers', kind: 'sample' } as const;

describe('an export', () => {
  it('has the accounts in their order, and their servers by name with numbers as numbers', () => {
    const servers = ['web-10', 'web-2', 'api'].map((name, index) => aServer({ id: String(index), name }));
    const list = toExportedServers(
      [
        { account: token, servers, listedAt: undefined },
        { account: sample, servers: [aServer({ name: 'aaa' })], listedAt: undefined },
      ],
      true,
    );
    assert.deepEqual(list.map(({ name, account, isSample }) => [name, account, isSample]), [
      ['api', 'jo@example.com', false],
      ['web-2', 'jo@example.com', false],
      ['web-10', 'jo@example.com', false],
      ['aaa', 'Sample servers', true],
    ]);
  });

  it('names no account where there is one, but marks samples all the same', () => {
    const [server] = toExportedServers([{ account: sample, servers: [aServer()], listedAt: undefined }], false);
    assert.deepEqual([server?.account, server?.isSample], [null, true]);
  });

  it('holds no id and no address of an account', () => {
    const account = { id: 'account-1', apiUrl: 'https://admin.vps.org/api/v1', token: 'vps_secret', ...token };
    const list = toExportedServers([{ account, servers: [aServer()], listedAt: 0 }], true);
    for (const format of exportFormats) {
      assert.doesNotMatch(toExport(format, list, aText()).text, /account-1|admin\.vps\.org|vps_secret/u, format);
    }
  });

  it('tells the same of a server in JSON, unknown facts as null', () => {
    const { text, leftOut } = toExport('json', exported({ ipAddress: null, plan: undefined, backupsEnabled: false }), aText());
    assert.equal(leftOut, 0);
    assert.ok(text.endsWith('\n]\n'));
    assert.deepEqual(JSON.parse(text), [
      {
        name: 'web-server-01',
        id: '1',
        hostname: 'web01.example.com',
        status: 'active',
        ipAddress: null,
        ipv6Address: null,
        location: 'us-west',
        plan: { id: null, name: null, vcpus: null, memoryMiB: null, storageGB: null, bandwidthGB: null },
        os: { id: '5', name: 'Ubuntu 22.04 LTS' },
        backupsEnabled: false,
        createdAt: '2025-01-10T14:30:00Z',
        updatedAt: '2025-01-10T14:30:00Z',
        account: null,
        isSample: false,
        listedAt: '2025-01-10T14:30:00.000Z',
      },
    ]);
  });

  it('has the same fields for every server in JSON', () => {
    const [full] = exported({});
    fc.assert(
      fc.property(anyServers, (servers) => {
        const list = JSON.parse(toExport('json', servers, aText()).text) as readonly object[];
        assert.deepEqual(list, JSON.parse(JSON.stringify(servers)));
        for (const server of list) {
          assert.deepEqual(Object.keys(server), Object.keys(full ?? {}));
        }
      }),
    );
  });

  it('holds no character that cannot be seen or ends a line, in any format', () => {
    fc.assert(
      fc.property(anyServers, fc.constantFrom(...exportFormats), (servers, format) => {
        const { text } = toExport(format, servers, aText());
        assert.doesNotMatch(text.replaceAll(/\r?\n/gu, ''), /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uffff]/u);
      }),
    );
  });

  it('says what is to be said about the list where the format has room for it', () => {
    for (const format of exportFormats) {
      const { text } = toExport(format, exported({}), aText({ notes: ['This list is from yesterday.'] }));
      assert.equal(text.includes('# This list is from yesterday.\n'), hasComments(format), format);
    }
  });

  for (const format of exportFormats) {
    it(`of 10,000 servers to ${format} takes no time to speak of`, function () {
      this.timeout(2_000);
      // Names that clash are the slow case, above all where the ids are no help.
      const servers = Array.from({ length: 10_000 }, (_, index) =>
        aServer({ id: '\u0436'.repeat(index % 100), name: `web-${index % 2}`, location: '\u0436'.repeat(index % 150) }));
      const list = toExportedServers([{ account: token, servers, listedAt: 0 }], true);
      assert.ok(toExport(format, list, aText()).text.length > 500_000);
    });
  }
});
