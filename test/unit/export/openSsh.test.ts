import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toUsableAddress } from '../../../src/core/address.ts';
import { toExportedServers } from '../../../src/export/exportedServer.ts';
import { toExport } from '../../../src/export/formats.ts';
import type { ExportedServer } from '../../../src/export/exportedServer.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import { aServer, anAccount } from '../../support/builders.ts';
import { unusableAddresses } from '../../support/addresses.ts';
import { anyServers, exported, hostileText } from '../../support/exportedServers.ts';

/** Reads a config as OpenSSH does. Rejects all keywords but two, and all arguments that are more than plain text. */
function readConfig(text: string): ReadonlyMap<string, string> {
  const hosts = new Map<string, string>();
  let alias: string | undefined;
  for (const line of text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u).map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    const [keyword, argument = '', ...more] = line.split(/\s+/u);
    assert.deepEqual(more, [], line);
    assert.match(argument, /^[A-Za-z0-9:][\w.:-]*$/u, line);
    if (keyword === 'Host') {
      assert.ok(!hosts.has(argument), line);
      alias = argument;
    } else {
      assert.equal(keyword, 'HostName', line);
      assert.ok(alias !== undefined && !hosts.has(alias), line);
      hosts.set(alias, argument);
    }
  }
  return hosts;
}

const toText = (servers: readonly ExportedServer[]): string =>
  toExport('openSsh', servers, []).text;

