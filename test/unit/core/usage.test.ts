import assert from 'node:assert/strict';
import fc from 'fast-check';
import { summarizeSamples, usageLevel, usageShare } from '../../../src/core/usage.ts';

describe('usage', () => {
  it('is a share of the total', () => {
    assert.equal(usageShare(1024, 4096), 0.25);
    assert.equal(usageShare(0, 80), 0);
    assert.equal(usageShare(3000, 2000), 1.5);
  });

  it('is unknown where used or total is, which is not the same as nothing', () => {
    for (const [used, total] of [
      [undefined, 80],
      [35, undefined],
      [35, 0],
      [-1, 80],
      [Number.NaN, 80],
      [35, Number.NaN],
      [1, Number.MIN_VALUE],
    ] as const) {
      assert.equal(usageShare(used, total), undefined, `${String(used)} of ${String(total)}`);
    }
  });

  it('is high from 80 % and very high from 95 %', () => {
    assert.deepEqual([0, 0.799, 0.8, 0.949, 0.95, 2].map(usageLevel), [
      'normal',
      'normal',
      'high',
      'high',
      'veryHigh',
      'veryHigh',
    ]);
  });

  it('is summarized by its lowest, highest and latest sample', () => {
    assert.equal(summarizeSamples([]), undefined);
    assert.deepEqual(summarizeSamples([0.5, 0.1, 0.9, 0.3]), {
      lowest: 0.1,
      highest: 0.9,
      latest: 0.3,
    });
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 1 }),
        (samples) => {
          const { lowest, highest, latest } = summarizeSamples(samples)!;
          assert.equal(lowest <= latest && latest <= highest, true);
        },
      ),
    );
  });
});
