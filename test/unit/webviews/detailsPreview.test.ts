import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { WebviewPanel } from 'vscode';
import type { ServerRef } from '../../../src/core/refs.ts';
import type { Log } from '../../../src/host/log.ts';
import type { MessageButton, Question } from '../../../src/host/messages.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import { forgetInput } from '../../../src/webviews/storedInput.ts';
import {
  aChangedServers,
  aList,
  anAccount,
  aSampleAccount,
  aServer,
} from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { FakePanel, openedPanels } from '../../support/vscodeStub.ts';
import { signedIn } from '../../support/world.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { Messages } = await import('../../../src/host/messages.ts');
const { SettingsDraftStore } = await import('../../../src/webviews/details/draftStore.ts');
const { DetailsPanels } = await import('../../../src/webviews/details/panels.ts');
const { SettingsSaver } = await import('../../../src/webviews/details/settingsSaver.ts');
const { PanelVisibility } = await import('../../../src/webviews/panelVisibility.ts');

const first = { accountId: 'account-1', serverId: '12345' };
const second = { accountId: 'account-1', serverId: '12346' };
const server = aServer({ backupsEnabled: true });

/** Records notifications and questions. */
class Heard extends Messages {
  readonly infos: { readonly text: string; readonly buttons: readonly MessageButton[] }[] = [];
  readonly asked: string[] = [];
  isConfirming = false;

  override confirm({ message }: Question): Promise<boolean> {
    this.asked.push(message);
    return Promise.resolve(this.isConfirming);
  }

  override info(text: string, ...buttons: readonly MessageButton[]): void {
    this.infos.push({ text, buttons });
  }
}

async function panelWorld() {
  const made = await signedIn(
    {
      listServers: () => Promise.resolve(aList(server, aServer({ id: '12346', name: 'db-1' }))),
      getServer: (id) => Promise.resolve({ ...server, id }),
      replaceServer: (_id, settings) => Promise.resolve({ ...server, ...settings }),
    },
    [anAccount(), aSampleAccount()],
  );
  await made.session.refresh();
  const { sessions, actions, clock, marks } = made;
  const messages = new Heard();
  const fail = (text: string): never => assert.fail(text);
  const activated: ServerRef[] = [];
  const previewing: boolean[] = [];
  const memory = new MemoryMemento();
  const drafts = new SettingsDraftStore(memory, fail);
  const details = new DetailsPanels({
    extensionUri: 'extension' as never,
    sessions,
    actions,
    changedServers: aChangedServers(),
    clock,
    messages,
    log: { warn: fail, error: fail } as unknown as Log,
    visibility: new PanelVisibility(),
    saver: new SettingsSaver({ sessions, actions, messages }),
    drafts,
    planCatalog: new PlanCatalog(clock),
    marks,
    profiles: { targetOf: () => 'noAddress', onDidChange: () => ({ dispose: () => undefined }) },
    onDidActivate: (ref) => activated.push(ref),
    setPreviewing: (isPreviewing) => previewing.push(isPreviewing),
  });
  return { ...made, messages, details, drafts, memory, activated, previewing };
}

function lastPanel(): FakePanel {
  const panel = openedPanels.at(-1);
  assert.ok(panel);
  return panel;
}

const rowClick = { keepsFocus: true, isPreview: true };
const basis = { name: 'web-server-01', hostname: 'web01.example.com', backupsEnabled: true };
const draft = { values: { ...basis, name: 'web-2' }, basis };

