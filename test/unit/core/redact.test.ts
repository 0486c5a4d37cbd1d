import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact } from '../../../src/core/redact.ts';

describe('redact', () => {
  const secret = 'to/k+en="x"é';
  const encodings: readonly [string, string][] = [
    ['plain', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    [
      'URL-encoded in lower case',
      encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase()),
    ],
    ['form-encoded', new URLSearchParams({ t: secret }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
  ];
  for (const [name, form] of encodings) {
    it(`replaces a secret that is ${name}`, () => {
      const text = redact(`before ${form} after ${form}`, [secret]);
      assert.match(text, /^before \[redacted\]=* after \[redacted\]=*$/);
    });
  }

  const entity = (char: string): string => `&#${char.codePointAt(0)};`;
  const hexEntity = (char: string): string => `&#x${char.codePointAt(0)?.toString(16)};`;
  const bytesOf = (text: string): number[] => [...Buffer.from(text)];
  const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');
  const forms: Readonly<Record<string, (key: string) => string>> = {
    plain: (key) => key,
    'lower case': (key) => key.toLowerCase(),
    'upper case': (key) => key.toUpperCase(),
    URL: encodeURIComponent,
    'URL, twice': (key) => encodeURIComponent(encodeURIComponent(key)),
    'URL, three times': (key) => encodeURIComponent(encodeURIComponent(encodeURIComponent(key))),
    form: (key) => new URLSearchParams({ t: key }).toString().slice(2),
    'URL, every byte': (key) =>
      bytesOf(key)
        .map((byte) => `%${hexOf(byte)}`)
        .join(''),
    'URL, every byte twice': (key) =>
      bytesOf(key)
        .map((byte) => `%25${hexOf(byte)}`)
        .join(''),
    JSON: (key) => JSON.stringify(key).slice(1, -1),
    'JSON, twice': (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3),
    'JSON key': (key) => JSON.stringify({ [key]: 1 }),
    unicode: (key) =>
      Array.from(key)
        .map((char) => `\\u${hexOf(char.charCodeAt(0)).padStart(4, '0')}`)
        .join(''),
    'JavaScript bytes': (key) =>
      Array.from(key)
        .map((char) => `\\x${hexOf(char.charCodeAt(0))}`)
        .join(''),
    entities: (key) => Array.from(key).map(entity).join(''),
    'hexadecimal entities': (key) => Array.from(key).map(hexEntity).join(''),
    'named entities': (key) =>
      key
        .replaceAll('&', '&amp;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&apos;')
        .replaceAll('<', '&lt;'),
    mixed: (key) =>
      Array.from(key)
        .map((char, at) => [char, entity(char), `%${hexOf(char.charCodeAt(0))}`][at % 3])
        .join(''),
    hexadecimal: (key) => Buffer.from(key).toString('hex'),
    'hexadecimal, upper case': (key) => Buffer.from(key).toString('hex').toUpperCase(),
    'hexadecimal bytes': (key) => bytesOf(key).map(hexOf).join(' '),
    'a dump': (key) =>
      bytesOf(key)
        .map((byte) => `0x${hexOf(byte)}`)
        .join(', '),
    'a buffer': (key) => JSON.stringify(Buffer.from(key)),
    'a host name': (key) => `${key.toLowerCase()}.example.com`,
    base64: (key) => Buffer.from(key).toString('base64'),
    base64url: (key) => Buffer.from(key).toString('base64url'),
    'base64 at offset 1': (key) => Buffer.from(`:${key}:`).toString('base64'),
    'base64 at offset 2': (key) => Buffer.from(`u:${key}\n`).toString('base64'),
    'base64 at offset 3': (key) => Buffer.from(`abc${key}x`).toString('base64url'),
    'base64 in a URL': (key) => encodeURIComponent(Buffer.from(`x ${key}`).toString('base64')),
    'base64 in lines': (key) =>
      Buffer.from(`x:${key}`).toString('base64').replace(/.{19}/g, '$&\r\n'),
    'base64, twice': (key) => Buffer.from(Buffer.from(key).toString('base64')).toString('base64'),
    'base64url, twice': (key) =>
      Buffer.from(Buffer.from(key).toString('base64url')).toString('base64url'),
    'base64 of a text with base64': (key) =>
      Buffer.from(`{"a":"${Buffer.from(`u:${key}`).toString('base64')}"}`).toString('base64'),
    'base64 of UTF-16': (key) => Buffer.from(key, 'utf16le').toString('base64'),
    'base64url of UTF-16, big endian': (key) =>
      Buffer.from(`x${key}`, 'utf16le').swap16().toString('base64url'),
    'hexadecimal of UTF-16': (key) => Buffer.from(key, 'utf16le').toString('hex'),
    'hexadecimal of UTF-16, big endian': (key) =>
      Buffer.from(key, 'utf16le').swap16().toString('hex').toUpperCase(),
    'base64 of the header': (key) => Buffer.from(`Authorization: Bearer ${key}`).toString('base64'),
  };
  for (const [name, encode] of Object.entries(forms)) {
    it(`leaves nothing of a secret: ${name}`, () => {
      const unit = fc.constantFrom(...Array.from('abcXYZ019_-./+=%"&<\'~'));
      fc.assert(
        fc.property(
          fc.string({ unit, minLength: 12, maxLength: 60 }),
          fc.string(),
          (key, other) => {
            const form = encode(key);
            const left = redact(`${other}|${form}|${other}`, [key]);
            assert.ok(left.includes('[redacted]'), left);
            assert.ok(!left.includes(form));
            // Nor where it is the whole text, which is no longer than the shortest match.
            assert.ok(redact(form, [key]).includes('[redacted]'), form);
            // Nothing longer than the characters of base64 at the ends, which also depend on the neighbors, is left.
            const rest = left.slice(other.length + 1, left.length - other.length - 1);
            assert.ok(
              rest.replaceAll('[redacted]', '').length <= form.length - key.length * 0.8 ||
                rest.length <= 60,
              left,
            );
          },
        ),
        { numRuns: 50 },
      );
    });
  }

  it('is fast for long texts that nearly match', () => {
    const key = `vps_${'aB3'.repeat(20)}`;
    for (const part of [
      key.slice(0, -1),
      '%25',
      '&#0',
      '&amp;',
      '\\',
      'v',
      '76 ',
      '118, ',
      ' ',
      key,
    ]) {
      redact(part.repeat(1_000_000 / part.length), [key]);
    }
  });

  it('replaces anything after Bearer', () => {
    assert.equal(redact('Authorization: Bearer abc.def-1', []), 'Authorization: Bearer [redacted]');
    assert.equal(redact('"bearer  abc", "x"', []), '"bearer [redacted]", "x"');
    assert.equal(redact('?h=Bearer%20abc', []), '?h=Bearer [redacted]');
    assert.equal(redact('Bearer "abc"', []), 'Bearer [redacted]"');
  });

  it('replaces anything that looks like a VPS.org token', () => {
    assert.equal(redact('x=vps_AbC-12_3&y', []), 'x=[redacted]&y');
    assert.equal(redact('vps_short', []), 'vps_short');
  });

  it('replaces every secret, also one that is part of another', () => {
    assert.equal(
      redact('abcdef abc xyz', ['abc', 'abcdef', 'xyz']),
      '[redacted] [redacted] [redacted]',
    );
  });

  it('leaves other text alone, and changes nothing the second time', () => {
    assert.equal(
      redact('Server "web-01" is not running.', [secret, '']),
      'Server "web-01" is not running.',
    );
    const once = redact(`Bearer ${secret} vps_abcdef12`, [secret]);
    assert.equal(redact(once, [secret]), once);
  });

  it('replaces any secret anywhere', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ minLength: 11 }),
        fc.string({ unit: 'binary' }),
        (a, key, b) => {
          assert.ok(!redact(`${a}${key}${b}`, [key]).includes(key));
        },
      ),
    );
  });
});
