import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { filled, opened } from './createFormHarness.ts';
import { aPlan } from './plans.ts';

const down = () => Promise.reject(new AppError('server', '503', { status: 503 }));

/** A form whose plans could not be loaded. `repair` makes them available. */
async function openedWithoutPlans(start?: Parameters<typeof opened>[1], error = down) {
  let listPlans: () => Promise<Plan[]> = error;
  const world = await opened(
    { listServers: () => Promise.resolve(aList(aServer())), listPlans: () => listPlans() },
    start,
  );
  return {
    ...world,
    requests: () => world.calls.filter(({ method }) => method === 'listPlans').length,
    repair: (answer = () => Promise.resolve([aPlan()])) => (listPlans = answer),
  };
}

describe('CreateForm: plans that did not load', () => {
  it('loads them again on request, in the filled form', async () => {
    const { form, repair, requests } = await openedWithoutPlans();
    await form.setValues(filled());
    const answer = deferred<Plan[]>();
    repair(() => answer.promise);
    void form.retryPlans();
    void form.retryPlans();
    assert.deepEqual(form.state.planList, {
      kind: 'failed',
      reason: 'VPS.org has a problem (HTTP 503).',
      isRetrying: true,
    });
    assert.equal(form.state.phase, 'editing');
    answer.resolve([aPlan()]);
    await settle();
    assert.deepEqual(form.state.planList, { kind: 'listed' });
    assert.equal(form.state.choices.plans[0]?.priceMonthly, aPlan().priceMonthly);
    assert.equal(requests(), 2);
    form.dispose();
  });

  it('loads them when another request of the account succeeds', async () => {
    const { form, session, clock, repair, requests } = await openedWithoutPlans();
    repair();
    await clock.advance(1_000);
    assert.equal(requests(), 1);
    await session.refresh();
    await settle();
    assert.deepEqual(form.state.planList, { kind: 'listed' });
    form.dispose();
  });

  it('tries again by itself, less and less often, until the form is closed', async () => {
    const { form, clock, requests } = await openedWithoutPlans();
    const counts: number[] = [];
    for (const ms of [14_999, 1, 30_000, 60_000, 3_600_000]) {
      await clock.advance(ms);
      counts.push(requests());
    }
    assert.deepEqual(counts.slice(0, 4), [1, 2, 3, 4]);
    assert.ok(counts[4]! <= 12, String(counts));
    form.dispose();
    assert.equal(clock.pendingCount, 0);
  });

  it('waits as long as the API asks', async () => {
    const limited = () =>
      Promise.reject(new AppError('rateLimited', '429', { retryAfterMs: 100_000 }));
    const { form, clock, requests } = await openedWithoutPlans(undefined, limited);
    await clock.advance(99_999);
    assert.equal(requests(), 1);
    await clock.advance(1);
    assert.equal(requests(), 2);
    form.dispose();
  });

  it('sends nothing by itself after a 401, until there is a new token', async () => {
    const rejected = () => Promise.reject(new AppError('unauthorized', '401', { status: 401 }));
    const { form, clock, requests, repair, secrets, accountStore } = await openedWithoutPlans(
      undefined,
      rejected,
    );
    await clock.advance(3_600_000);
    assert.equal(requests(), 1);
    repair();
    const accounts = accountStore.accounts.map((account) => ({
      ...account,
      token: 'token-9',
      renewals: 1,
    }));
    await secrets.store('vpsOrg.accounts', JSON.stringify({ version: 1, accounts }));
    await settle();
    await settle();
    assert.deepEqual(form.state.planList, { kind: 'listed' });
    form.dispose();
  });

  it('selects the plan of the server to copy once the plans are loaded', async () => {
    const { form, repair } = await openedWithoutPlans({ accountId: 'account-1', like: aServer() });
    assert.equal(form.state.initial.planId, '');
    repair();
    await form.retryPlans();
    assert.equal(form.state.initial.planId, '1');
    form.dispose();
  });
});
