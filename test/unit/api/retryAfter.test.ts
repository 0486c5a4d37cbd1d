import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRetryAfter } from '../../../src/api/retryAfter.ts';

const now = Date.UTC(1994, 10, 6, 8, 49, 0);
const hour = 3_600_000;

describe('Retry-After', () => {
  const values: readonly [string | null, number | undefined][] = [
    ['0', 0],
    ['5', 5000],
    [' 5 ', 5000],
    ['1.5', 1500],
    ['3600', hour],
    ['3601', hour],
    ['9'.repeat(400), hour],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 37_000],
    ['Sun Nov  6 08:49:37 1994', 37_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', hour],
    ['Sun, 06 Nov 1994 08:48:59 GMT', undefined],
    ['-5', undefined],
    ['', undefined],
    ['soon', undefined],
    ['5 s', undefined],
    ['5, 10', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
    ['Sun, 99 Nov 1994 99:99:99 GMT', undefined],
    [null, undefined],
  ];
  for (const [header, expected] of values) {
    const name =
      header !== null && header.length > 40 ? 'a number beyond all bounds' : JSON.stringify(header);
    it(`${name} asks for ${expected ?? 'no'} ms`, () => {
      assert.equal(parseRetryAfter(header, now), expected);
    });
  }

  it('is a whole number of ms between 0 and an hour, or nothing, whatever was sent', () => {
    const dates = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
    const numbers = fc.oneof(fc.double(), fc.integer(), fc.bigInt()).map(String);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), dates, numbers), (header) => {
        const waitMs = parseRetryAfter(header, now);
        assert.ok(waitMs === undefined || (Number.isInteger(waitMs) && waitMs >= 0 && waitMs <= hour));
      }),
    );
  });

  it('as a date means the time until then', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3600 }), (seconds) => {
        assert.equal(parseRetryAfter(new Date(now + seconds * 1000).toUTCString(), now), seconds * 1000);
      }),
    );
  });
});
