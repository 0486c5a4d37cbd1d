import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AppError } from '../../../src/core/errors.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { anAccount, anotherAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { signedIn } from '../../support/world.ts';
import { aPlan } from '../webviews/plans.ts';

const hourMs = 60 * 60_000;

describe('PlanCatalog', () => {
  it('fetches once for concurrent callers', async () => {
    const answer = deferred<readonly ReturnType<typeof aPlan>[]>();
    const { session, clock, calls } = await signedIn({ listPlans: () => answer.promise });
    const catalog = new PlanCatalog(clock);
    const both = Promise.all([catalog.load(session), catalog.load(session)]);
    assert.equal(catalog.priceOf(session, aServer()), 'loading');
    answer.resolve([aPlan()]);
    assert.deepEqual(await both, [[aPlan()], [aPlan()]]);
    assert.equal(calls.length, 1);
    assert.deepEqual(catalog.priceOf(session, aServer()), { monthly: 12, hourly: 0.018 });
  });

  it('keeps the plans for an hour', async () => {
    const { session, clock, calls } = await signedIn({
      listPlans: () => Promise.resolve([aPlan()]),
    });
    const catalog = new PlanCatalog(clock);
    await catalog.load(session);
    await clock.advance(hourMs - 1);
    await catalog.load(session);
    assert.equal(calls.length, 1);
    await clock.advance(1);
    await catalog.load(session);
    assert.equal(calls.length, 2);
  });

  it('fetches again after the clock was set back', async () => {
    const { session, clock, calls } = await signedIn({
      listPlans: () => Promise.resolve([aPlan()]),
    });
    const catalog = new PlanCatalog(clock);
    await catalog.load(session);
    await clock.advance(-60_000);
    await catalog.load(session);
    assert.equal(calls.length, 2);
  });

  it('remembers that the API has no plans endpoint', async () => {
    const { session, clock, calls } = await signedIn({
      listPlans: () => Promise.resolve(undefined),
    });
    const catalog = new PlanCatalog(clock);
    assert.equal(await catalog.load(session), undefined);
    assert.equal(await catalog.load(session), undefined);
    assert.equal(calls.length, 1);
  });

  it('does not cache a failure', async () => {
    let isBroken = true;
    const { session, clock } = await signedIn({
      listPlans: () =>
        isBroken ? Promise.reject(new AppError('network', 'cut')) : Promise.resolve([aPlan()]),
    });
    const catalog = new PlanCatalog(clock);
    await assert.rejects(catalog.load(session), { kind: 'network' });
    isBroken = false;
    assert.deepEqual(await catalog.load(session), [aPlan()]);
  });

  it('keeps accounts apart', async () => {
    const { sessions, clock, calls } = await signedIn(
      { listPlans: () => Promise.resolve([aPlan()]) },
      [anAccount(), anotherAccount()],
    );
    const catalog = new PlanCatalog(clock);
    for (const session of sessions.all) {
      await catalog.load(session);
    }
    assert.equal(calls.length, 2);
  });

  it('drops the plans of a replaced token, also while they are being fetched', async () => {
    const first = deferred<readonly ReturnType<typeof aPlan>[]>();
    const answers = [first.promise, Promise.resolve([aPlan()])];
    const { session, clock, accountStore, calls } = await signedIn({
      listPlans: () => answers.shift() ?? Promise.resolve(undefined),
    });
    const catalog = new PlanCatalog(clock);
    const old = catalog.load(session);
    await Promise.resolve();
    await accountStore.save(anAccount({ token: 'vps_test_token_9' }), session.account.id);
    first.resolve([]);
    await assert.rejects(old, { kind: 'cancelled' });
    assert.equal(catalog.pricesOf(session), undefined);
    assert.deepEqual(await catalog.load(session), [aPlan()]);
    assert.equal(calls.length, 2);
  });
});

