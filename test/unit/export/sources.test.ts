import assert from 'node:assert/strict';
import { register } from 'node:module';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { toTarget } from '../../../src/state/targets.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import { aList, anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';
import { aPlan } from '../webviews/plans.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { toExportedServers } = await import('../../../src/export/exportedServer.ts');
const { toSources, withPrices } = await import('../../../src/export/sources.ts');

describe('withPrices', () => {
  it('adds the prices of each account, and waits at most 5 seconds for them', async () => {
    const answers = [Promise.resolve([aPlan()]), new Promise<never>(() => undefined)];
    const { sessions, clock } = await signedIn(
      {
        listServers: () => Promise.resolve(aList(aServer())),
        listPlans: () => answers.shift() ?? Promise.resolve(undefined),
      },
      [anAccount(), anotherAccount()],
    );
    for (const session of sessions.all) await session.refresh();
    const targets = sessions.all.flatMap(
      ({ account }) => toTarget(sessions, { accountId: account.id, serverId: '12345' }) ?? [],
    );
    const profiles = {
      profileOf: () => defaultProfile,
      settings: { ...defaultProfile, hostBy: 'address' } as never,
    };
    const sources = toSources(sessions.all, targets, profiles, new Map());
    const catalog = new PlanCatalog(clock);
    let prices: unknown;
    const done = withPrices({ plans: () => Promise.resolve(catalog) }, sources).then((priced) => {
      prices = toExportedServers(priced, true).map(({ listPriceMonthly }) => listPriceMonthly);
    });
    await clock.advance(4_999);
    assert.equal(prices, undefined);
    await clock.advance(1);
    await done;
    assert.deepEqual(prices, [12, null]);
  });
});