describe('DetailsPanels: previews', () => {
  async function preview() {
    const made = await panelWorld();
    made.details.open(first, rowClick);
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    return { ...made, panel };
  }

  it('closes the preview when another server is previewed', async () => {
    const { details, panel } = await preview();
    details.open(second, rowClick);
    assert.equal(panel.isDisposed, true);
    assert.notEqual(lastPanel(), panel);
  });

  it('keeps the preview after a double click', async () => {
    const { details, panel, clock, previewing } = await preview();
    await clock.advance(400);
    details.open(first, rowClick);
    assert.equal(previewing.at(-1), false);
    details.open(second, rowClick);
    assert.equal(panel.isDisposed, false);
  });

  it('moves the focus to a visible panel only by a double click', async () => {
    const { details, panel, clock } = await preview();
    await clock.advance(700);
    details.open(first, rowClick);
    assert.deepEqual(panel.revealedQuietly, [true]);
    await clock.advance(400);
    details.open(first, rowClick);
    assert.deepEqual(panel.revealedQuietly, [true, false]);
  });

  it('does not take two slow clicks for a double click', async () => {
    const { details, panel, clock, previewing } = await preview();
    await clock.advance(700);
    details.open(first, rowClick);
    assert.equal(previewing.at(-1), true);
    details.open(second, rowClick);
    assert.equal(panel.isDisposed, true);
  });

  it('keeps the preview by Show Details, by Keep Open and by an edit', async () => {
    for (const keep of [
      ({ details }) => details.open(first),
      ({ details }) => details.keepActive(),
      ({ panel }) => panel.post({ type: 'edited', draft }),
    ] satisfies ((made: Awaited<ReturnType<typeof preview>>) => void)[]) {
      const made = await preview();
      assert.equal(made.panel.stateMessage.isPreview, true);
      keep(made);
      await settle();
      assert.equal(made.panel.stateMessage.isPreview, false);
      made.details.open(second, rowClick);
      assert.equal(made.panel.isDisposed, false);
    }
  });

  it('opens a kept panel without a row', async () => {
    const { details, previewing } = await panelWorld();
    details.open(first);
    const panel = lastPanel();
    details.open(second, rowClick);
    assert.deepEqual([panel.isDisposed, previewing[0]], [false, false]);
  });

  it('restores one preview, and keeps further ones', async () => {
    const { details, panel } = await preview();
    panel.dispose();
    const [restored, other] = [new FakePanel('a'), new FakePanel('b')];
    details.restore(restored as unknown as WebviewPanel, { ref: first, isPreview: true });
    details.restore(other as unknown as WebviewPanel, { ref: second, isPreview: true });
    for (const each of [restored, other]) {
      each.post({ type: 'ready' });
    }
    await settle();
    assert.deepEqual(
      [restored, other].map(({ stateMessage }) => stateMessage.isPreview),
      [true, false],
    );
  });
});

describe('DetailsPanels: the active panel', () => {
  /** Two kept panels behind another editor. */
  async function twoTabs() {
    const made = await panelWorld();
    const [a, b] = [first, second].map((ref) => {
      made.details.open(ref);
      const panel = lastPanel();
      panel.setActive(false);
      return panel;
    });
    assert.ok(a && b);
    made.activated.length = 0;
    return { ...made, a, b };
  }

  it('is reported, but not after a click on its row', async () => {
    const { details, activated } = await panelWorld();
    details.open(first, rowClick);
    const panel = lastPanel();
    assert.deepEqual(activated, []);
    panel.setActive(false);
    details.open(second);
    assert.deepEqual(activated, [second]);
    lastPanel().setActive(false);
    panel.setActive(true);
    assert.deepEqual(activated, [second, first]);
  });

  it('is reported for a tab that is chosen right after a click on another row', async () => {
    const { details, activated } = await panelWorld();
    details.open(first);
    const kept = lastPanel();
    kept.setActive(false);
    details.open(second, rowClick);
    lastPanel().setActive(false);
    kept.setActive(true);
    assert.deepEqual(activated, [first, first]);
  });

  it('is not reported late, when another row was clicked meanwhile', async () => {
    const { details, activated, a, b } = await twoTabs();
    details.open(first, rowClick);
    details.open(second, rowClick);
    a.setActive(true);
    a.setActive(false);
    b.setActive(true);
    assert.deepEqual(activated, []);
  });

  it('is reported after a click on its row, where the news of another tab comes in between', async () => {
    const { details, activated, a, b } = await twoTabs();
    details.open(first, rowClick);
    b.setActive(true);
    b.setActive(false);
    a.setActive(true);
    assert.deepEqual(activated, [second, first]);
  });
});

