import assert from 'node:assert/strict';
import type { ServersApi } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { CreateValues } from '../../../src/core/createForm.ts';
import { CreateForm } from '../../../src/panels/createForm.ts';
import type { CreateFormOptions, CreateStart, FormTexts } from '../../../src/panels/createForm.ts';
import { CreateMemory } from '../../../src/panels/createMemory.ts';
import type { CreateDraft } from '../../../src/panels/createMemory.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import { aList, anAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';
import { MemoryMemento } from './memoryMemento.ts';

const noWarning = (text: string): never => assert.fail(text);

const texts: FormTexts = {
  error: ({ kind }) => `[${kind}]`,
  nameExists: 'exists',
  busy: 'busy',
  notSent: (why) => `${why} not sent`,
  notEnoughCredit: () => 'no credit',
  likely: (why, name) => `${why} likely ${name}`,
  notFound: (why) => `${why} not found`,
  notKnown: (why) => `${why} not known`,
  problems: (problems) => problems,
  account: ({ label, kind }) => (kind === 'sample' ? `${label} (sample)` : label),
  facts: ({ status }) => status,
  otherAccount: 'other account',
};
const made = aServer({ id: '99', name: 'web-9', status: 'provisioning' });

async function opened(
  answers: Partial<ServersApi> = {},
  start: CreateStart | CreateDraft = { accountId: 'account-1' },
  options: Partial<CreateFormOptions> = {},
) {
  const world = await signedIn(
    {
      listServers: () => Promise.resolve(aList(aServer())),
      listPlans: () => Promise.resolve(undefined),
      createServer: () => Promise.resolve({ server: made, message: undefined }),
      ...answers,
    },
    [anAccount(), anAccount({ id: 'account-2', label: 'second', token: 'token-2', owner: 'b' })],
  );
  const memory = new CreateMemory(new MemoryMemento(), new MemoryMemento(), noWarning);
  const questions: string[] = [];
  const form = new CreateForm(
    {
      sessions: world.sessions,
      creation: new ServerCreation(world.follower, world.clock),
      memory,
      clock: world.clock,
      texts: () => texts,
      wantsSameName: (_session, { name }) => {
        questions.push(name);
        return Promise.resolve(true);
      },
      ...options,
    },
    start,
  );
  await settle();
  const posts = () => world.calls.filter(({ method }) => method === 'createServer');
  return { ...world, form, memory, questions, posts };
}

const filled = (facts: Partial<CreateValues> = {}): CreateValues => ({
  accountId: 'account-1',
  name: 'web-9',
  location: 'us-west',
  planId: '1',
  osId: '5',
  hostname: '',
  sshKeyId: '7',
  backupsEnabled: false,
  ...facts,
});

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

  it('is filled like another server, with its plan where that can be had', async () => {
    const like = aServer({ backupsEnabled: true });
    const { form } = await opened({ listPlans: () => Promise.resolve([]) }, { accountId: 'account-1', like });
    assert.deepEqual(form.state.initial, {
      ...filled({ name: 'web-server-02', planId: '', sshKeyId: '', backupsEnabled: true }),
    });
    assert.ok(!form.isHalfFilled);
    form.dispose();
  });

  it('does not fill anew what was edited while it loaded', async () => {
    const plans = deferred<undefined>();
    const { form } = await opened({ listPlans: () => plans.promise }, { accountId: 'account-1', like: aServer() });
    const { formId } = form.state;
    await form.keep(filled());
    plans.resolve(undefined);
    await settle();
    assert.equal(form.state.formId, formId);
    form.dispose();
  });

  it('shows the choices of the account that was chosen last', async () => {
    const { form, sessions } = await opened();
    await form.chooseAccount('account-2');
    await form.chooseAccount('gone');
    assert.equal(form.session, sessions.get('account-2'));
    assert.deepEqual(form.state.accounts.map(({ label }) => label), ['jo@example.com', 'second']);
    form.dispose();
  });
});
