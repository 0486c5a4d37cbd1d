import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dataQuantity, memoryQuantity, usedAndTotal } from '../../../src/core/units.ts';

describe('units', () => {
  it('fit the size of an amount', () => {
    assert.deepEqual(memoryQuantity(512), { value: 512, unit: 'MiB' });
    assert.deepEqual(memoryQuantity(4096), { value: 4, unit: 'GiB' });
    assert.deepEqual(dataQuantity(80), { value: 80, unit: 'GB' });
    assert.deepEqual(dataQuantity(2048), { value: 2, unit: 'TB' });
    assert.deepEqual(dataQuantity(1500), { value: 1500, unit: 'GB' });
  });

  it('are the same for a used amount and its total', () => {
    assert.deepEqual(usedAndTotal(512, 4096, 'MiB'), { used: 0.5, total: 4, unit: 'GiB' });
    assert.deepEqual(usedAndTotal(100, 512, 'MiB'), { used: 100, total: 512, unit: 'MiB' });
    assert.deepEqual(usedAndTotal(2048, undefined, 'MiB'), {
      used: 2,
      total: undefined,
      unit: 'GiB',
    });
    assert.deepEqual(usedAndTotal(512, 4096, 'GB'), { used: 0.5, total: 4, unit: 'TB' });
    assert.deepEqual(usedAndTotal(450, 1500, 'GB'), { used: 450, total: 1500, unit: 'GB' });
    assert.deepEqual(usedAndTotal(35, 80, 'GB'), { used: 35, total: 80, unit: 'GB' });
    assert.deepEqual(usedAndTotal(450, undefined, 'GB'), {
      used: 450,
      total: undefined,
      unit: 'GB',
    });
  });

  it('keep the amount', () => {
    const factor = { MiB: 1, GiB: 1024, GB: 1, TB: 1024 } as const;
    fc.assert(
      fc.property(fc.nat(), (amount) => {
        for (const { value, unit } of [memoryQuantity(amount), dataQuantity(amount)]) {
          assert.equal(value * factor[unit], amount);
        }
      }),
    );
  });
});
