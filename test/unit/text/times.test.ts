import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { durationText } from '../../../src/text/times.ts';

describe('durationText', () => {
  for (const [ms, text] of [
    [1, '1 second'],
    [2_000, '2 seconds'],
    [59_001, '1 minute'],
    [60_000, '1 minute'],
    [61_000, '2 minutes'],
    [3_600_000, '60 minutes'],
  ] as const) {
    it(`rounds ${ms} ms up to "${text}"`, () => assert.equal(durationText(ms), text));
  }
});