describe('PlanCatalog: prices', () => {
  const refused = (kind: 'network' | 'unauthorized' | 'rateLimited', retryAfterMs?: number) =>
    Promise.reject(new AppError(kind, kind, { retryAfterMs }));

  it('come from the same request as the plans, and are announced', async () => {
    const { session, clock, calls } = await signedIn({
      listPlans: () => Promise.resolve([aPlan()]),
    });
    const catalog = new PlanCatalog(clock);
    const changed: unknown[] = [];
    catalog.onDidChange((each) => changed.push(each));
    assert.equal(catalog.pricesOf(session), undefined);
    await Promise.all([catalog.request(session), catalog.load(session), catalog.request(session)]);
    await catalog.request(session);
    assert.equal(calls.length, 1);
    assert.deepEqual(changed, [session]);
    assert.equal(catalog.pricesOf(session)?.priceOf(aServer())?.monthly, 12);
  });

  it('stay until the next reply, which may withdraw them', async () => {
    const next = deferred<undefined>();
    const answers = [Promise.resolve([aPlan()]), next.promise];
    const { session, clock, calls } = await signedIn({
      listPlans: () => answers.shift() ?? Promise.resolve(undefined),
    });
    const catalog = new PlanCatalog(clock);
    await catalog.request(session);
    await clock.advance(hourMs);
    const request = catalog.request(session);
    assert.equal(catalog.pricesOf(session)?.priceOf(aServer())?.monthly, 12);
    next.resolve(undefined);
    await request;
    assert.equal(catalog.pricesOf(session), undefined);
    assert.equal(calls.length, 2);
  });

  it('are requested less and less often after failures, and not before the API allows', async () => {
    let answer = () => refused('rateLimited');
    const { session, clock, calls } = await signedIn({
      listPlans: () => answer(),
    });
    const catalog = new PlanCatalog(clock);
    const requestsIn = async (minutes: number): Promise<number> => {
      const before = calls.length;
      for (let minute = 0; minute < minutes; minute++) {
        await catalog.request(session);
        await clock.advance(60_000);
      }
      return calls.length - before;
    };
    assert.equal(await requestsIn(1), 1);
    assert.equal(await requestsIn(2), 1);
    assert.equal(await requestsIn(4), 1);
    await requestsIn(120);
    assert.ok((await requestsIn(600)) <= 10);
    answer = () => refused('rateLimited', 30 * 60_000);
    const fresh = new PlanCatalog(clock);
    const before = calls.length;
    await fresh.request(session);
    await clock.advance(30 * 60_000 - 1);
    await fresh.request(session);
    assert.equal(calls.length - before, 1);
    await clock.advance(1);
    await fresh.request(session);
    assert.equal(calls.length - before, 2);
  });

  it('are requested again after a failure when the clock was set back', async () => {
    const { session, clock, calls } = await signedIn({ listPlans: () => refused('network') });
    const catalog = new PlanCatalog(clock);
    await catalog.request(session);
    await clock.advance(-24 * hourMs);
    await catalog.request(session);
    assert.equal(calls.length, 2);
  });

  it('do not reject the token of an account that may not see plans', async () => {
    const { session, clock } = await signedIn({ listPlans: () => refused('unauthorized') });
    const catalog = new PlanCatalog(clock);
    await catalog.request(session);
    assert.equal(session.isRejected, false);
    assert.equal(catalog.pricesOf(session), undefined);
  });

  it('are not requested with a rejected token', async () => {
    const { session, clock, calls } = await signedIn({
      listServers: () => refused('unauthorized'),
      listPlans: () => Promise.resolve([aPlan()]),
    });
    await session.refresh().catch(() => undefined);
    const before = calls.length;
    await new PlanCatalog(clock).request(session);
    assert.equal(calls.length, before);
  });

  it('are waited for no longer than asked, and no timer remains', async () => {
    const answer = deferred<readonly ReturnType<typeof aPlan>[]>();
    const { session, clock } = await signedIn({ listPlans: () => answer.promise });
    const catalog = new PlanCatalog(clock);
    let prices: unknown = 'waiting';
    void catalog.waitForPrices(session, 2_000).then((found) => (prices = found));
    await clock.advance(1_999);
    assert.equal(prices, 'waiting');
    await clock.advance(1);
    assert.equal(prices, undefined);
    const again = catalog.waitForPrices(session, 2_000);
    answer.resolve([aPlan()]);
    assert.equal((await again)?.priceOf(aServer())?.monthly, 12);
    assert.equal(clock.pendingCount, 0);
  });
});
