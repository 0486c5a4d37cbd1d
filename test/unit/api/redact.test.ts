import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact } from '../../../src/api/redact.ts';

describe('Redaction', () => {
  const secret = 'to/k+en="x"é';
  const disguises: readonly [string, string][] = [
    ['plain', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase())],
    ['form-encoded', new URLSearchParams({ t: secret }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(secret).slice(1, -1)],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
  ];
  for (const [name, form] of disguises) {
    it(`takes out a secret that is ${name}`, () => {
      const text = redact(`before ${form} after ${form}`, [secret]);
      assert.match(text, /^before \[redacted\]=* after \[redacted\]=*$/);
    });
  }

  it('takes out whatever follows Bearer', () => {
    assert.equal(redact('Authorization: Bearer abc.def-1', []), 'Authorization: Bearer [redacted]');
    assert.equal(redact('"bearer  abc", "x"', []), '"bearer [redacted]", "x"');
    assert.equal(redact('?h=Bearer%20abc', []), '?h=Bearer [redacted]');
    assert.equal(redact('Bearer "abc"', []), 'Bearer [redacted]"');
  });

  it('takes out what looks like a VPS.org token', () => {
    assert.equal(redact('x=vps_AbC-12_3&y', []), 'x=[redacted]&y');
    assert.equal(redact('vps_short', []), 'vps_short');
  });

  it('takes out every one of several, also when one is part of another', () => {
    assert.equal(redact('abcdef abc xyz', ['abc', 'abcdef', 'xyz']), '[redacted] [redacted] [redacted]');
  });

  it('leaves everything else alone, and does nothing twice', () => {
    assert.equal(redact('Server "web-01" is not running.', [secret, '']), 'Server "web-01" is not running.');
    const once = redact(`Bearer ${secret} vps_abcdef12`, [secret]);
    assert.equal(redact(once, [secret]), once);
  });

  it('lets no secret through, wherever it is and whatever it is', () => {
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
