import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  configLines,
  defaultProfile,
  isJumpHost,
  sshArguments,
  sshCommand,
  sshTarget,
  toIdentityFile,
} from '../../../src/ssh/profile.ts';
import type { SshProfile, SshTarget } from '../../../src/ssh/profile.ts';
import { aServer, anAccount, aSampleAccount } from '../../support/builders.ts';
import { hostileText } from '../../support/exportedServers.ts';

const real = { ipAddress: '192.34.56.78' };

function target(profile: Partial<SshProfile> = {}, facts: object = real): SshTarget {
  const found = sshTarget(aServer(facts), { ...defaultProfile, ...profile }, anAccount());
  assert.ok(typeof found !== 'string', JSON.stringify(found));
  return found;
}

describe('sshTarget', () => {
  const account = anAccount();
  const of = (facts: object, profile: Partial<SshProfile> = {}): unknown =>
    sshTarget(aServer(facts), { ...defaultProfile, ...profile }, account);

  it('leads to the address, or by setting to the hostname', () => {
    const server = aServer({ ...real, hostname: 'Web01.Example.com.' });
    const byName = sshTarget(server, defaultProfile, account, 'hostname');
    assert.equal(target().host, '192.34.56.78');
    assert.ok(typeof byName !== 'string');
    assert.equal(byName.host, 'web01.example.com');
  });

  it('falls back to the address where the hostname cannot be used', () => {
    for (const hostname of [undefined, 'localhost', '-oProxyCommand=id', 'b\u00fcro.example']) {
      const server = aServer({ ...real, hostname });
      const found = sshTarget(server, defaultProfile, account, 'hostname');
      assert.ok(typeof found !== 'string' && found.host === '192.34.56.78', String(hostname));
    }
  });

  it('gives a reason where there is no target', () => {
    assert.equal(of({ ipAddress: null }), 'noAddress');
    assert.equal(of({ ipAddress: '0.0.0.0' }), 'unusableAddress');
    assert.equal(of({ ipAddress: '127.0.0.1' }), 'unusableAddress');
    assert.equal(of({ ipAddress: '203.0.113.10' }), 'sample');
    for (const user of ['', '-l', 'a b', 'root\n', 'a;id', 'x'.repeat(65), '%h']) {
      assert.equal(of(real, { user }), 'invalidUser', user);
    }
    for (const port of [0, 65_536, 1.5, Number.NaN, -1]) {
      assert.equal(of(real, { port }), 'invalidPort', String(port));
    }
    for (const identityFile of ['id', '-F/x', '~', '/a"b', '/a\nb', '/$HOME/x', '/%d/x', '/a ']) {
      assert.equal(of(real, { identityFile }), 'invalidIdentityFile', identityFile);
    }
    for (const jumpHost of ['-oProxyCommand=id', 'none', 'a b', 'h:0', 'h:99999', 'a@b@c', 'h,']) {
      assert.equal(of(real, { jumpHost }), 'invalidJumpHost', jumpHost);
    }
  });

  it('reaches a sample server that was given an address of this computer', () => {
    const server = aServer({ ipAddress: '127.0.0.1' });
    const found = sshTarget(server, defaultProfile, aSampleAccount());
    assert.ok(typeof found !== 'string' && found.host === '127.0.0.1');
  });

  it('accepts the usual jump hosts and paths', () => {
    for (const jump of ['bastion', 'me@b.example.com:2222', '[2001:db8::1]:22', 'a,b@c:1']) {
      assert.ok(isJumpHost(jump), jump);
    }
    assert.equal(toIdentityFile('C:\\Users\\Jo B\\.ssh\\id'), 'C:/Users/Jo B/.ssh/id');
    assert.equal(toIdentityFile('~/.ssh/id_ed25519'), '~/.ssh/id_ed25519');
  });
});

describe('sshArguments', () => {
  it('put options first and the destination behind "--"', () => {
    assert.deepEqual(sshArguments(target()), ['-l', 'root', '--', '192.34.56.78']);
    const profile = { user: 'jo', port: 2222, identityFile: '~/.ssh/a b', jumpHost: 'me@gate' };
    assert.deepEqual(sshArguments(target(profile)), [
      ...['-p', '2222', '-i', '~/.ssh/a b', '-J', 'me@gate', '-l', 'jo'],
      ...['--', '192.34.56.78'],
    ]);
  });
});

describe('sshCommand', () => {
  it('is short, and quotes what shells would change', () => {
    assert.equal(sshCommand(target()), 'ssh root@192.34.56.78');
    assert.equal(
      sshCommand(target({ port: 2222, identityFile: '~/.ssh/a b', jumpHost: '[2001:db8::1]' })),
      'ssh -p 2222 -i "~/.ssh/a b" -J "[2001:db8::1]" root@192.34.56.78',
    );
  });
});

describe('hostile profiles and servers', () => {
  const anyTarget = fc.record({
    user: hostileText,
    port: fc.oneof(fc.integer(), fc.double()),
    identityFile: fc.option(
      hostileText.map((text) => `/k${text}`),
      { nil: undefined },
    ),
    jumpHost: fc.option(hostileText, { nil: undefined }),
    ipAddress: fc.oneof(fc.ipV4(), fc.ipV6(), hostileText),
    hostname: hostileText,
  });

  it('never become an option, a second word or a second line', () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyTarget, fc.boolean(), (facts, usesDefaults) => {
        const profile = usesDefaults ? { ...facts, ...defaultProfile } : facts;
        const found = sshTarget(aServer(facts), profile, anAccount(), 'hostname');
        if (typeof found === 'string') {
          return;
        }
        accepted += 1;
        const values = sshArguments(found).filter((each) => !/^-[lpiJ-]$/u.test(each));
        for (const value of values) {
          assert.doesNotMatch(value, /^-|["$`\\!%\p{Cc}\u2028\u2029]/u);
        }
        assert.equal(sshArguments(found).at(-2), '--');
        for (const line of configLines(found)) {
          assert.match(line, /^ {4}[A-Z]\w+ (?:[^\s"]+|"[^"\p{Cc}]+")$/u);
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(accepted > 20);
  });
});
