import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findPlanOf, priceOf } from '../../../src/core/pricing.ts';
import type { Plan } from '../../../src/core/plan.ts';
import type { PlanSummary } from '../../../src/core/server.ts';

const plan: Plan = {
  ...{ id: '1', name: 'Standard VPS', vcpus: 2, memoryMiB: 4096, storageGB: 80, bandwidthGB: 2048 },
  ...{ priceMonthly: 12, priceHourly: 0.018, available: true, locations: [], description: undefined },
};
const summary: PlanSummary = { id: '1', name: 'Standard', vcpus: 2, memoryMiB: 4096, storageGB: 80, bandwidthGB: undefined };

describe('Prices', () => {
  it('are known in whole, by half, or not at all', () => {
    assert.deepEqual(priceOf(plan), { monthly: 12, hourly: 0.018 });
    assert.deepEqual(priceOf({ ...plan, priceHourly: undefined }), { monthly: 12, hourly: undefined });
    assert.deepEqual(priceOf({ ...plan, priceMonthly: Number.NaN }), { monthly: undefined, hourly: 0.018 });
    assert.equal(priceOf({ priceMonthly: undefined, priceHourly: -1 }), undefined);
    assert.deepEqual(priceOf({ priceMonthly: 0, priceHourly: undefined }), { monthly: 0, hourly: undefined });
  });

  it('belong to a server whose plan has the same id and specs', () => {
    assert.equal(findPlanOf(summary, [{ ...plan, id: '9' }, plan]), plan);
    assert.equal(findPlanOf({ ...summary, name: 'Another name' }, [plan]), plan);
  });

  it('belong to no server whose plan has another id, or other or unknown specs', () => {
    assert.equal(findPlanOf(undefined, [plan]), undefined);
    assert.equal(findPlanOf({ ...summary, id: undefined }, [plan]), undefined);
    assert.equal(findPlanOf({ ...summary, id: '2' }, [plan]), undefined);
    for (const spec of ['vcpus', 'memoryMiB', 'storageGB'] as const) {
      assert.equal(findPlanOf({ ...summary, [spec]: 7 }, [plan]), undefined, spec);
      assert.equal(findPlanOf({ ...summary, [spec]: undefined }, [{ ...plan, [spec]: undefined }]), undefined, spec);
    }
  });

  it('are never made up', () => {
    const figure = fc.option(fc.double(), { nil: undefined });
    fc.assert(
      fc.property(figure, figure, (priceMonthly, priceHourly) => {
        const price = priceOf({ priceMonthly, priceHourly });
        for (const [told, given] of [
          [price?.monthly, priceMonthly],
          [price?.hourly, priceHourly],
        ] as const) {
          assert.equal(told === undefined || (Object.is(told, given) && told >= 0 && Number.isFinite(told)), true);
        }
      }),
    );
  });
});
