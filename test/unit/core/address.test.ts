import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  isOnThisComputer,
  reachableAt,
  toUsableAddress,
  toUsableHostname,
} from '../../../src/core/address.ts';
import { loopbackAddresses, unusableAddresses, usableAddresses } from '../../support/addresses.ts';

describe('toUsableAddress', () => {
  for (const text of unusableAddresses) {
    it(`rejects ${JSON.stringify(text.slice(0, 50))}`, () => {
      assert.equal(toUsableAddress(text), undefined);
    });
  }
  for (const [text, used] of usableAddresses) {
    it(`accepts ${text}`, () => assert.equal(toUsableAddress(text), used));
  }
  it('accepts loopback, and nothing else more, where VPS.org is on this computer', () => {
    for (const text of unusableAddresses) {
      assert.equal(
        toUsableAddress(text, true) !== undefined,
        loopbackAddresses.includes(text),
        text,
      );
    }
  });
  it('rejects all IPv6 forms of IPv4 addresses that lead nowhere', () => {
    const byte = fc.nat(255);
    const unusable = fc.oneof(
      fc.tuple(fc.constantFrom(0, 127), byte, byte, byte),
      fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
    );
    fc.assert(
      fc.property(unusable, byte, ([a, b, c, d], last) => {
        const hex = (high: number, low: number): string => (high * 256 + low).toString(16);
        const groups = `${hex(a, b)}:${hex(c, d)}`;
        for (const text of [
          `64:ff9b::${groups}`,
          `64:ff9b::${a}.${b}.${c}.${d}`,
          `0064:FF9B:0:0:0:0:${groups}`,
          `2002:${groups}::${last.toString(16)}`,
          `2002:${groups}:0:0:0:0:${last.toString(16)}`,
          `::ffff:${groups}`,
          `::ffff:${a}.${b}.${c}.${d}`,
          `::${groups}`,
          `::${a}.${b}.${c}.${d}`,
        ]) {
          assert.equal(toUsableAddress(text), undefined, text);
          assert.equal(toUsableAddress(`[${text}]/128`), undefined, text);
        }
      }),
      { numRuns: 300 },
    );
  });
  it('accepts NAT64 and 6to4 forms of other IPv4 addresses', () => {
    for (const text of ['64:ff9b::203.0.113.10', '64:ff9b::cb00:710a', '2002:cb00:710a::1']) {
      assert.equal(toUsableAddress(text), text);
    }
    // Not those prefixes.
    for (const text of ['64:ff9b:1::7f00:1', '2003:7f00:1::1', '64:ff9b:0:0:0:1:7f00:1']) {
      assert.equal(toUsableAddress(text), text);
    }
  });
  it('returns an IP address or nothing, for any text', () => {
    const parts = fc.constantFrom(
      '::',
      ':',
      '.',
      '127',
      'ffff',
      '0',
      '/',
      '32',
      '%',
      '[',
      ']',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.ipV4(), fc.ipV6(), fc.string())), (texts) => {
        const address = toUsableAddress(texts.join(''), true);
        assert.ok(address === undefined || isIP(address) !== 0, address);
      }),
    );
  });
});

describe('reachableAt', () => {
  it('uses the other address where one is unusable', () => {
    const ipv6Address = '2001:db8::7/128';
    for (const ipAddress of [null, undefined, ...unusableAddresses]) {
      assert.equal(reachableAt({ ipAddress, ipv6Address }), '2001:db8::7');
      assert.equal(reachableAt({ ipAddress, ipv6Address: '::1' }), undefined);
    }
  });
});

describe('isOnThisComputer', () => {
  it('is true for the sample account and an API on a loopback address', () => {
    const here = ['http://127.0.0.1:8080/api/v1', 'https://localhost/', 'http://[::1]:99/'];
    for (const apiUrl of here) {
      assert.ok(isOnThisComputer({ kind: 'token', apiUrl }), apiUrl);
    }
    assert.ok(isOnThisComputer({ kind: 'sample', apiUrl: '' }));
    for (const apiUrl of ['', 'https://admin.vps.org/api/v1', 'https://localhost.evil.example/']) {
      assert.ok(!isOnThisComputer({ kind: 'token', apiUrl }), apiUrl);
    }
  });
});

describe('toUsableHostname', () => {
  for (const hostname of [
    'web01.example.com',
    'WEB.example',
    'web01',
    'web_1.example',
    'xn--bcher-kva.example',
    'bücher.example',
    'a.1b',
  ]) {
    it(`accepts ${hostname}`, () => assert.equal(toUsableHostname(hostname), hostname));
  }
  it('removes a dot at the end', () => assert.equal(toUsableHostname('a.example.'), 'a.example'));
  for (const hostname of [
    '',
    '.',
    'a..b',
    '-oProxyCommand=id',
    'web.example.com -oProxyCommand=id',
    'web.example.com\nid',
    'web\u0000.example',
    'web\u202e.example',
    'web\u200b.example',
    'web;id',
    'web$(id)',
    'web`id`',
    'web|id',
    'web&id',
    "web'x",
    'web"x',
    'web>x',
    'web*',
    'web?',
    'web\\x',
    'web/x',
    'web~',
    'user@web',
    'web:22',
    '203.0.113.10',
    '127.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '2001:db8::1',
    'localhost',
    'LOCALHOST.',
    'x.localhost',
    'localhost.localdomain',
    `${'a.'.repeat(130)}example`,
  ]) {
    it(`rejects ${JSON.stringify(hostname.slice(0, 40))}`, () =>
      assert.equal(toUsableHostname(hostname), undefined));
  }
});
