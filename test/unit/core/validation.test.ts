import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkApiUrl, isToken } from '../../../src/core/apiUrl.ts';
import {
  checkHostname,
  checkName,
  checkWholeNumber,
  toAsciiHostname,
} from '../../../src/core/validation.ts';

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

describe('isToken', () => {
  it('accepts a stored token as it is, whatever a paste would make of it', () => {
    for (const token of ['vps_abc123', 'TOKEN=a', 'a==', '"quoted"', 'x'.repeat(4096)]) {
      assert.ok(isToken(token), token);
    }
  });
  it('rejects what cannot be sent in a header', () => {
    for (const token of ['', 'a b', 'a\n', '\u00e4', '\u200bx', 'x'.repeat(4097), 7, undefined]) {
      assert.ok(!isToken(token));
    }
  });
});

describe('a server name', () => {
  for (const name of ['web-server-01', 'A', '0', 'a'.repeat(63), ' web ']) {
    it(`may be ${JSON.stringify(name)}`, () =>
      assert.deepEqual(checkName(name), { ok: true, value: name.trim() }));
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
    it(`may not be ${JSON.stringify(name)}`, () =>
      assert.deepEqual(checkName(name), { ok: false, problem }));
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

describe('an internationalized host name', () => {
  for (const [hostname, ascii] of [
    ['b\u00fccher.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['B\u00dcCHER.Example.', 'xn--bcher-kva.example'],
    [' stra\u00dfe.example ', 'xn--strae-oqa.example'],
    ['\u4f8b\u5b50.\u6d4b\u8bd5', 'xn--fsqu00a.xn--0zwm56d'],
    ['\u4f8b\u5b50\u3002\u6d4b\u8bd5', 'xn--fsqu00a.xn--0zwm56d'],
    ['\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444', 'xn--e1afmkfd.xn--p1ai'],
    ['\uff57\uff45\uff42.example', 'web.example'],
    ['\ud83d\ude80.example', 'xn--158h.example'],
  ] as const) {
    it(`is refused with a hint: ${hostname}`, () => {
      assert.deepEqual(checkHostname(hostname), { ok: false, problem: 'notAscii' });
      assert.equal(toAsciiHostname(hostname), ascii);
      assert.deepEqual(checkHostname(ascii), { ok: true, value: ascii });
    });
  }
  for (const hostname of [
    'web.example',
    '',
    'b\u00fccher',
    '\u00fc.example/x',
    '\u00fc.example:22',
    'a@\u00fc.example',
    '\u00fc.example?x',
    '\u00fc.example#x',
    '\u00fc .example',
    '%c3%bc.example',
    '\u00fc_x.example',
    '\u00fc..example',
    '\uff11\uff12\uff17.0.0.1',
    `${'\u00fc'.repeat(100)}.example`,
    '\u00fc.'.repeat(100_000),
  ]) {
    it(`has no hint for ${JSON.stringify(hostname.slice(0, 30))}`, () =>
      assert.equal(toAsciiHostname(hostname), undefined));
  }
  it('has an acceptable hint or none, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const ascii = toAsciiHostname(`${text}\u00fc.example`);
        assert.ok(ascii === undefined || checkHostname(ascii).ok);
      }),
    );
  });
});

describe('a whole number above 0', () => {
  it('is read', () => assert.deepEqual(checkWholeNumber(' 12 '), { ok: true, value: 12 }));
  for (const text of [
    '',
    '0',
    '-1',
    '10abc',
    '1e3',
    '1.0',
    '+1',
    '007',
    '٣',
    '99999999999999999999',
    '0x10',
  ]) {
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
