import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assertError, makeApi, rejection } from './support/makeApi.ts';
import { parseRetryAfter } from '../../../src/api/http/retryAfter.ts';

const now = Date.UTC(1994, 10, 6, 8, 49, 0);
const hour = 3_600_000;

describe('parseRetryAfter', () => {
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
    ['5 s', 5000],
    ['5, 10', 10_000],
    ['1e3', undefined],
    ['0x10', undefined],
    ['120, 120', 120_000],
    ['120;', 120_000],
    ['"30"', 30_000],
    ['.5', 500],
    ['0.0001', 1],
    ['30s', 30_000],
    ['30S', 30_000],
    ['30 sec', 30_000],
    ['30 seconds', 30_000],
    ['1 second.', 1000],
    ['2m', 120_000],
    ['2 minutes', 120_000],
    ['1h', hour],
    ['7 hours', hour],
    ['500ms', 500],
    ['1500 milliseconds', 1500],
    ['30, soon', 30_000],
    ['soon, -5', undefined],
    ['-5, 5', 5000],
    ['1e9', undefined],
    ['1994-11-06T08:49:30Z', 30_000],
    ['1994-11-06T08:49:30', 30_000],
    ['1994-11-06 09:49:30+01:00', 30_000],
    ['Sun, 06 Nov 1994 08:49:37 +0000', 37_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:38 GMT', 38_000],
    ['10, Sun, 06 Nov 1994 08:49:05 GMT', 10_000],
    ['Sunday', undefined],
    ['Infinity', undefined],
    ['NaN', undefined],
    ['Sun, 99 Nov 1994 99:99:99 GMT', undefined],
    [null, undefined],
  ];
  for (const [header, expected] of values) {
    const name = header !== null && header.length > 40 ? 'a huge number' : JSON.stringify(header);
    it(`reads ${name} as ${expected ?? 'no'} ms`, () => {
      assert.equal(parseRetryAfter(header, now), expected);
    });
  }

  it('reads seconds and milliseconds of the epoch as times', () => {
    const today = Date.UTC(2026, 0, 1);
    assert.equal(parseRetryAfter(`${today / 1000 + 30}`, today), 30_000);
    assert.equal(parseRetryAfter(`${today / 1000 + 30.5}`, today), 30_500);
    assert.equal(parseRetryAfter(`${today + 30_000}`, today), 30_000);
    assert.equal(parseRetryAfter(`${today / 1000 + 99_999}`, today), hour);
    assert.equal(parseRetryAfter(`${today / 1000 - 30}`, today), undefined);
  });

  it('measures dates by the clock of the reply', async () => {
    const headers = {
      Date: 'Thu, 01 Jan 2099 10:00:00 GMT',
      'Retry-After': 'Thu, 01 Jan 2099 10:00:40 GMT',
    };
    const { api } = makeApi([{ status: 429, headers }]);
    assertError(await rejection(api.deleteServer('7')), { retryAfterMs: 40_000 });
  });

  it('returns whole milliseconds up to an hour, or nothing, whatever was sent', () => {
    const dates = fc.date({ noInvalidDate: true }).map((date) => date.toUTCString());
    const numbers = fc.oneof(fc.double(), fc.integer(), fc.bigInt()).map(String);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string(), dates, numbers),
        (header) => {
          const waitMs = parseRetryAfter(header, now);
          assert.ok(
            waitMs === undefined || (Number.isInteger(waitMs) && waitMs >= 0 && waitMs <= hour),
          );
        },
      ),
    );
  });

  it('reads a date as the time until then', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3600 }), (seconds) => {
        assert.equal(
          parseRetryAfter(new Date(now + seconds * 1000).toUTCString(), now),
          seconds * 1000,
        );
      }),
    );
  });
});
