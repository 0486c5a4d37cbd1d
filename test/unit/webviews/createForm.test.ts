import assert from 'node:assert/strict';
import { AppError } from '../../../src/core/errors.ts';
import { aList, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { filled, made, opened } from './createFormHarness.ts';

describe('CreateForm', () => {
  it('loads the choices, and can be edited meanwhile', async () => {
    const plans = deferred<undefined>();
    const { form } = await opened(
      { listPlans: () => plans.promise },
      { accountId: 'account-1', location: 'us-west' },
    );
    assert.equal(form.state.phase, 'loading');
    assert.equal(form.state.initial.location, 'us-west');
    const { formId } = form.state;
    await form.setValues(filled());
    plans.resolve(undefined);
    await settle();
    assert.deepEqual([form.state.phase, form.state.formId], ['editing', formId]);
    assert.deepEqual(form.state.choices.operatingSystems, [
      { value: '5', label: 'Ubuntu 22.04 LTS' },
    ]);
    form.dispose();
  });

  it('can be edited after 8 s without a reply', async () => {
    const { form, clock } = await opened({ listPlans: () => new Promise(() => undefined) });
    assert.equal(form.state.phase, 'loading');
    await clock.advance(8_000);
    assert.equal(form.state.phase, 'editing');
    form.dispose();
  });

  it('can be edited without a list of plans', async () => {
    const { form } = await opened({
      listPlans: () => Promise.reject(new AppError('server', '500', { status: 500 })),
    });
    assert.equal(form.state.phase, 'editing');
    assert.deepEqual(form.state.planList, {
      kind: 'failed',
      reason: 'VPS.org has a problem (HTTP 500).',
      isRetrying: false,
    });
    assert.deepEqual(
      form.state.choices.plans.map(({ name }) => name),
      ['Standard VPS'],
    );
    form.dispose();
  });

  it('sends one request, however often the button is clicked', async () => {
    const answer = deferred<{ server: typeof made; message: undefined }>();
    const { form, posts } = await opened({ createServer: () => answer.promise });
    const first = form.create(filled(), 1);
    assert.equal(form.state.phase, 'sending');
    assert.equal(await form.create(filled(), 1), undefined);
    assert.equal(await form.create(filled(), 2), undefined);
    answer.resolve({ server: made, message: undefined });
    assert.equal((await first)?.kind, 'done');
    assert.deepEqual([form.state.phase, form.state.attempt], ['done', 2]);
    assert.deepEqual(
      posts().map(({ args }) => args[0]),
      [
        {
          name: 'web-9',
          location: 'us-west',
          planId: 1,
          osId: 5,
          sshKeyId: 7,
          backupsEnabled: false,
        },
      ],
    );
    form.dispose();
  });

  it('does not send invalid values, and shows the errors', async () => {
    const { form, posts } = await opened();
    assert.equal(await form.create(filled({ planId: '10abc', name: 'web server' }), 1), undefined);
    assert.deepEqual(form.state.errors, {
      name: 'Use only letters, digits and hyphens.',
      planId: 'A plan ID is a whole number greater than 0.',
    });
    assert.equal(form.state.attempt, 1);
    assert.deepEqual(posts(), []);
    form.dispose();
  });

  it('sends only to the account whose choices are shown', async () => {
    const { form, posts } = await opened();
    assert.equal(await form.create(filled({ accountId: 'account-2' }), 1), undefined);
    assert.deepEqual(form.state.errors, { accountId: 'Choose the account again.' });
    await form.chooseAccount('account-2');
    assert.equal((await form.create(filled({ accountId: 'account-2' }), 2))?.kind, 'done');
    assert.equal(posts().length, 1);
    form.dispose();
  });

  it('asks before it creates a server with a name that exists', async () => {
    const { form, posts, questions } = await opened();
    await form.create(filled({ name: 'web-server-01' }), 1);
    assert.deepEqual([questions, posts().length], [['web-server-01'], 1]);
    form.dispose();
  });

  it('warns about the name of another server while it is entered, by the same rule', async () => {
    const { form, session, questions } = await opened();
    await session.refresh();
    let changes = 0;
    form.onDidChange(() => changes++);
    const type = async (name: string) => {
      await form.setValues(filled({ name }));
      return [form.state.takenName, changes];
    };
    assert.deepEqual(await type('web-server-0'), [undefined, 0]);
    assert.deepEqual(await type('WEB-server-01'), ['WEB-server-01', 1]);
    assert.deepEqual(await type('web-server-012'), [undefined, 2]);
    await form.create(filled({ name: 'WEB-server-01' }), 1);
    assert.deepEqual(questions, ['web-server-01']);
    form.dispose();
  });

  it('shows whether a request runs or a question is open', async () => {
    const phases: string[] = [];
    const { form } = await opened();
    form.onDidChange(() => {
      if (phases.at(-1) !== form.state.phase) {
        phases.push(form.state.phase);
      }
    });
    await form.create(filled({ name: 'web-server-01' }), 1);
    assert.deepEqual(phases, ['sending', 'asking', 'sending', 'done']);
    form.dispose();
  });

  it('asks again if another server takes the name while the question is open', async () => {
    const names = [aServer({ id: '7', name: 'web-9' })];
    const asked: string[] = [];
    const { form, posts } = await opened(
      { listServers: () => Promise.resolve(aList(...names)) },
      { accountId: 'account-1' },
      {
        confirmSameName: (_session, { id }) => {
          asked.push(id);
          names.unshift(aServer({ id: '8', name: 'web-9' }));
          return Promise.resolve(id === '7');
        },
      },
    );
    await form.create(filled(), 1);
    assert.deepEqual(
      [asked, posts(), form.state.errors],
      [['7', '8'], [], { name: 'A server with this name already exists.' }],
    );
    form.dispose();
  });

  it('sends nothing if the answer is no', async () => {
    const { form, posts } = await opened(
      {},
      { accountId: 'account-1' },
      { confirmSameName: () => Promise.resolve(false) },
    );
    await form.create(filled({ name: 'web-server-01' }), 1);
    assert.deepEqual(
      [form.state.phase, form.state.errors, posts().length],
      ['editing', { name: 'A server with this name already exists.' }, 0],
    );
    form.dispose();
  });

  it('keeps the form after an error, and sends again only on request', async () => {
    const error = new AppError('paymentRequired', '402', { status: 402 });
    const { form, drafts, posts } = await opened({ createServer: () => Promise.reject(error) });
    await form.create(filled(), 1);
    assert.deepEqual(
      [form.state.phase, form.state.message, form.state.offersPanelLink],
      ['editing', 'There is not enough credit for this server. Nothing was created.', true],
    );
    assert.deepEqual(drafts.draft?.values, filled());
    await form.create(filled(), 2);
    assert.equal(posts().length, 2);
    form.dispose();
  });

  it('links to the web panel of the account, if it has one', async () => {
    const error = new AppError('paymentRequired', '402', { status: 402 });
    const { form } = await opened({ createServer: () => Promise.reject(error) });
    assert.equal(form.panelUrl, 'https://admin.vps.org/');
    assert.equal(form.state.hasPanel, true);
    form.dispose();
  });

  it('cannot be sent after a lost reply until the person dismisses the question', async () => {
    let lists = 0;
    const { form, posts } = await opened({
      listServers: () => Promise.resolve(lists++ < 2 ? aList() : aList(made)),
      createServer: () => Promise.reject(new AppError('timeout', 'No answer')),
    });
    await form.create(filled(), 1);
    assert.deepEqual(
      [form.state.phase, form.state.probableMatch],
      ['unclear', { name: 'web-9', description: 'provisioning · 203.0.113.10 · us-west' }],
    );
    await form.create(filled({ name: 'web-10' }), 2);
    assert.equal(posts().length, 1);
    assert.equal(form.state.attempt, 2);
    form.dismissProbableMatch();
    assert.equal(form.state.phase, 'editing');
    form.dispose();
  });

  it('deletes the draft after success, and remembers the ids that worked', async () => {
    const { form, drafts, usedIds } = await opened();
    await form.setValues(filled());
    assert.deepEqual(drafts.draft?.values.name, 'web-9');
    await form.create(filled(), 1);
    await form.setValues(filled());
    assert.equal(drafts.draft, undefined);
    assert.deepEqual(usedIds.sshKeyIds('account-1'), ['7']);
    assert.deepEqual(usedIds.systems('account-1'), [{ id: '5', name: 'Ubuntu 22.04 LTS' }]);
    form.dispose();
  });

  it('continues a draft with the same id', async () => {
    const draft = { formId: 'left', initial: filled({ name: '' }), values: filled() };
    const { form } = await opened({}, draft);
    assert.deepEqual(
      [form.state.formId, form.state.initial, form.isHalfFilled],
      ['left', filled(), true],
    );
    await form.setValues(filled({ name: '' }));
    assert.ok(!form.isHalfFilled);
    form.dispose();
  });

  it('keeps the question about a lost reply when other errors are shown', async () => {
    const { form, clock } = await opened({
      createServer: () => Promise.reject(new AppError('timeout', 'No answer')),
    });
    const sent = form.create(filled(), 1);
    await clock.advance(60_000);
    await sent;
    const { message } = form.state;
    assert.equal(form.check(filled({ name: '' })), undefined);
    assert.equal(form.check(filled({ accountId: 'account-2' })), undefined);
    assert.deepEqual([form.state.phase, form.state.message], ['unclear', message]);
    form.dispose();
  });

  it('continues loading when errors are shown', async () => {
    const { form } = await opened({ listPlans: () => new Promise(() => undefined) });
    form.check(filled({ name: '' }));
    assert.deepEqual([form.state.phase, form.state.errors], ['loading', { name: 'Enter a name.' }]);
    form.dispose();
  });
});
