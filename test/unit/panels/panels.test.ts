import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { WebviewPanel } from 'vscode';
import type { ServersApi } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Server } from '../../../src/core/server.ts';
import type { Log } from '../../../src/host/log.ts';
import type { Question } from '../../../src/host/messages.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import { aList, anAccount, aSampleAccount, aServer } from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';
import { FakePanel, openedPanels } from '../../support/vscodeStub.ts';
import { MemoryMemento } from './memoryMemento.ts';

// Panels without VS Code around them: tabs are played, and so is the person who is asked.
register('../../support/withoutVscode.mjs', import.meta.url);
const { formatTime } = await import('../../../src/host/errorText.ts');
const { Messages } = await import('../../../src/host/messages.ts');
const { CreateMemory } = await import('../../../src/panels/createMemory.ts');
const { CreatePanels } = await import('../../../src/panels/createPanels.ts');
const { DetailsPanels } = await import('../../../src/panels/detailsPanels.ts');
const { PanelWatch } = await import('../../../src/panels/panelWatch.ts');
const { SettingsSaver } = await import('../../../src/panels/settingsSaver.ts');

/** Answers questions as told, and remembers what was asked and said. */
class Person extends Messages {
  readonly asked: Question[] = [];
  readonly heard: string[] = [];
  answer: () => Promise<boolean> = () => Promise.resolve(true);

  override confirm(question: Question): Promise<boolean> {
    this.asked.push(question);
    return this.answer();
  }

  override decide(message: string, detail: string, [confirm = '']: readonly string[]): Promise<string> {
    this.asked.push({ message, detail, confirm });
    return Promise.resolve(confirm);
  }

  override warn(text: string): void {
    this.heard.push(text);
  }

  override error(text: string): void {
    this.heard.push(text);
  }
}

const ref = { accountId: 'account-1', serverId: '12345' };
const server = aServer({ backupsEnabled: true });
const basis = { name: server.name, hostname: 'web01.example.com', backupsEnabled: true };
const accounts = [anAccount(), aSampleAccount()];

async function world(answers: Partial<ServersApi> = {}) {
  const made = await signedIn(
    {
      listServers: () => Promise.resolve(aList(server)),
      getServer: () => Promise.resolve(server),
      listPlans: () => Promise.resolve(undefined),
      ...answers,
    },
    accounts,
  );
  await made.session.refresh();
  const { sessions, actions, follower, clock } = made;
  const person = new Person();
  const log = { warn: (text: string) => assert.fail(text), error: (text: string) => person.heard.push(text) } as unknown as Log;
  const services = { extensionUri: 'extension' as never, sessions, clock, messages: person, log, watch: new PanelWatch() };
  const saver = new SettingsSaver({ sessions, actions, messages: person, describe: ({ kind }, name) => `${name}: ${kind}` });
  const details = new DetailsPanels({ ...services, actions, saver });
  const forms = new CreatePanels({
    ...services,
    creation: new ServerCreation(follower, clock),
    memory: new CreateMemory(new MemoryMemento(), new MemoryMemento(), (text) => assert.fail(text)),
    onDidCreate: () => undefined,
    onDidShowLikely: () => undefined,
  });
  return { ...made, person, saver, details, forms };
}

function lastPanel(): FakePanel {
  const panel = openedPanels.at(-1);
  assert.ok(panel);
  return panel;
}

describe('the create form that is open already', () => {
  async function openForm() {
    const made = await world();
    await made.forms.open({});
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    const shown = (): unknown[] => [panel.state.isSample, Reflect.get(panel.state.initial as object, 'accountId')];
    assert.deepEqual(shown(), [false, 'account-1']);
    const typed = { ...(panel.state.initial as object), name: 'web-9' };
    return { ...made, shown, type: () => panel.post({ type: 'edited', values: typed }) };
  }

  it('shows the account that was asked for, without a question where nothing was typed', async () => {
    const { forms, shown, person } = await openForm();
    await forms.open({ accountId: 'sample' });
    await settle();
    assert.deepEqual(shown(), [true, 'sample']);
    assert.deepEqual(person.asked, []);
  });

  it('asks before what was typed goes to another account, or is lost', async () => {
    const { forms, shown, person, type } = await openForm();
    type();
    person.answer = () => Promise.resolve(false);
    await forms.open({ accountId: 'sample' });
    assert.deepEqual([shown(), person.asked.length], [[false, 'account-1'], 1]);
    person.answer = () => Promise.resolve(true);
    await forms.open({ accountId: 'sample' });
    await settle();
    assert.deepEqual(shown(), [true, 'sample']);
  });

  it('stays as it is for its own account, and for no account in particular', async () => {
    const { forms, shown, person, type } = await openForm();
    type();
    await forms.open({ accountId: 'account-1' });
    await forms.open({});
    assert.deepEqual([shown(), person.asked], [[false, 'account-1'], []]);
  });
});

