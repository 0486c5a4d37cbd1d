import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseIsoTime } from '../../../src/core/isoTime.ts';

const expected = Date.UTC(2025, 0, 10, 14, 30, 5);

const times = [
  '2025-01-10T14:30:05Z',
  '2025-01-10T14:30:05',
  '2025-01-10 14:30:05',
  '2025-01-10t14:30:05z',
  '2025-01-10T14:30:05.000Z',
  '2025-01-10T14:30:05.000000',
  '2025-01-10T14:30:05,0',
  '2025-01-10T14:30:05.000000000Z',
  '2025-01-10T14:30:05+00:00',
  '2025-01-10T14:30:05-00:00',
  '2025-01-10T14:30:05+0000',
  '2025-01-10T14:30:05+00',
  '2025-01-10T16:30:05+02:00',
  '2025-01-10T09:00:05-05:30',
  '2025-01-11T00:30:05+1000',
  '2025-01-10 14:30:05 Z',
  ' 2025-01-10T14:30:05Z ',
];

const noTimes = [
  '',
  '-5',
  '5',
  '0',
  '2025',
  '2025-01-10',
  '20250110T143005Z',
  '10/01/2025',
  '01/10/2025 14:30',
  'Jan 10, 2025',
  'Fri, 10 Jan 2025 14:30:05 GMT',
  'Fri Jan 10 14:30:05 2025',
  '1736519405',
  '1736519405000',
  '2 days ago',
  'yesterday',
  'null',
  'None',
  '2025-02-30T00:00:00Z',
  '2025-13-01T00:00:00Z',
  '2025-00-10T00:00:00Z',
  '2025-01-00T00:00:00Z',
  '2025-01-10T24:00:00Z',
  '2025-01-10T14:60:00Z',
  '2025-01-10T14:30:60Z',
  '2025-01-10T14',
  '2025-01-10T',
  '2025-01-10T14:30:05 GMT',
  '2025-01-10T14:30:05 CET',
  '2025-01-10T14:30:05+25:00',
  '2025-01-10T14:30:05Z2025',
  '2025-W02-5',
  '0000-00-00 00:00:00',
  `2025-01-10T14:30:05.${'0'.repeat(100_000)}Z`,
  '2025-1-10T14:30:05Z',
  'server 1 2025-01-10T14:30:05Z',
];

describe('parseIsoTime', () => {
  it('reads ISO times, and takes those without a zone for UTC', () => {
    assert.deepEqual(
      times.map(parseIsoTime),
      times.map(() => expected),
    );
    assert.equal(parseIsoTime('2025-01-10T14:30Z'), expected - 5_000);
    assert.equal(parseIsoTime('2025-01-10T14:30:05.678901Z'), expected + 678);
    assert.equal(parseIsoTime('2024-02-29T00:00:00Z'), Date.UTC(2024, 1, 29));
  });

  it('reads nothing else', () => {
    assert.deepEqual(
      noTimes.filter((text) => parseIsoTime(text) !== undefined),
      [],
    );
    assert.equal(parseIsoTime(undefined), undefined);
  });

  it('reads every time that JavaScript writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          assert.equal(parseIsoTime(date.toISOString()), date.getTime());
          assert.equal(parseIsoTime(date.toISOString().slice(0, -1)), date.getTime());
        },
      ),
    );
  });

  it('does not depend on the zone of the computer', () => {
    const url = new URL('../../../src/core/isoTime.ts', import.meta.url).href;
    const code = `const { parseIsoTime } = await import(${JSON.stringify(url)});
      console.log(JSON.stringify(${JSON.stringify(times)}.map(parseIsoTime)));`;
    for (const TZ of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      const output = execFileSync(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', code],
        { env: { ...process.env, TZ }, encoding: 'utf8' },
      );
      assert.deepEqual(
        JSON.parse(output),
        times.map(() => expected),
        TZ,
      );
    }
  });
});
