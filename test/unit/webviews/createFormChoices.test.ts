import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan.ts';
import { aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { filled, opened } from './createFormHarness.ts';
import { aPlan } from './plans.ts';

describe('CreateForm: like another server', () => {
  it('copies the server, with its plan if it is offered', async () => {
    const like = aServer({ backupsEnabled: true });
    const { form } = await opened(
      { listPlans: () => Promise.resolve([]) },
      { accountId: 'account-1', like },
    );
    assert.deepEqual(form.state.initial, {
      ...filled({ name: 'web-server-02', planId: '', sshKeyId: '', backupsEnabled: true }),
    });
    assert.ok(!form.isHalfFilled);
    form.dispose();
  });

  it('has no plan before the plans are loaded, because its id may be another plan now', async () => {
    for (const name of ['web-server-02', 'billing-01']) {
      const plans = deferred<Plan[]>();
      const { form } = await opened(
        { listPlans: () => plans.promise },
        { accountId: 'account-1', like: aServer() },
      );
      const { initial, formId } = form.state;
      assert.equal(initial.planId, '');
      await form.setValues({ ...initial, name });
      plans.resolve([aPlan({ memoryMiB: 131_072, priceMonthly: 640 })]);
      await settle();
      assert.deepEqual([form.state.formId, form.state.initial.planId], [formId, '']);
      assert.equal(form.isHalfFilled, name === 'billing-01');
      form.dispose();
    }
  });

  it('selects the plan when it is loaded, also late and in an edited form', async () => {
    const plans = deferred<Plan[]>();
    const { form, clock, drafts } = await opened(
      { listPlans: () => plans.promise },
      { accountId: 'account-1', like: aServer() },
    );
    const { formId } = form.state;
    await form.setValues({ ...form.state.initial, name: 'billing-01' });
    await clock.advance(8_000);
    assert.deepEqual([form.state.phase, form.state.initial.planId], ['editing', '']);
    plans.resolve([aPlan()]);
    await settle();
    assert.deepEqual([form.state.formId, form.state.initial.planId], [formId, '1']);
    await form.create({ ...form.state.initial, planId: '', name: 'x' }, 1);
    assert.deepEqual(form.state.errors, { planId: 'Choose a plan.' });
    assert.equal(drafts.draft?.values.name, 'billing-01');
    form.dispose();
  });

  it('keeps a plan that the person chose meanwhile', async () => {
    const plans = deferred<Plan[]>();
    const { form } = await opened(
      { listPlans: () => plans.promise },
      { accountId: 'account-1', like: aServer() },
    );
    await form.setValues({ ...form.state.initial, planId: '7' });
    plans.resolve([aPlan(), aPlan({ id: '7' })]);
    await settle();
    assert.ok(form.isHalfFilled);
    form.dispose();
  });

  it("uses the server's plan id if the API has no list of plans", async () => {
    const { form } = await opened({}, { accountId: 'account-1', like: aServer() });
    assert.equal(form.state.initial.planId, '1');
    assert.ok(!form.isHalfFilled);
    form.dispose();
  });

  it('does not select the plan in another account', async () => {
    const plans = deferred<Plan[]>();
    const { form } = await opened(
      { listPlans: () => plans.promise },
      { accountId: 'account-1', like: aServer() },
    );
    void form.chooseAccount('account-2');
    plans.resolve([aPlan()]);
    await settle();
    assert.deepEqual(
      [form.state.phase, form.state.choices.plans.length, form.state.initial.planId],
      ['editing', 1, ''],
    );
    form.dispose();
  });
});

describe('CreateForm: changing the account', () => {
  it('shows the choices of the selected account', async () => {
    const { form, sessions } = await opened();
    await form.chooseAccount('account-2');
    await form.chooseAccount('gone');
    assert.equal(form.session, sessions.get('account-2'));
    assert.deepEqual(
      form.state.accounts.map(({ label }) => label),
      ['jo@example.com', 'second'],
    );
    form.dispose();
  });

  it('loads the plans of the new account, and clears account-specific ids', async () => {
    let plans = deferred<Plan[]>();
    const { form, drafts, posts } = await opened({ listPlans: () => plans.promise });
    await form.setValues(filled());
    const first = plans;
    plans = deferred();
    void form.chooseAccount('account-2');
    first.resolve([]);
    await settle();
    assert.equal(form.state.phase, 'loading');
    assert.deepEqual(
      drafts.draft?.values,
      filled({ accountId: 'account-2', planId: '', osId: '', sshKeyId: '' }),
    );
    const values = filled({ accountId: 'account-2' });
    await form.create(values, 1);
    plans.resolve([aPlan({ locations: ['eu-central'] })]);
    await settle();
    await form.create(values, 2);
    assert.deepEqual(
      [form.state.errors, posts()],
      [{ planId: 'This plan is not offered at this location.' }, []],
    );
    form.dispose();
  });
});