describe('the create form that was left half-filled', () => {
  it('is told by its account too, when another form is asked for', async () => {
    const { forms, person } = await world();
    await forms.open({});
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    panel.post({ type: 'edited', values: { ...(panel.state.initial as object), name: 'web-9' } });
    panel.dispose();
    await forms.open({ accountId: 'sample' });
    assert.deepEqual(person.asked.map(({ detail }) => detail), ['Name: web-9\nAccount: jo@example.com']);
  });
});

describe('a details panel that is closed before its changes are saved', () => {
  async function closeWhileSaving(end: (put: ReturnType<typeof deferred<Server>>) => void) {
    const put = deferred<Server>();
    const made = await world({ replaceServer: () => put.promise });
    made.details.open(ref);
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    panel.post({ type: 'save', values: { ...basis, name: 'web-2' }, basis });
    await settle();
    panel.dispose();
    end(put);
    await settle();
    return made;
  }

  it('has them saved without a word', async () => {
    const { person, session } = await closeWhileSaving(({ resolve }) => resolve({ ...server, name: 'web-2' }));
    assert.deepEqual([person.heard, session.servers.get(ref.serverId)?.name], [[], 'web-2']);
  });

  it('tells what came of them where they were not, by the name of the server', async () => {
    const refused = new AppError('invalid', '400', { status: 400, fields: { name: ['Taken already.'] } });
    assert.deepEqual((await closeWhileSaving(({ reject }) => reject(refused))).person.heard, ['"web-server-01": Taken already.']);
    const lost = await closeWhileSaving(({ reject }) => reject(new AppError('timeout', 'No answer')));
    assert.deepEqual(lost.person.heard, ['"web-server-01": web-server-01: unclear']);
  });
});

describe('a details panel whose server cannot be looked at', () => {
  it('says from when what it shows is: a list that was kept from before tells its own time', async () => {
    const { session, details, clock } = await world({ getServer: () => Promise.reject(new AppError('network', 'cut')) });
    const loadedAt = session.servers.load.loadedAt ?? 0;
    await clock.advance(3_600_000);
    details.open(ref);
    lastPanel().post({ type: 'ready' });
    await clock.advance(0);
    assert.match(String(lastPanel().state.notice), new RegExp(`What you see is from ${formatTime(loadedAt)}\\.$`, 'u'));
  });
});

describe('a details panel that comes back', () => {
  const ofLocked = { ref: { ...ref, accountId: 'locked' } };

  it('closes where its account was signed out meanwhile, and others were not', async () => {
    const { details } = await world();
    const panel = new FakePanel('web-server-01');
    details.restore(panel as unknown as WebviewPanel, ofLocked);
    assert.equal(panel.isDisposed, true);
  });

  it('does not say that anybody signed out where no account is known: they may not be readable now', async () => {
    const { details, accountStore } = await world();
    for (const { id } of accounts) {
      await accountStore.remove(id);
    }
    const panel = new FakePanel('web-server-01');
    details.restore(panel as unknown as WebviewPanel, ofLocked);
    panel.post({ type: 'ready' });
    assert.match(String(panel.state.gone), /is not signed in/u);
  });
});

describe('the question before changes of others are overwritten', () => {
  const mine = { ...basis, name: 'web-mine' };

  async function save(laterChanges: readonly Partial<Server>[]) {
    let now = { ...server, name: 'web-theirs' };
    const changes = [...laterChanges];
    const made = await world({
      getServer: () => Promise.resolve(now),
      replaceServer: (_id, settings) => Promise.resolve({ ...now, ...settings }),
    });
    made.person.answer = () => {
      now = { ...now, ...changes.shift() };
      return Promise.resolve(made.person.asked.length < 3);
    };
    const answer = await made.saver.save(ref, { type: 'save', values: mine, basis });
    const puts = made.calls.filter(({ method }) => method === 'replaceServer').length;
    return { answer: answer.type, puts, asked: made.person.asked.map(({ detail }) => detail) };
  }
  const first = 'Name: now "web-theirs", yours "web-mine"';

  it('is asked once where nothing changes while it is open', async () => {
    assert.deepEqual(await save([]), { answer: 'saved', puts: 1, asked: [first] });
  });

  it('is asked again for what changes while it is open, and for that alone', async () => {
    assert.deepEqual(await save([{ hostname: 'theirs.example.com' }]), {
      ...{ answer: 'saved', puts: 1 },
      asked: [first, 'Hostname: now "theirs.example.com", yours "web01.example.com"'],
    });
  });

  it('can be answered with no every time', async () => {
    const { answer, puts, asked } = await save([{ name: 'theirs-2' }, { name: 'theirs-3' }]);
    assert.deepEqual([answer, puts, asked.length], ['notSaved', 0, 3]);
  });
});
