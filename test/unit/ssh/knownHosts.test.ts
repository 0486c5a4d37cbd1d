import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  compareHostKeys,
  fingerprint,
  keyTypeName,
  knownHostsName,
  parseHostKeys,
} from '../../../src/ssh/knownHosts.ts';

const key = (type: string, letter: string) => ({ type, data: letter.repeat(68) });
const known = (type: string, letter: string, isRevoked = false) => ({
  ...key(type, letter),
  isRevoked,
});
const ed = 'ssh-ed25519';
const rsa = 'ssh-rsa';

describe('known hosts', () => {
  it('names a server as ssh does', () => {
    assert.equal(knownHostsName('203.0.113.1', 22), '203.0.113.1');
    assert.equal(knownHostsName('203.0.113.1', 2222), '[203.0.113.1]:2222');
    assert.equal(knownHostsName('2001:db8::1', 2222), '[2001:db8::1]:2222');
  });

  it('reads the output of ssh-keygen and ssh-keyscan', () => {
    const data = 'A'.repeat(68);
    const output = [
      '# Host [127.0.0.1]:2222 found: line 3',
      `[127.0.0.1]:2222 ssh-ed25519 ${data}`,
      `|1|abc=|def= ecdsa-sha2-nistp256 ${data}= a comment`,
      `@revoked * ssh-rsa ${data}\r`,
      `@cert-authority *.example.com ssh-rsa ${data}`,
      '# 127.0.0.1:2222 SSH-2.0-OpenSSH_9.2p1',
      'garbage',
      `host ssh-rsa not*base64`,
      '',
    ].join('\n');
    assert.deepEqual(parseHostKeys(output), [
      { type: 'ssh-ed25519', data, isRevoked: false },
      { type: 'ecdsa-sha2-nistp256', data: `${data}=`, isRevoked: false },
      { type: 'ssh-rsa', data, isRevoked: true },
    ]);
  });

  it('knows a server by any of its keys', () => {
    const verdict = compareHostKeys([known(rsa, 'a')], [key(rsa, 'a'), key(ed, 'b')]);
    assert.deepEqual(verdict, { kind: 'known', key: key(rsa, 'a') });
  });

  it('accepts a known key beside an outdated one of another type, as ssh does', () => {
    const verdict = compareHostKeys(
      [known(ed, 'a'), known(rsa, 'old')],
      [key(ed, 'a'), key(rsa, 'n')],
    );
    assert.equal(verdict?.kind, 'known');
  });

  it('recognizes a changed key, and shows the preferred type', () => {
    const verdict = compareHostKeys(
      [known(rsa, 'a'), known(ed, 'b')],
      [key(rsa, 'c'), key(ed, 'd')],
    );
    assert.deepEqual(verdict, { kind: 'changed', key: key(ed, 'd'), oldKey: known(ed, 'b') });
  });

  it('takes a server without a comparable key for new', () => {
    assert.deepEqual(compareHostKeys([], [key(rsa, 'a'), key(ed, 'b')]), {
      kind: 'new',
      key: key(ed, 'b'),
    });
    assert.equal(compareHostKeys([known(rsa, 'a')], [key(ed, 'b')])?.kind, 'new');
  });

  it('lets a revoked key win', () => {
    const verdict = compareHostKeys(
      [known(ed, 'a'), known(rsa, 'b', true)],
      [key(ed, 'a'), key(rsa, 'b')],
    );
    assert.equal(verdict?.kind, 'revoked');
  });

  it('decides nothing without an offered key', () => {
    assert.equal(compareHostKeys([known(ed, 'a')], []), undefined);
  });

  it('shows fingerprints and types as ssh does', () => {
    // Calculated with `ssh-keygen -l`.
    const data = 'AAAAC3NzaC1lZDI1NTE5AAAAIFcD8GrfQkjrUMfjhcBy5r1v8jmfNXrHSZMAiUomQPxc';
    assert.equal(
      fingerprint({ type: ed, data }),
      'SHA256:0rwmC4/Iu0Ulc3af04HQC0EHee0FVFS0st/e9dGYlLc',
    );
    assert.deepEqual(
      [ed, rsa, 'ecdsa-sha2-nistp256', 'sk-ssh-ed25519@openssh.com'].map((type) =>
        keyTypeName({ type, data }),
      ),
      ['ED25519', 'RSA', 'ECDSA', 'ED25519'],
    );
  });
});
