import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addTotals,
  findPlanOf,
  findPricedPlanOf,
  noTotal,
  PriceList,
  priceOf,
} from '../../../src/core/pricing.ts';
import type { Plan } from '../../../src/core/plan.ts';
import type { PlanSummary } from '../../../src/core/server.ts';

const plan: Plan = {
  id: '1',
  name: 'Standard VPS',
  vcpus: 2,
  memoryMiB: 4096,
  storageGB: 80,
  bandwidthGB: 2048,
  priceMonthly: 12,
  priceHourly: 0.018,
  available: true,
  locations: [],
};
const summary: PlanSummary = {
  id: '1',
  name: 'Standard',
  vcpus: 2,
  memoryMiB: 4096,
  storageGB: 80,
  bandwidthGB: undefined,
};

describe('pricing', () => {
  it('returns both parts of a price, one, or none', () => {
    assert.deepEqual(priceOf(plan), { monthly: 12, hourly: 0.018 });
    assert.deepEqual(priceOf({ ...plan, priceHourly: undefined }), {
      monthly: 12,
      hourly: undefined,
    });
    assert.deepEqual(priceOf({ ...plan, priceMonthly: Number.NaN }), {
      monthly: undefined,
      hourly: 0.018,
    });
    assert.equal(priceOf({ priceMonthly: undefined, priceHourly: -1 }), undefined);
    assert.deepEqual(priceOf({ priceMonthly: 0, priceHourly: undefined }), {
      monthly: 0,
      hourly: undefined,
    });
  });

  it('finds the plan with the same id and specs', () => {
    assert.equal(findPlanOf(summary, [{ ...plan, id: '9' }, plan]), plan);
    assert.equal(findPlanOf({ ...summary, name: 'Another name' }, [plan]), plan);
  });

  it('finds no plan with another id, or with other or unknown specs', () => {
    assert.equal(findPlanOf(undefined, [plan]), undefined);
    assert.equal(findPlanOf({ ...summary, id: undefined }, [plan]), undefined);
    assert.equal(findPlanOf({ ...summary, id: '2' }, [plan]), undefined);
    for (const spec of ['vcpus', 'memoryMiB', 'storageGB'] as const) {
      assert.equal(findPlanOf({ ...summary, [spec]: 7 }, [plan]), undefined, spec);
      assert.equal(
        findPlanOf({ ...summary, [spec]: undefined }, [{ ...plan, [spec]: undefined }]),
        undefined,
        spec,
      );
    }
  });

  it('prices a plan with another id by its name, if exactly one has that name and the specs', () => {
    const renumbered = { ...summary, id: '7', name: plan.name };
    assert.equal(findPricedPlanOf(renumbered, [plan]), plan);
    assert.equal(findPricedPlanOf({ ...renumbered, id: undefined }, [plan]), plan);
    assert.equal(findPricedPlanOf(renumbered, [plan, { ...plan, id: '2' }]), undefined);
    assert.equal(findPricedPlanOf(renumbered, [plan, { ...plan, id: '2', vcpus: 4 }]), plan);
    assert.equal(findPricedPlanOf({ ...renumbered, name: 'standard vps' }, [plan]), undefined);
  });

  it('prices no plan where id and name lead to different ones, or the id is listed twice', () => {
    const other = { ...plan, id: '2', name: 'Standard VPS Plus' };
    assert.equal(findPricedPlanOf({ ...summary, name: other.name }, [plan, other]), undefined);
    assert.equal(findPricedPlanOf(summary, [plan, { ...plan, priceMonthly: 99 }]), undefined);
  });

  it('returns prices as sent or not at all', () => {
    const figure = fc.option(fc.double(), { nil: undefined });
    fc.assert(
      fc.property(figure, figure, (priceMonthly, priceHourly) => {
        const price = priceOf({ priceMonthly, priceHourly });
        for (const [actual, sent] of [
          [price?.monthly, priceMonthly],
          [price?.hourly, priceHourly],
        ] as const) {
          assert.equal(
            actual === undefined ||
              (Object.is(actual, sent) && actual >= 0 && Number.isFinite(actual)),
            true,
          );
        }
      }),
    );
  });
});

const few = fc.constantFrom(1, 2, 4);
const anyIdentity = fc.record({
  id: fc.constantFrom('1', '2', '3'),
  name: fc.constantFrom('Standard VPS', 'Performance VPS', 'Starter VPS'),
  vcpus: few,
  memoryMiB: few,
  storageGB: few,
});
const anyPlan: fc.Arbitrary<Plan> = fc
  .record({ identity: anyIdentity, price: fc.option(fc.integer({ min: 0, max: 500 })) })
  .map(({ identity, price }) => ({ ...plan, ...identity, priceMonthly: price ?? undefined }));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 9 });
