import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { filled, made, opened } from './createFormHarness.ts';

describe('the create form', () => {
  it('loads what can be ordered, and can be filled in meanwhile', async () => {
    const plans = deferred<undefined>();
    const { form } = await opened({ listPlans: () => plans.promise }, { accountId: 'account-1', location: 'us-west' });
    assert.equal(form.state.phase, 'loading');
    assert.equal(form.state.initial.location, 'us-west');
    const { formId } = form.state;
    await form.keep(filled());
    plans.resolve(undefined);
    await settle();
    assert.deepEqual([form.state.phase, form.state.formId], ['editing', formId]);
    assert.deepEqual(form.state.choices.operatingSystems, [{ value: '5', label: 'Ubuntu 22.04 LTS' }]);
    form.dispose();
  });

  it('does not wait for ever for an API that does not answer', async () => {
    const { form, clock } = await opened({ listPlans: () => new Promise(() => undefined) });
    assert.equal(form.state.phase, 'loading');
    await clock.advance(8_000);
    assert.equal(form.state.phase, 'editing');
    form.dispose();
  });

  it('can be filled in without a list of plans', async () => {
    const { form } = await opened({ listPlans: () => Promise.reject(new AppError('server', '500', { status: 500 })) });
    assert.equal(form.state.phase, 'editing');
    assert.deepEqual(form.state.choices.plans.map(({ name }) => name), ['Standard VPS']);
    form.dispose();
  });

  it('sends what was filled in once, however often the button is pressed', async () => {
    const answer = deferred<{ server: typeof made; message: undefined }>();
    const { form, posts } = await opened({ createServer: () => answer.promise });
    const first = form.create(filled(), 1);
    assert.equal(form.state.phase, 'sending');
    assert.equal(await form.create(filled(), 1), undefined);
    assert.equal(await form.create(filled(), 2), undefined);
    answer.resolve({ server: made, message: undefined });
    assert.equal((await first)?.kind, 'done');
    assert.deepEqual([form.state.phase, form.state.attempt], ['done', 2]);
    assert.deepEqual(posts().map(({ args }) => args[0]), [
      { name: 'web-9', location: 'us-west', planId: 1, osId: 5, sshKeyId: 7, backupsEnabled: false },
    ]);
    form.dispose();
  });

  it('sends nothing that is wrong, and says what is', async () => {
    const { form, posts } = await opened();
    assert.equal(await form.create(filled({ planId: '10abc', name: 'web server' }), 1), undefined);
    assert.deepEqual(form.state.errors, { name: 'badCharacters', planId: 'notWhole' });
    assert.equal(form.state.attempt, 1);
    assert.deepEqual(posts(), []);
    form.dispose();
  });

  it('never sends to another account than the one whose choices show', async () => {
    const { form, posts } = await opened();
    assert.equal(await form.create(filled({ accountId: 'account-2' }), 1), undefined);
    assert.deepEqual(form.state.errors, { accountId: 'other account' });
    await form.chooseAccount('account-2');
    assert.equal((await form.create(filled({ accountId: 'account-2' }), 2))?.kind, 'done');
    assert.equal(posts().length, 1);
    form.dispose();
  });

  it('asks about a name that is taken before it sends', async () => {
    const { form, posts, questions } = await opened();
    await form.create(filled({ name: 'web-server-01' }), 1);
    assert.deepEqual([questions, posts().length], [['web-server-01'], 1]);
    form.dispose();
  });

  it('asks again about a server that took the name while the question was open', async () => {
    const names = [aServer({ id: '7', name: 'web-9' })];
    const asked: string[] = [];
    const { form, posts } = await opened(
      { listServers: () => Promise.resolve(aList(...names)) },
      { accountId: 'account-1' },
      {
        wantsSameName: (_session, { id }) => {
          asked.push(id);
          names.unshift(aServer({ id: '8', name: 'web-9' }));
          return Promise.resolve(id === '7');
        },
      },
    );
    await form.create(filled(), 1);
    assert.deepEqual([asked, posts(), form.state.errors], [['7', '8'], [], { name: 'exists' }]);
    form.dispose();
  });

  it('sends nothing where the answer to that is no', async () => {
    const { form, posts } = await opened({}, { accountId: 'account-1' }, { wantsSameName: () => Promise.resolve(false) });
    await form.create(filled({ name: 'web-server-01' }), 1);
    assert.deepEqual([form.state.phase, form.state.errors, posts().length], ['editing', { name: 'exists' }, 0]);
    form.dispose();
  });

  it('keeps the form after a refusal, and sends it again only when asked', async () => {
    const error = new AppError('paymentRequired', '402', { status: 402 });
    const { form, memory, posts } = await opened({ createServer: () => Promise.reject(error) });
    await form.create(filled(), 1);
    assert.deepEqual([form.state.phase, form.state.message, form.state.offersPanelLink], ['editing', 'no credit', true]);
    assert.deepEqual(memory.draft?.values, filled());
    await form.create(filled(), 2);
    assert.equal(posts().length, 2);
    form.dispose();
  });

  it('is dead after a lost answer until the person has looked', async () => {
    let lists = 0;
    const { form, posts } = await opened({
      listServers: () => Promise.resolve(lists++ < 2 ? aList() : aList(made)),
      createServer: () => Promise.reject(new AppError('timeout', 'No answer')),
    });
    await form.create(filled(), 1);
    assert.deepEqual([form.state.phase, form.state.likelyServer], ['unclear', { name: 'web-9', description: 'provisioning' }]);
    await form.create(filled({ name: 'web-10' }), 2);
    assert.equal(posts().length, 1);
    assert.equal(form.state.attempt, 2);
    form.dismissLikely();
    assert.equal(form.state.phase, 'editing');
    form.dispose();
  });

  it('forgets the form once the server is being made, and remembers the key', async () => {
    const { form, memory } = await opened();
    await form.keep(filled());
    assert.deepEqual(memory.draft?.values.name, 'web-9');
    await form.create(filled(), 1);
    await form.keep(filled());
    assert.equal(memory.draft, undefined);
    assert.deepEqual(memory.sshKeyIds('account-1'), ['7']);
    form.dispose();
  });

  it('goes on with a form that was left, under the same id', async () => {
    const draft = { formId: 'left', initial: filled({ name: '' }), values: filled() };
    const { form } = await opened({}, draft);
    assert.deepEqual([form.state.formId, form.state.initial, form.isHalfFilled], ['left', filled(), true]);
    await form.keep(filled({ name: '' }));
    assert.ok(!form.isHalfFilled);
    form.dispose();
  });

  it('keeps the question about a lost answer when something else is found wrong', async () => {
    const { form, clock } = await opened({ createServer: () => Promise.reject(new AppError('timeout', 'No answer')) });
    const sent = form.create(filled(), 1);
    await clock.advance(60_000);
    await sent;
    const { message } = form.state;
    assert.equal(form.check(filled({ name: '' })), undefined);
    assert.equal(form.check(filled({ accountId: 'account-2' })), undefined);
    assert.deepEqual([form.state.phase, form.state.message], ['unclear', message]);
    form.dispose();
  });

  it('goes on loading when something is found wrong meanwhile', async () => {
    const { form } = await opened({ listPlans: () => new Promise(() => undefined) });
    form.check(filled({ name: '' }));
    assert.deepEqual([form.state.phase, form.state.errors], ['loading', { name: 'empty' }]);
    form.dispose();
  });
});
