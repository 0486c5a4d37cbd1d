import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkApiUrl, checkHostname, checkName, checkToken, checkWholeNumber } from '../../../src/core/validation.ts';

describe('the API address', () => {
  const good: readonly (readonly [string, string])[] = [
    ['https://admin.vps.org/api/v1', 'https://admin.vps.org/api/v1'],
    ['  https://admin.vps.org/api/v1/  ', 'https://admin.vps.org/api/v1'],
    ['https://admin.vps.org//api//v1//', 'https://admin.vps.org/api/v1'],
    ['https://admin.vps.org', 'https://admin.vps.org'],
    ['http://127.0.0.1:8080/api/v1', 'http://127.0.0.1:8080/api/v1'],
    ['http://localhost/api', 'http://localhost/api'],
    ['http://[::1]:99/x', 'http://[::1]:99/x'],
  ];
  for (const [text, expected] of good) {
    it(`takes "${text}"`, () => assert.deepEqual(checkApiUrl(text), { ok: true, value: expected }));
  }
  const bad: readonly (readonly [unknown, string])[] = [
    ['', 'notAUrl'],
    ['admin.vps.org', 'notAUrl'],
    ['ftp://admin.vps.org', 'notAUrl'],
    ['javascript:alert(1)', 'notAUrl'],
    [undefined, 'notAUrl'],
    [42, 'notAUrl'],
    ['http://admin.vps.org/api/v1', 'notHttps'],
    ['http://127.0.0.1.evil.example/', 'notHttps'],
    ['http://localhost.evil.example/', 'notHttps'],
    ['https://user:secret@admin.vps.org/', 'hasCredentials'],
    ['https://user@admin.vps.org/', 'hasCredentials'],
    ['https://admin.vps.org/?a=b', 'hasQuery'],
    ['https://admin.vps.org/#top', 'hasQuery'],
  ];
  for (const [text, problem] of bad) {
    it(`refuses ${JSON.stringify(text)} as ${problem}`, () =>
      assert.deepEqual(checkApiUrl(text), { ok: false, problem }));
  }
  it('never throws, and what it takes it takes again unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.anything()), (input) => {
        const checked = checkApiUrl(input);
        if (checked.ok) {
          assert.deepEqual(checkApiUrl(checked.value), checked);
        }
      }),
    );
  });
});

describe('a pasted token', () => {
  for (const pasted of [
    'vps_abc123',
    '  vps_abc123\n',
    '"vps_abc123"',
    "'vps_abc123'",
    '`vps_abc123`',
    'Bearer vps_abc123',
    'bearer   vps_abc123',
    'Authorization: Bearer vps_abc123',
    ' "Bearer vps_abc123" \r\n',
    '\u200bvps_abc123\ufeff',
    '“vps_abc123”',
  ]) {
    it(`is found in ${JSON.stringify(pasted)}`, () =>
      assert.deepEqual(checkToken(pasted), { ok: true, value: 'vps_abc123' }));
  }
  for (const [pasted, problem] of [
    ['', 'empty'],
    ['   ', 'empty'],
    ['Bearer ', 'empty'],
    ['""', 'empty'],
    ['vps_abc 123', 'hasBlanks'],
    ['vps_abc\n123', 'hasBlanks'],
    ['vps_äbc', 'notAscii'],
    ['vps_\u0000abc', 'notAscii'],
    ['x'.repeat(5000), 'tooLong'],
  ] as const) {
    it(`is refused as ${problem}: ${JSON.stringify(pasted.slice(0, 20))}`, () =>
      assert.deepEqual(checkToken(pasted), { ok: false, problem }));
  }
  it('is always fit for a header, whatever was pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (pasted) => {
        const checked = checkToken(pasted);
        if (checked.ok) {
          assert.match(checked.value, /^[\x21-\x7e]+$/u);
          assert.doesNotThrow(() => new Headers({ Authorization: `Bearer ${checked.value}` }));
        }
      }),
    );
  });
});

describe('a server name', () => {
  for (const name of ['web-server-01', 'A', '0', 'a'.repeat(63), ' web ']) {
    it(`may be ${JSON.stringify(name)}`, () => assert.deepEqual(checkName(name), { ok: true, value: name.trim() }));
  }
  for (const [name, problem] of [
    ['', 'empty'],
    ['  ', 'empty'],
    ['web server', 'badCharacters'],
    ['web_1', 'badCharacters'],
    ['wéb', 'badCharacters'],
    ['web;rm -rf', 'badCharacters'],
    ['-web', 'hyphenAtEdge'],
    ['web-', 'hyphenAtEdge'],
    ['a'.repeat(64), 'tooLong'],
  ] as const) {
    it(`may not be ${JSON.stringify(name)}`, () => assert.deepEqual(checkName(name), { ok: false, problem }));
  }
});

describe('a host name', () => {
  for (const [hostname, value] of [
    ['web01.example.com', 'web01.example.com'],
    ['WEB.Example.Com.', 'WEB.Example.Com'],
    ['a.b', 'a.b'],
    ['1.2.example', '1.2.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ] as const) {
    it(`may be ${hostname}`, () => assert.deepEqual(checkHostname(hostname), { ok: true, value }));
  }
  for (const [hostname, problem] of [
    ['', 'empty'],
    ['localhost', 'notQualified'],
    ['example.123', 'notQualified'],
    ['203.0.113.10', 'isAddress'],
    ['2001:db8::1', 'isAddress'],
    ['a..b', 'badLabel'],
    ['-a.example', 'badLabel'],
    ['a-.example', 'badLabel'],
    ['a_b.example', 'badLabel'],
    [`${'a'.repeat(64)}.example`, 'badLabel'],
    [`${'a.'.repeat(130)}example`, 'tooLong'],
  ] as const) {
    it(`may not be ${hostname.slice(0, 30)}: ${problem}`, () =>
      assert.deepEqual(checkHostname(hostname), { ok: false, problem }));
  }
});

describe('a whole number above 0', () => {
  it('is read', () => assert.deepEqual(checkWholeNumber(' 12 '), { ok: true, value: 12 }));
  for (const text of ['', '0', '-1', '10abc', '1e3', '1.0', '+1', '007', '٣', '99999999999999999999', '0x10']) {
    it(`is not ${JSON.stringify(text)}`, () =>
      assert.deepEqual(checkWholeNumber(text), { ok: false, problem: 'notWhole' }));
  }
  it('is every positive integer that can be told exactly, and nothing else', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        assert.equal(checkWholeNumber(String(value)).ok, value > 0);
      }),
    );
  });
});
