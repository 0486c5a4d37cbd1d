import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { loadTargetPrices } from '../../../src/state/targetPrices.ts';
import type { Target } from '../../../src/state/targets.ts';
import {
  aList,
  anAccount,
  anotherAccount,
  aSampleAccount,
  aServer,
} from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';
import { aPlan } from '../webviews/plans.ts';

describe('loadTargetPrices', () => {
  async function world(listPlans: () => Promise<readonly Plan[] | undefined>) {
    const { sessions, clock } = await signedIn(
      { listServers: () => Promise.resolve(aList()), listPlans },
      [anAccount(), anotherAccount(), aSampleAccount()],
    );
    const [one, other, sample] = sessions.all.map((session) => (facts = {}): Target => {
      const server = aServer(facts);
      return { ref: { accountId: session.account.id, serverId: server.id }, session, server };
    });
    assert.ok(one && other && sample);
    return { one, other, sample, clock, catalog: new PlanCatalog(clock) };
  }

  it('adds up servers of several accounts, each by the prices of its own', async () => {
    const lists = [[aPlan({ priceMonthly: 10 })], [aPlan({ priceMonthly: 24 })]];
    const { one, other, catalog } = await world(() => Promise.resolve(lists.shift()));
    assert.deepEqual(await loadTargetPrices(catalog, [one(), other(), one({ plan: undefined })]), {
      total: { monthly: 34, known: 2, unknown: 1 },
      isSample: false,
    });
  });

  it('counts sample servers only among themselves', async () => {
    const { one, sample, catalog } = await world(() => Promise.resolve([aPlan()]));
    assert.deepEqual(await loadTargetPrices(catalog, [one(), sample()]), {
      total: { monthly: 12, known: 1, unknown: 0 },
      isSample: false,
    });
    assert.deepEqual(await loadTargetPrices(catalog, [sample(), sample()]), {
      total: { monthly: 24, known: 2, unknown: 0 },
      isSample: true,
    });
  });

  it('counts servers as unknown where the prices do not arrive in time', async () => {
    const { one, clock, catalog } = await world(() => new Promise(() => undefined));
    const prices = loadTargetPrices(catalog, [one(), one()]);
    await clock.advance(1_500);
    assert.deepEqual((await prices).total, { monthly: 0, known: 0, unknown: 2 });
  });
});