describe('DetailsPanels: unsaved settings', () => {
  async function closeUnsaved() {
    const made = await panelWorld();
    made.details.open(first);
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    panel.post({ type: 'edited', draft });
    await settle();
    panel.dispose();
    return made;
  }

  it('come back when the tab is opened again', async () => {
    const { messages } = await closeUnsaved();
    const [message] = messages.infos;
    assert.equal(message?.text, 'The settings of "web-server-01" have unsaved changes.');
    message.buttons.find(({ title }) => title === 'Reopen')?.run();
    lastPanel().post({ type: 'ready' });
    await settle();
    assert.deepEqual(lastPanel().stateMessage.draft, draft);
  });

  it('are forgotten when they are discarded', async () => {
    const { messages, drafts } = await closeUnsaved();
    await messages.infos[0]?.buttons.find(({ title }) => title === 'Discard Changes')?.run();
    assert.equal(drafts.get(first), undefined);
  });

  it('are reset in the tab that was opened again, also while it is hidden', async () => {
    const { messages, details, drafts } = await closeUnsaved();
    details.open(first, rowClick);
    const panel = lastPanel();
    panel.post({ type: 'ready' });
    await settle();
    assert.deepEqual([panel.stateMessage.draft, panel.stateMessage.isDiscarding], [draft, false]);
    await messages.infos[0]?.buttons.find(({ title }) => title === 'Discard Changes')?.run();
    const reset = () => [panel.stateMessage.draft, panel.stateMessage.isDiscarding];
    assert.deepEqual(reset(), [undefined, true]);
    // VS Code creates a hidden page again when it is shown.
    panel.post({ type: 'ready' });
    await settle();
    assert.deepEqual(reset(), [undefined, true]);
    panel.post({ type: 'edited' });
    panel.post({ type: 'ready' });
    await settle();
    assert.deepEqual(reset(), [undefined, false]);
    assert.equal(drafts.get(first), undefined);
  });

  it('are discarded only after a question where they were edited since the message', async () => {
    const { messages, details, drafts } = await closeUnsaved();
    const discard = messages.infos[0]?.buttons.find(({ title }) => title === 'Discard Changes');
    details.open(first, rowClick);
    lastPanel().post({ type: 'ready' });
    await settle();
    const further = { ...draft, values: { ...draft.values, name: 'further' } };
    lastPanel().post({ type: 'edited', draft: further });
    await settle();
    await discard?.run();
    assert.deepEqual(messages.asked, ['Discard the unsaved settings of "web-server-01"?']);
    assert.deepEqual(drafts.get(first), further);
    assert.equal(lastPanel().stateMessage.isDiscarding, false);
    messages.isConfirming = true;
    await discard?.run();
    assert.equal(drafts.get(first), undefined);
    assert.equal(lastPanel().stateMessage.isDiscarding, true);
  });

  it('are forgotten when they are saved', async () => {
    const { details, drafts } = await panelWorld();
    details.open(first);
    lastPanel().post({ type: 'ready' });
    await settle();
    lastPanel().post({ type: 'edited', draft });
    await settle();
    assert.deepEqual(drafts.get(first), draft);
    lastPanel().post({ type: 'save', ...draft });
    await settle();
    assert.equal(drafts.get(first), undefined);
  });

  it('are forgotten when the account is signed out', async () => {
    const { memory, drafts } = await closeUnsaved();
    await forgetInput(memory, new MemoryMemento(), ['account-1']);
    assert.deepEqual(drafts.get(first), draft);
    await forgetInput(memory, new MemoryMemento(), ['sample']);
    assert.equal(drafts.get(first), undefined);
  });
});
