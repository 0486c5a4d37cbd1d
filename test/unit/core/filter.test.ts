import assert from 'node:assert/strict';
import process from 'node:process';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isFiltering, noFilter, parseFilter } from '../../../src/core/filter.ts';
import { matcher } from '../../../src/core/search.ts';
import type { Server } from '../../../src/core/server.ts';
import { aServer } from '../../support/builders.ts';

describe('matcher', () => {
  const server = aServer({ ipv6Address: '2001:0db8::1' });
  for (const text of [
    'WEB',
    'web01.example',
    '203.0.113',
    '2001:0DB8',
    'standard',
    'ubuntu',
    'us-w',
    'active',
    '12345',
    'web ubuntu',
  ]) {
    it(`finds "${text}"`, () => assert.ok(matcher({ ...noFilter, text })(server)));
  }
  const finds = (text: string, facts: Partial<Server>): boolean =>
    matcher({ ...noFilter, text })(aServer(facts));

  const names: readonly (readonly [name: string, ...texts: readonly string[]])[] = [
    ['Z\u00fcrich', 'zurich', 'Zu\u0308rich', 'z\u00dcRICH', 'ZURICH', '\u200bz\u00fcr', 'z\u00fc'],
    ['Zu\u0308rich', 'z\u00fcrich', 'zurich'],
    ['zurich', 'Z\u00fcrich', 'Zu\u0308rich'],
    ['stra\u00dfe', 'STRASSE', 'stra\u1e9ee', 'strasse', 'Stra\u00df'],
    ['STRASSE', 'stra\u00dfe'],
    ['\u0130stanbul', 'istanbul', 'ISTANBUL', '\u0131stanbul', 'i\u0307stanbul'],
    ['D\u0131yarbak\u0131r', 'diyarbakir', 'DIYARBAKIR'],
    ['istanbul', '\u0130STANBUL', 'ISTANBUL'],
    ['\u039f\u0394\u039f\u03a3', '\u03bf\u03b4\u03bf\u03c2', '\u03bf\u03b4\u03bf\u03c3'],
    ['\u0141\u00f3d\u017a', 'lodz', 'LODZ', '\u0142\u00f3d\u017a'],
    ['K\u00f8benhavn', 'kobenhavn', 'k\u00d8benhavn'],
    ['S\u00e3o Paulo', 'sao paulo', 'sao\u00a0paulo', 'paulo  SA\u0303O'],
    ['\uff37\uff45\uff42\uff0d\uff11', 'web-1'],
    ['web-1', '\uff37\uff25\uff22', 'web\u20101', 'web\u20131', '\uff11'],
    ['\ufb01le', 'file'],
    ['Caf\u00e9', 'cafe', 'CAFE\u0301'],
    ['\u0419\u043e\u0434', '\u0439\u043e\u0434', '\u0418\u0306\u041e\u0414'],
    ['\u30ac', '\u30ab\u3099', '\uff76\uff9e'],
    ['[prod] web', '[prod]', 'prod]', '[PROD] web'],
    ['a:b', 'A:b', ':'],
    ['50%', '50%'],
  ];
  for (const [name, ...texts] of names) {
    for (const text of texts) {
      it(`finds "${name}" by "${text}"`, () => assert.ok(finds(text, { name })));
    }
  }

  for (const text of [
    '2001:db8::1',
    '2001:0db8::1',
    '2001:0DB8::0001',
    '2001:db8:0:0::1',
    '2001:db8:0:0:0:0:0:1',
    '2001:0db8:0000:0000:0000:0000:0000:0001',
    '2001:db8::0.0.0.1',
    '[2001:db8::1]',
    '[2001:0DB8:0::1]',
    '[2001:db8::1]:22',
    '2001:db8::1/128',
    '\uff12\uff10\uff10\uff11:db8::1',
    '2001:db8',
    '2001:0db8:',
    '2001:0db8:0000:',
    '2001:db8:0:0',
    '[2001:db8',
    '[2001:0db8',
    ':1',
    '::1',
  ]) {
    it(`finds an IPv6 address by "${text}"`, () => {
      for (const address of ['2001:0db8::1', '2001:DB8:0:0::1', '2001:db8::1/128']) {
        assert.ok(finds(text, { ipv6Address: address }), address);
        assert.ok(finds(text, { ipv6Address: null, ipAddress: address }), address);
      }
      assert.ok(!finds(text, { ipv6Address: '2a01:4f8:c0c:7777:8:9:a:b' }));
    });
  }

  it('finds an IPv6 address in any spelling by any other', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    const spell = (groups: readonly number[], isLong: boolean): string =>
      groups.map((each) => each.toString(16).padStart(isLong ? 4 : 1, '0')).join(':');
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const short = new URL(`http://[${spell(groups, false)}]`).hostname.slice(1, -1);
        const spellings = [short, spell(groups, true), spell(groups, false).toUpperCase()];
        for (const ipv6Address of spellings) {
          for (const text of [...spellings, `[${short}]`]) {
            assert.ok(finds(text, { ipv6Address }), `${text} in ${ipv6Address}`);
          }
        }
      }),
    );
  });

  it('finds any part of a name, in any composition', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/\s/u.test(text.normalize('NFKD')));
    fc.assert(
      fc.property(name, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (text, form) => {
        assert.ok(finds(text.normalize(form), { name: `x${text}y` }));
      }),
    );
  });

  it('finds an internationalized host name by its letters', () => {
    const hostname = 'xn--bcher-kva.example';
    assert.ok(finds('b\u00fccher.example', { hostname }));
    assert.ok(finds('B\u00dcCHER', { hostname }));
    assert.ok(finds('bcher', { hostname }));
    assert.ok(!finds('kuchen.example', { hostname }));
  });

  it('finds nothing in other servers', () => {
    for (const text of ['zurichs', '203.0.113.11', '2001:db8::2', '::ffff:1', '[', '%', '0x7f']) {
      assert.ok(!finds(text, { ipv6Address: '2001:0db8::1' }), text);
    }
  });

  it('searches 10,000 servers in less time than between two key presses', function () {
    this.timeout(20_000);
    const servers = Array.from({ length: 10_000 }, (_, index) =>
      aServer({
        id: String(index),
        name: `Z\u00fcrich-${index}`,
        ipv6Address: `2001:db8::${index % 10_000}`,
      }),
    );
    const search = (text: string): number => {
      const before = process.cpuUsage().user;
      assert.ok(servers.filter(matcher({ ...noFilter, text })).length > 0);
      return (process.cpuUsage().user - before) / 1000;
    };
    search('z');
    const times = ['zu', 'zur', 'zurich 2001:db8', 'zurich [2001:0db8::42]'].map(search);
    assert.ok(Math.min(...times) < 100, times.join());
  });

  it('requires every word', () => assert.ok(!matcher({ ...noFilter, text: 'web debian' })(server)));
  it('requires one of the statuses and one of the locations', () => {
    assert.ok(
      matcher({ text: '', statuses: ['stopped', 'active'], locations: ['us-west'] })(server),
    );
    assert.ok(!matcher({ text: '', statuses: ['stopped'], locations: [] })(server));
    assert.ok(!matcher({ text: '', statuses: [], locations: ['us-east'] })(server));
  });
});

describe('isFiltering', () => {
  it('is false for blank text without statuses and locations', () => {
    assert.ok(!isFiltering({ text: '  ', statuses: [], locations: [] }));
    assert.ok(isFiltering({ ...noFilter, text: 'x' }));
  });
});

describe('parseFilter', () => {
  it('accepts any stored value and drops unusable parts', () => {
    assert.deepEqual(parseFilter({ text: 'a', statuses: ['active', 3], locations: 'x' }), {
      text: 'a',
      statuses: ['active'],
      locations: [],
    });
    fc.assert(fc.property(fc.anything(), (value) => typeof parseFilter(value).text === 'string'));
  });
});