describe('toOpenSsh', () => {
  it('writes an entry for each server, by its name', () => {
    assert.equal(
      toExport(
        'openSsh',
        exported({ name: 'web-1' }, { name: 'db-1', ipAddress: null, ipv6Address: '2a01:db9::1' }),
        ['As of now.'],
      ).text,
      [
        '# As of now.',
        '# Save this as ~/.ssh/vps-org.conf and write "Include vps-org.conf" at the top of ~/.ssh/config.',
        '',
        'Host db-1.vps',
        '    HostName 2a01:db9::1',
        '',
        'Host web-1.vps',
        '    HostName 192.34.56.10',
        '',
      ].join('\n'),
    );
  });

  it('has the SSH settings of each server, by the same rule as the managed config', () => {
    const profile = { ...defaultProfile, user: 'deploy', port: 2222 };
    const servers = toExportedServers(
      [
        {
          account: anAccount(),
          servers: [aServer({ name: 'web-1', ipAddress: '192.34.56.10' })],
          listedAt: 0,
          ssh: { profileOf: () => profile, aliasOf: () => undefined, hostBy: 'address' },
        },
      ],
      false,
    );
    assert.match(
      toText(servers),
      /^Host web-1\.vps\n {4}HostName 192\.34\.56\.10\n {4}User deploy\n {4}Port 2222$/mu,
    );
  });

  it('uses the alias that the managed config has for a server, and makes no other server take it', () => {
    const servers = toExportedServers(
      [
        {
          account: anAccount(),
          servers: ['8', '9'].map((id) =>
            aServer({ id, name: 'web', ipAddress: `192.34.56.${id}` }),
          ),
          listedAt: 0,
          ssh: {
            profileOf: () => defaultProfile,
            aliasOf: ({ id }) => (id === '9' ? 'web.vps' : undefined),
            hostBy: 'address',
          },
        },
      ],
      false,
    );
    assert.match(toText(servers), /^Host web-8\.vps\n {4}HostName 192\.34\.56\.8$/mu);
    assert.match(toText(servers), /^Host web\.vps\n {4}HostName 192\.34\.56\.9$/mu);
  });

  it('puts servers whose addresses are reserved for examples in comments, with the reason', () => {
    const { text, skipped } = toExport(
      'openSsh',
      exported({ name: 'sim', ipAddress: '203.0.113.10' }, { name: 'new', ipAddress: null }, {}),
      [],
    );
    assert.equal(skipped.length, 2);
    assert.deepEqual([...readConfig(text).keys()], ['web-server-01.vps']);
    assert.ok(
      text.endsWith(
        [
          '',
          '',
          '# Skipped because they have no usable address:',
          '# - new, 2, active',
          '# Skipped because they are simulated: their addresses are reserved for examples:',
          '# - sim, 1, active, 203.0.113.10',
          '',
        ].join('\n'),
      ),
      text,
    );
  });

  it('makes valid aliases, with the names in comments', () => {
    const text = toText(
      exported({ name: 'b\u00fcro *' }, { name: '-oProxyCommand=id', ipAddress: '192.34.56.11' }),
    );
    assert.deepEqual(
      [...readConfig(text)],
      [
        ['oproxycommand-id.vps', '192.34.56.11'],
        ['buro.vps', '192.34.56.10'],
      ],
    );
    assert.ok(text.includes('# b\u00fcro *\nHost buro.vps\n'), text);
    assert.ok(text.includes('# -oProxyCommand=id\nHost oproxycommand-id.vps\n'), text);
  });

  it('gives no server the alias of another host', () => {
    const aliases = [
      ...readConfig(
        toText(exported({ name: 'github.com' }, { name: 'localhost' }, { name: '192.34.56.99' })),
      ).keys(),
    ];
    assert.deepEqual(aliases, ['192-34-56-99.vps', 'github-com.vps', 'localhost.vps']);
  });

  it('names the account, and marks samples', () => {
    const [server] = exported({ name: 'web-1' });
    assert.ok(server);
    const text = toText([
      { ...server, account: 'jo@example.com' },
      { ...server, name: 'web-2', account: 'Try', isSample: true },
    ]);
    assert.ok(text.includes('# web-1, jo@example.com\nHost web-1.vps\n'), text);
    assert.ok(text.includes('# web-2, Try, sample\nHost web-2.vps\n'), text);
  });

  it('puts servers without an address in comments, and counts them', () => {
    const { text, skipped } = toExport(
      'openSsh',
      exported({ name: 'new', ipAddress: null, status: 'provisioning' }, { name: 'web' }),
      [],
    );
    assert.equal(skipped.length, 1);
    assert.deepEqual([...readConfig(text).keys()], ['web.vps']);
    assert.ok(
      text.endsWith(
        '\n\n# Skipped because they have no usable address:\n# - new, 1, provisioning\n',
      ),
      text,
    );
  });

  for (const ipAddress of [
    '192.34.56.10 -oProxyCommand=id',
    '%h',
    'a b',
    '"x"',
    '-x',
    '192.34.56.256',
    '192.34.56',
    '010.0.0.1',
    '[::1]',
    'fe80::1%eth0',
    '::1/64',
    '::1]/x',
    '1:2:3',
    'x\nProxyCommand id',
    '',
    'localhost',
  ]) {
    it(`rejects the address ${JSON.stringify(ipAddress)}`, () => {
      assert.equal(readConfig(toText(exported({ ipAddress }))).size, 0);
      assert.deepEqual(
        [...readConfig(toText(exported({ ipAddress, ipv6Address: '2a01:db9::7' }))).values()],
        ['2a01:db9::7'],
      );
    });
  }

  it('accepts every IP address that can be connected to', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ipAddress) => {
        const expected = toUsableAddress(ipAddress);
        assert.deepEqual(
          [...readConfig(toText(exported({ ipAddress }))).values()],
          expected === undefined ? [] : [expected],
        );
      }),
    );
  });

  it('names the unusable address of a server in a comment', () => {
    const { text, skipped } = toExport('openSsh', exported({ ipAddress: '127.0.0.1' }), []);
    assert.equal(skipped.length, 1);
    assert.ok(
      text.endsWith(
        '\n# Skipped because they have no usable address:\n# - web-server-01, 1, active, 127.0.0.1\n',
      ),
      text,
    );
  });

  it('never leads to this computer, in the reading of OpenSSH itself', function () {
    this.timeout(30_000);
    const hasSsh = spawnSync('ssh', ['-V']).status === 0;
    const directory = mkdtempSync(join(tmpdir(), 'vps-ssh-'));
    try {
      const servers = exported(
        ...unusableAddresses.map((ipAddress, index) => ({ name: `fresh-${index}`, ipAddress })),
        { name: 'good', ipAddress: '192.34.56.10/32' },
      );
      const text = toText(servers);
      assert.deepEqual([...readConfig(text)], [['good.vps', '192.34.56.10']]);
      if (!hasSsh) {
        return;
      }
      const file = join(directory, 'config');
      writeFileSync(file, text);
      const read = spawnSync('ssh', ['-G', '-F', file, 'good.vps'], { encoding: 'utf8' });
      assert.match(read.stdout, /^hostname 192\.34\.56\.10$/mu);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('contains only hosts and addresses, for any names', () => {
    fc.assert(
      fc.property(anyServers, fc.array(hostileText, { maxLength: 2 }), (servers, notes) => {
        const { text, skipped } = toExport('openSsh', servers, notes);
        const hosts = readConfig(text);
        assert.equal(hosts.size + skipped.length, servers.length);
        assert.equal(
          new Set([...hosts.keys()].map((alias) => alias.toLowerCase())).size,
          hosts.size,
        );
        for (const [alias, address] of hosts) {
          assert.match(alias, /^[a-z0-9][\w-]*\.vps$/u);
          assert.notEqual(isIP(address), 0, address);
        }
      }),
    );
  });
});
