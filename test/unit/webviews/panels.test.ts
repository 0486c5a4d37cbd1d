import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { WebviewPanel } from 'vscode';
import type { ServersApi } from '../../../src/api/client.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { ServerActions } from '../../../src/state/serverActions.ts';
import type { Server } from '../../../src/core/server.ts';
import type { Log } from '../../../src/host/log.ts';
import type { Question } from '../../../src/host/messages.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import {
  aChangedServers,
  aList,
  anAccount,
  aSampleAccount,
  aServer,
} from '../../support/builders.ts';
import { deferred } from '../../support/fakeApi.ts';
import { settle } from '../../support/fakeClock.ts';
import { signedIn } from '../../support/world.ts';
import { FakePanel, openedPanels } from '../../support/vscodeStub.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

// Panels without VS Code: tabs and the person who answers questions are fakes.
register('../../support/withoutVscode.mjs', import.meta.url);
const { formatTime } = await import('../../../src/text/times.ts');
const { describeOutcome } = await import('../../../src/text/outcomes.ts');
const { Messages } = await import('../../../src/host/messages.ts');
const { UsedIds } = await import('../../../src/webviews/create/usedIds.ts');
const { DraftStore } = await import('../../../src/webviews/create/drafts.ts');
const { CreatePanels } = await import('../../../src/webviews/create/panels.ts');
const { SettingsDraftStore } = await import('../../../src/webviews/details/draftStore.ts');
const { DetailsPanels } = await import('../../../src/webviews/details/panels.ts');
const { PanelVisibility } = await import('../../../src/webviews/panelVisibility.ts');
const { SettingsSaver } = await import('../../../src/webviews/details/settingsSaver.ts');

/** Answers questions, and records questions and messages. */
class Person extends Messages {
  readonly asked: Question[] = [];
  readonly warnings: string[] = [];
  answer: () => Promise<boolean> = () => Promise.resolve(true);

  override confirm(question: Question): Promise<boolean> {
    this.asked.push(question);
    return this.answer();
  }

  override decide(
    message: string,
    detail: string,
    [confirm = '']: readonly string[],
  ): Promise<string> {
    this.asked.push({ message, detail, confirm });
    return Promise.resolve(confirm);
  }

  override warn(text: string): void {
    this.warnings.push(text);
  }

