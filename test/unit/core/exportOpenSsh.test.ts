import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toExport } from '../../../src/core/export/formats.ts';
import type { ExportedServer } from '../../../src/core/export/exportedServer.ts';
import { anyServers, aText, exported, hostileText } from '../../support/exportedServers.ts';

/** Reads as OpenSSH does, and refuses every keyword but two, and every argument that could mean more than itself. */
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

const toText = (servers: readonly ExportedServer[]): string => toExport('openSsh', servers, aText()).text;

describe('an export to an OpenSSH config', () => {
  it('has an entry for each server, by its name', () => {
    assert.equal(
      toExport('openSsh', exported({ name: 'web-1' }, { name: 'db-1', ipAddress: null, ipv6Address: '2001:db8::1' }), aText({ notes: ['As of now.'], openSsh: ['Add a User.'] })).text,
      [
        '# As of now.',
        '# Add a User.',
        '',
        'Host db-1',
        '    HostName 2001:db8::1',
        '',
        'Host web-1',
        '    HostName 203.0.113.10',
        '',
      ].join('\n'),
    );
  });

  it('invents no user', () => assert.doesNotMatch(toText(exported({})), /user/iu));

  it('makes a valid alias of any name, and tells the real one', () => {
    const text = toText(exported({ name: 'b\u00fcro *' }, { name: '-oProxyCommand=id', ipAddress: '203.0.113.11' }));
    assert.deepEqual([...readConfig(text)], [['oProxyCommand-id', '203.0.113.11'], ['buro', '203.0.113.10']]);
    assert.ok(text.includes('# b\u00fcro *\nHost buro\n'), text);
    assert.ok(text.includes('# -oProxyCommand=id\nHost oProxyCommand-id\n'), text);
  });

  it('lets no server pose as another host', () => {
    const aliases = [...readConfig(toText(exported({ name: 'github.com' }, { name: 'localhost' }, { name: '203.0.113.99' }))).keys()];
    assert.deepEqual(aliases, ['203-0-113-99', 'github-com', 'localhost-2']);
  });

  it('says which account a server is of, and which are samples', () => {
    const [server] = exported({ name: 'web-1' });
    assert.ok(server);
    const text = toText([{ ...server, account: 'jo@example.com' }, { ...server, name: 'web-2', account: 'Try', isSample: true }]);
    assert.ok(text.includes('# web-1, jo@example.com\nHost web-1\n'), text);
    assert.ok(text.includes('# web-2, Try, sample\nHost web-2\n'), text);
  });

  it('has servers without an address in comments, and counts them', () => {
    const { text, leftOut } = toExport('openSsh', exported({ name: 'new', ipAddress: null, status: 'provisioning' }, { name: 'web' }), aText());
    assert.equal(leftOut, 1);
    assert.deepEqual([...readConfig(text).keys()], ['web']);
    assert.ok(text.endsWith('\n\n# No address:\n# - new, 1, provisioning\n'), text);
  });

  for (const ipAddress of [
    '203.0.113.10 -oProxyCommand=id', '%h', 'a b', '"x"', '-x', '203.0.113.256', '203.0.113', '010.0.0.1', '[::1]', 'fe80::1%eth0', '::1/64',
    '::1]/x', '1:2:3', 'x\nProxyCommand id', '', 'localhost',
  ]) {
    it(`takes ${JSON.stringify(ipAddress)} for no address`, () => {
      assert.equal(readConfig(toText(exported({ ipAddress }))).size, 0);
      assert.deepEqual([...readConfig(toText(exported({ ipAddress, ipv6Address: '2001:db8::7' }))).values()], ['2001:db8::7']);
    });
  }

  it('takes a full domain name for an address, should the API send one', () => {
    assert.deepEqual([...readConfig(toText(exported({ ipAddress: 'web.example.com' }))).values()], ['web.example.com']);
  });

  it('takes every address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ipAddress) => {
        assert.deepEqual([...readConfig(toText(exported({ ipAddress }))).values()], [ipAddress]);
      }),
    );
  });

  it('holds nothing but hosts and addresses, whatever servers are called', () => {
    fc.assert(
      fc.property(anyServers, fc.array(hostileText, { maxLength: 2 }), (servers, notes) => {
        const { text, leftOut } = toExport('openSsh', servers, aText({ notes, openSsh: notes }));
        const hosts = readConfig(text);
        assert.equal(hosts.size + leftOut, servers.length);
        assert.equal(new Set([...hosts.keys()].map((alias) => alias.toLowerCase())).size, hosts.size);
        for (const [alias, address] of hosts) {
          assert.match(alias, /^[A-Za-z0-9][\w-]*$/u);
          assert.ok(isIP(address) !== 0 || /^[a-z\d-]+(?:\.[a-z\d-]+)+$/iu.test(address), address);
        }
      }),
    );
  });
});