const anySummary: fc.Arbitrary<PlanSummary> = anyIdentity.chain((identity) =>
  fc.record({
    id: maybe(fc.constant(identity.id)),
    name: maybe(fc.constant(identity.name)),
    vcpus: maybe(fc.constant(identity.vcpus)),
    memoryMiB: maybe(fc.constant(identity.memoryMiB)),
    storageGB: maybe(fc.constant(identity.storageGB)),
    bandwidthGB: fc.constant(undefined),
  }),
);
const anyServers = fc.array(fc.record({ plan: fc.option(anySummary, { nil: undefined }) }), {
  maxLength: 30,
});

describe('PriceList', () => {
  const list = new PriceList([
    plan,
    { ...plan, id: '2', name: 'Other', vcpus: 4, priceMonthly: 22 },
  ]);
  const server = { plan: { ...summary, name: plan.name } };

  it('returns the price of the plan of a server', () => {
    assert.deepEqual(list.priceOf(server), { monthly: 12, hourly: 0.018 });
    assert.equal(list.priceOf({ plan: undefined }), undefined);
  });

  it('adds known prices up and counts the others', () => {
    const servers = [server, { plan: { ...server.plan, vcpus: 4, id: '2', name: 'Other' } }];
    const strangers = [{ plan: undefined }, { plan: { ...server.plan, storageGB: 81 } }];
    const total = { monthly: 34, known: 2, unknown: 2 };
    assert.deepEqual(list.totalOf([...servers, ...strangers]), total);
    assert.deepEqual(addTotals(list.totalOf(servers), list.totalOf(strangers)), total);
    assert.deepEqual(list.totalOf([]), noTotal);
  });

  it('loses the price when any spec, or id and name, of a server change', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('vcpus', 'memoryMiB', 'storageGB'),
        fc.option(fc.double(), { nil: undefined }),
        fc.string(),
        (spec, value, text) => {
          fc.pre(!Object.is(value, server.plan[spec]) && ![plan.id, '2'].includes(text));
          assert.equal(list.priceOf({ plan: { ...server.plan, [spec]: value } }), undefined);
          // The name alone still proves the plan, an unknown one does not.
          assert.deepEqual(list.priceOf({ plan: { ...server.plan, id: text } })?.monthly, 12);
          fc.pre(text !== plan.name);
          const other = { ...server.plan, id: text, name: text };
          assert.equal(list.priceOf({ plan: other }), undefined);
        },
      ),
    );
  });

  it('loses the price when any spec, or id and name, of the listed plan change', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('vcpus', 'memoryMiB', 'storageGB'),
        fc.option(fc.double(), { nil: undefined }),
        (spec, value) => {
          fc.pre(!Object.is(value, plan[spec]));
          assert.equal(new PriceList([{ ...plan, [spec]: value }]).priceOf(server), undefined);
          const renamed = { ...plan, id: '9', name: 'Another' };
          assert.equal(new PriceList([renamed]).priceOf(server), undefined);
        },
      ),
    );
  });

  it('never shows a price of a plan with other specs, or with another id and name', () => {
    fc.assert(
      fc.property(fc.array(anyPlan, { maxLength: 12 }), anyServers, (plans, servers) => {
        const prices = new PriceList(plans);
        for (const each of servers) {
          const price = prices.priceOf(each);
          const fitting = plans.filter(
            ({ id, name, vcpus, memoryMiB, storageGB }) =>
              (id === each.plan?.id || name === each.plan?.name) &&
              vcpus === each.plan?.vcpus &&
              memoryMiB === each.plan.memoryMiB &&
              storageGB === each.plan.storageGB,
          );
          assert.ok(
            price === undefined || fitting.some((one) => one.priceMonthly === price.monthly),
          );
        }
      }),
    );
  });

  it('returns the same from memory as from the plans, and leaves nobody out of a total', () => {
    fc.assert(
      fc.property(fc.array(anyPlan, { maxLength: 12 }), anyServers, (plans, servers) => {
        const prices = new PriceList(plans);
        const expected = servers.map((each) => {
          const found = each.plan && findPricedPlanOf(each.plan, plans);
          return found && priceOf(found);
        });
        for (let round = 0; round < 2; round++) {
          assert.deepEqual(
            servers.map((each) => prices.priceOf(each)),
            expected,
          );
        }
        const { monthly, known, unknown } = prices.totalOf(servers);
        assert.equal(known + unknown, servers.length);
        assert.equal(
          monthly,
          expected.reduce((sum, price) => sum + (price?.monthly ?? 0), 0),
        );
      }),
    );
  });

  it('stays correct with more plan ids than it remembers', () => {
    const many = Array.from({ length: 2_500 }, (_, index) => ({
      plan: { ...server.plan, id: String(index), name: 'Another name' },
    }));
    assert.deepEqual(list.totalOf(many), { monthly: 12, known: 1, unknown: 2_499 });
    const odd = many.map((_, index) => ({ plan: { ...server.plan, vcpus: index } }));
    assert.deepEqual(list.totalOf(odd), { monthly: 12, known: 1, unknown: 2_499 });
  });
});