  override error(text: string): void {
    this.warnings.push(text);
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
  const { sessions, actions, statusWaiter, clock, marks } = made;
  const person = new Person();
  const log = {
    warn: (text: string) => assert.fail(text),
    error: (text: string) => person.warnings.push(text),
  } as unknown as Log;
  const services = {
    extensionUri: 'extension' as never,
    sessions,
    clock,
    messages: person,
    log,
    visibility: new PanelVisibility(),
  };
  const saver = new SettingsSaver({ sessions, actions, messages: person });
  const planCatalog = new PlanCatalog(clock);
  const details = new DetailsPanels({
    ...services,
    planCatalog,
    marks,
    actions,
    changedServers: aChangedServers(),
    saver,
    drafts: new SettingsDraftStore(new MemoryMemento(), (text) => assert.fail(text)),
    onDidActivate: () => undefined,
    setPreviewing: () => undefined,
    profiles: {
      targetOf: () => 'noAddress',
      onDidChange: () => ({ dispose: () => undefined }),
    },
  });
  const forms = new CreatePanels({
    ...services,
    creation: new ServerCreation(statusWaiter, clock),
    planCatalog,
    drafts: new DraftStore(new MemoryMemento(), (text) => assert.fail(text)),
    usedIds: new UsedIds(new MemoryMemento(), (text) => assert.fail(text)),
    onDidCreate: () => undefined,
    onDidShowProbableMatch: () => undefined,
  });
  return { ...made, person, saver, details, forms };
}

function lastPanel(): FakePanel {
  const panel = openedPanels.at(-1);
  assert.ok(panel);
  return panel;
}

describe('CreatePanels.open: form is open', () => {
  async function openForm() {
    const made = await world();
    await made.forms.open({});
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    const shown = (): unknown[] => [
      panel.state.isSample,
      Reflect.get(panel.state.initial as object, 'accountId'),
    ];
    assert.deepEqual(shown(), [false, 'account-1']);
    const typed = { ...(panel.state.initial as object), name: 'web-9' };
    return { ...made, shown, type: () => panel.post({ type: 'edited', values: typed }) };
  }

  it('shows the requested account, without a question if nothing was entered', async () => {
    const { forms, shown, person } = await openForm();
    await forms.open({ accountId: 'sample' });
    await settle();
    assert.deepEqual(shown(), [true, 'sample']);
    assert.deepEqual(person.asked, []);
  });

  it('asks before it replaces what was entered', async () => {
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

  it('does not change for its own account or without an account', async () => {
    const { forms, shown, person, type } = await openForm();
    type();
    await forms.open({ accountId: 'account-1' });
    await forms.open({});
    assert.deepEqual([shown(), person.asked], [[false, 'account-1'], []]);
  });
});

describe('CreatePanels.open: form was left unfinished', () => {
  it('names the account in the question', async () => {
    const { forms, person } = await world();
    await forms.open({});
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    panel.post({ type: 'edited', values: { ...(panel.state.initial as object), name: 'web-9' } });
    panel.dispose();
    await forms.open({ accountId: 'sample' });
    assert.deepEqual(
      person.asked.map(({ detail }) => detail),
      ['Name: web-9\nAccount: jo@example.com'],
    );
  });
});

describe('DetailsPanel: note', () => {
  it('is shown as soon as it is written', async () => {
    const { details, marks } = await world();
    details.open(ref);
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    const note = () => JSON.stringify(panel.state.facts).includes('Ask Ada first.');
    assert.equal(note(), false);
    await marks.set(ref, { note: 'Ask Ada first.' });
    await settle();
    assert.equal(note(), true);
  });
});

describe('DetailsPanel: title', () => {
  it('says that the server was deleted', async () => {
    const { details, session } = await world();
    details.open(ref);
    const panel = lastPanel();
    session.servers.remove(ref.serverId);
    await settle();
    assert.equal(panel.title, 'web-server-01 (deleted)');
  });
});

describe('DetailsPanel: question about saving', () => {
  it('is known to the page while it is open', async () => {
    const theirs = { ...server, name: 'web-theirs' };
    const { details, person } = await world({ getServer: () => Promise.resolve(theirs) });
    details.open(ref);
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    const answer = deferred<boolean>();
    person.answer = () => answer.promise;
    panel.post({ type: 'save', values: { ...basis, name: 'web-mine' }, basis });
    await settle();
    assert.equal(panel.state.isAsking, true);
    answer.resolve(false);
    await settle();
    assert.equal(panel.state.isAsking, false);
  });
});

describe('DetailsPanel: closed while saving', () => {
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

  it('saves without a message', async () => {
    const { person, session } = await closeWhileSaving(({ resolve }) =>
      resolve({ ...server, name: 'web-2' }),
    );
    assert.deepEqual([person.warnings, session.servers.get(ref.serverId)?.name], [[], 'web-2']);
  });

  it('reports a failure with the name of the server', async () => {
    const refused = new AppError('invalid', '400', {
      status: 400,
      fields: { name: ['Taken already.'] },
    });
    assert.deepEqual((await closeWhileSaving(({ reject }) => reject(refused))).person.warnings, [
      '"web-server-01": Taken already.',
    ]);
    const lostReply = new AppError('timeout', 'No answer');
    const lost = await closeWhileSaving(({ reject }) => reject(lostReply));
    const outcome = { kind: 'unclear', error: lostReply, seen: server } as const;
    const { text } = describeOutcome(outcome, 'rename', server.name);
    assert.deepEqual(lost.person.warnings, [`"web-server-01": ${text}`]);
  });
});

describe('DetailsPanel: server cannot be loaded', () => {
  it('shows when its data was updated', async () => {
    const { session, details, clock } = await world({
      getServer: () => Promise.reject(new AppError('network', 'cut')),
    });
    const loadedAt = session.servers.load.loadedAt ?? 0;
    await clock.advance(3_600_000);
    details.open(ref);
    lastPanel().post({ type: 'ready' });
    await clock.advance(0);
    assert.match(
      String(lastPanel().state.notice),
      new RegExp(`Last updated at ${formatTime(loadedAt)}\\.$`, 'u'),
    );
  });
});

describe('DetailsPanels.restore', () => {
  const ofLocked = { ref: { ...ref, accountId: 'locked' } };

  it('closes the panel if its account was signed out', async () => {
    const { details } = await world();
    const panel = new FakePanel('web-server-01');
    details.restore(panel as unknown as WebviewPanel, ofLocked);
    assert.equal(panel.isDisposed, true);
  });

  it('closes the panel if all accounts were signed out', async () => {
    const { details, accountStore } = await world();
    for (const { id } of accounts) {
      await accountStore.remove(id);
    }
    const panel = new FakePanel('web-server-01');
    details.restore(panel as unknown as WebviewPanel, ofLocked);
    assert.equal(panel.isDisposed, true);
  });

  it('keeps the panel while the secret storage is locked', async () => {
    const { details, accountStore } = await world();
    for (const { id } of accounts) {
      await accountStore.remove(id);
    }
    Object.defineProperty(accountStore, 'isLoaded', { value: false });
    const panel = new FakePanel('web-server-01');
    details.restore(panel as unknown as WebviewPanel, ofLocked);
    panel.post({ type: 'ready' });
    assert.match(String(panel.state.gone), /not signed in/u);
  });
});

describe('SettingsSaver', () => {
  it('sends all settings, and records those that change', async () => {
    const made = await world({ getServer: () => Promise.resolve(server) });
    const replaced: unknown[][] = [];
    const actions = {
      replace: (...args: unknown[]) => {
        replaced.push(args);
        return Promise.resolve({ kind: 'done', server });
      },
    } as unknown as ServerActions;
    const saver = new SettingsSaver({ ...made, actions, messages: made.person });
    await saver.save(ref, { type: 'save', values: { ...basis, name: 'web-mine' }, basis });
    assert.deepEqual(replaced, [[ref, { ...basis, name: 'web-mine' }, { name: 'web-mine' }]]);
  });
});

describe('SettingsSaver: conflicts', () => {
  const mine = { ...basis, name: 'web-mine' };

  async function save(
    laterChanges: readonly Partial<Server>[],
    theirs: Partial<Server> = { name: 'web-theirs' },
  ) {
    let now: Server = { ...server, ...theirs };
    let sent: unknown;
    const changes = [...laterChanges];
    const made = await world({
      getServer: () => Promise.resolve(now),
      replaceServer: (_id, settings) => {
        sent = settings;
        return Promise.resolve({ ...now, ...settings });
      },
    });
    made.person.answer = () => {
      now = { ...now, ...changes.shift() };
      return Promise.resolve(made.person.asked.length < 3);
    };
    const answer = await made.saver.save(ref, { type: 'save', values: mine, basis });
    const puts = made.calls.filter(({ method }) => method === 'replaceServer').length;
    return {
      answer: answer.type,
      puts,
      sent,
      asked: made.person.asked.map(({ detail }) => detail),
    };
  }
  const first = 'Name: now "web-theirs", yours "web-mine"';

  it('asks once if nothing changes meanwhile', async () => {
    assert.deepEqual(await save([]), {
      answer: 'saved',
      puts: 1,
      asked: [first],
      sent: mine,
    });
  });

  it('asks again about an edited setting that changes meanwhile, and nothing else', async () => {
    assert.deepEqual(await save([{ name: 'theirs-2', hostname: 'theirs.example.com' }]), {
      answer: 'saved',
      puts: 1,
      asked: [first, 'Name: now "theirs-2", yours "web-mine"'],
      sent: { ...mine, hostname: 'theirs.example.com' },
    });
  });

  it('saves settings that were not edited as they are now, without a question', async () => {
    assert.deepEqual(
      await save([], { name: server.name, hostname: 'theirs.example.com', backupsEnabled: false }),
      {
        answer: 'saved',
        puts: 1,
        asked: [],
        sent: { ...mine, hostname: 'theirs.example.com', backupsEnabled: false },
      },
    );
  });

  it('accepts no every time', async () => {
    const { answer, puts, asked } = await save([{ name: 'theirs-2' }, { name: 'theirs-3' }]);
    assert.deepEqual([answer, puts, asked.length], ['notSaved', 0, 3]);
  });
});
