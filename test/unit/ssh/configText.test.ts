import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { toSshAliases } from '../../../src/core/sshAliases.ts';
import {
  hostsIn,
  isIncluded,
  toConfigText,
  withInclude,
  withoutInclude,
} from '../../../src/ssh/configText.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import { hostileText } from '../../support/exportedServers.ts';

const none: ReadonlySet<string> = new Set();

describe('toSshAliases', () => {
  it('are the names in lower case', () => {
    const servers = [
      { name: 'Web-1', id: '1' },
      { name: 'b\u00fcro *', id: '2' },
      { name: 'github.com', id: '3' },
    ];
    assert.deepEqual(toSshAliases(servers, none), ['web-1.vps', 'buro.vps', 'github-com.vps']);
  });

  it('stay with the oldest of several servers with the same name, in any order', () => {
    const [old, young] = [
      { name: 'web', id: '9' },
      { name: 'Web', id: '10' },
    ];
    assert.deepEqual(toSshAliases([old, young], none), ['web.vps', 'web-10.vps']);
    assert.deepEqual(toSshAliases([young, old], none), ['web-10.vps', 'web.vps']);
  });

  it("avoid the person's own hosts", () => {
    const taken = hostsIn('Host Web.vps *.vps "db.vps" # x.vps\n');
    assert.deepEqual([...taken], ['web.vps', 'db.vps']);
    assert.ok(hostsIn('\u00ef\u00bb\u00bfHost a\r\n').has('a'));
    assert.deepEqual(toSshAliases([{ name: 'web', id: '7' }], taken), ['web-7.vps']);
  });

  it('are different plain hosts, whatever the names are', () => {
    const server = fc.record({ name: hostileText, id: hostileText });
    fc.assert(
      fc.property(fc.array(server, { maxLength: 12 }), (servers) => {
        const aliases = toSshAliases(servers, none);
        assert.equal(new Set(aliases).size, servers.length);
        for (const alias of aliases) assert.match(alias, /^[a-z0-9][\w-]*\.vps$/u);
      }),
    );
  });
});

describe('toConfigText', () => {
  it('has one block for each server, and names in comments only', () => {
    const text = toConfigText([
      {
        alias: 'web-1.vps',
        name: 'Web\n1',
        target: { ...defaultProfile, port: 2222, host: '192.34.56.78' },
      },
    ]);
    assert.match(
      text,
      /^# Written by .*\n\n# Web 1\nHost web-1\.vps\n {4}HostName 192\.34\.56\.78\n {4}User root\n {4}Port 2222\n$/u,
    );
  });

  it('has no line that a name could add', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const lines = toConfigText([
          { alias: 'a.vps', name, target: { ...defaultProfile, host: '192.34.56.78' } },
        ]).split(/[\n\r\v\f\u0085\u2028\u2029]/u);
        const active = lines.filter((line) => line !== '' && !line.startsWith('#'));
        assert.deepEqual(active, ['Host a.vps', '    HostName 192.34.56.78', '    User root']);
      }),
    );
  });
});

describe('the Include line', () => {
  const configs = [
    '',
    'Host *\n  User me\n',
    'Host *\r\n  User me\r\n',
    'Host a',
    '\n\n# text\nMatch exec "id"\n  User x\n',
    '\u00ef\u00bb\u00bfHost *\n',
  ];

  it('goes to the top and comes off without a trace', () => {
    for (const config of configs) {
      const added = withInclude(config);
      assert.ok(isIncluded(added), JSON.stringify(config));
      assert.equal(withoutInclude(added), config);
    }
    assert.match(withInclude('Host *\r\n'), /^Include vps-org\.config\r\nHost \*\r\n$/u);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (config) => {
        assert.equal(withoutInclude(withInclude(config)), config);
      }),
    );
  });

  it('counts only above the first Host or Match line', () => {
    assert.ok(isIncluded('# text\nInclude other\n  include vps-org.config \nHost *\n'));
    assert.ok(!isIncluded('Host *\nInclude vps-org.config\n'));
    assert.ok(!isIncluded('\u00ef\u00bb\u00bfHost *\nInclude vps-org.config\n'));
    assert.ok(!isIncluded('#Include vps-org.config\n'));
    assert.ok(!isIncluded('Include vps-org.config.bak\n'));
  });
});
