import assert from 'node:assert/strict';
import type { ExtensionContext } from 'vscode';
import { emptyCreateValues } from '../../../src/core/createFields.ts';
import { DraftStore } from '../../../src/webviews/create/drafts.ts';
import { SettingsDraftStore } from '../../../src/webviews/details/draftStore.ts';
import { forgetWithAccounts } from '../../../src/forgetWithAccounts.ts';
import type { Log } from '../../../src/host/log.ts';
import { forgetInput, hasSettingsDrafts, sshKeyIdsKey } from '../../../src/webviews/storedInput.ts';
import { UsedIds } from '../../../src/webviews/create/usedIds.ts';
import { aChangedServers, anAccount, anotherAccount } from '../../support/builders.ts';
import { settle } from '../../support/fakeClock.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';
import { signedIn } from '../../support/world.ts';

const failOnWarning = (text: string): never => assert.fail(text);

describe('DraftStore', () => {
  const draft = {
    formId: 'f',
    initial: emptyCreateValues('account-1'),
    values: { ...emptyCreateValues('account-1'), name: 'web' },
  };

  it('continues with a warning when nothing can be written', async () => {
    const warnings: string[] = [];
    const broken = { get: () => undefined, update: () => Promise.reject(new Error('disk full')) };
    const warn = (text: string): number => warnings.push(text);
    await new DraftStore(broken, warn).setDraft(undefined);
    await new UsedIds(broken, warn).addSshKeyId('account', '7');
    assert.equal(warnings.length, 2);
    assert.match(warnings.join(), /disk full/u);
  });

  it('persists the draft until it is deleted', async () => {
    const workspace = new MemoryMemento();
    const memory = new DraftStore(workspace, failOnWarning);
    assert.equal(memory.draft, undefined);
    await memory.setDraft(draft);
    assert.deepEqual(new DraftStore(workspace, failOnWarning).draft, draft);
    await memory.setDraft(undefined);
    assert.equal(memory.draft, undefined);
  });

  it('ignores a draft that cannot be read', () => {
    for (const stored of [3, {}, { ...draft, values: { name: 'web' } }, { ...draft, formId: '' }]) {
      assert.equal(
        new DraftStore(new MemoryMemento({ 'vpsOrg.createDraft': stored }), failOnWarning).draft,
        undefined,
      );
    }
  });

  it('removes what belongs to other accounts', async () => {
    const [workspace, global] = [new MemoryMemento(), new MemoryMemento()];
    const memory = new DraftStore(workspace, failOnWarning);
    const used = new UsedIds(global, failOnWarning);
    await memory.setDraft(draft);
    for (const account of ['account-1', 'account-2']) {
      await used.addSshKeyId(account, '1');
      await used.addSystem(account, { id: '5', name: 'Debian 12' });
    }
    await forgetInput(workspace, global, ['account-2']);
    assert.equal(memory.draft, undefined);
    assert.deepEqual([used.sshKeyIds('account-1'), used.sshKeyIds('account-2')], [[], ['1']]);
    assert.deepEqual([used.systems('account-1').length, used.systems('account-2').length], [0, 1]);
  });
});

describe('hasSettingsDrafts', () => {
  it('counts unsaved settings of the account that were not saved or discarded since', async () => {
    const workspace = new MemoryMemento();
    const drafts = new SettingsDraftStore(workspace, failOnWarning);
    const ref = { accountId: 'account-1', serverId: '1' };
    assert.equal(hasSettingsDrafts(workspace, 'account-1'), false);
    const values = { name: 'web', hostname: '', backupsEnabled: true };
    await drafts.set(ref, { values, basis: { ...values, name: 'web-2' } });
    assert.equal(hasSettingsDrafts(workspace, 'account-1'), true);
    assert.equal(hasSettingsDrafts(workspace, 'account-2'), false);
    await drafts.set(ref, undefined);
    assert.equal(hasSettingsDrafts(workspace, 'account-1'), false);
  });
});

describe('forgetWithAccounts', () => {
  async function world() {
    const made = await signedIn({}, [anAccount(), anotherAccount()]);
    const stored = { 'account-1': ['1'], 'account-2': ['2'] };
    const memento = new MemoryMemento({ [sshKeyIdsKey]: stored });
    const globalState = Object.assign(memento, { keys: () => [sshKeyIdsKey] });
    const workspaceState = Object.assign(new MemoryMemento(), { keys: () => [] });
    const context = { globalState, workspaceState } as unknown as ExtensionContext;
    const log = { error: failOnWarning } as unknown as Log;
    const changedServers = aChangedServers();
    changedServers.add({ accountId: 'account-1', serverId: '1' });
    changedServers.add({ accountId: 'account-2', serverId: '2' });
    forgetWithAccounts(context, made.sessions, changedServers, log);
    const marked = (): readonly boolean[] =>
      ['1', '2'].map((id) => changedServers.has({ accountId: `account-${id}`, serverId: id }));
    return { ...made, stored, marked, ids: () => memento.get(sshKeyIdsKey) };
  }

  it('deletes what belongs to an account that signs out', async () => {
    const { accountStore, ids, stored, marked } = await world();
    await accountStore.remove('account-1');
    await settle();
    assert.deepEqual(ids(), { 'account-2': stored['account-2'] });
    assert.deepEqual(marked(), [false, true]);
  });

  it('deletes nothing while the window closes', async () => {
    const { accountStore, sessions, ids, stored } = await world();
    const removed = accountStore.remove('account-1');
    sessions.onDidChangeAccounts(() => sessions.dispose());
    await removed;
    await settle();
    assert.deepEqual(ids(), stored);
  });
});

describe('UsedIds', () => {
  it('ignores what cannot be read', () => {
    const used = new UsedIds(
      new MemoryMemento({
        'vpsOrg.sshKeyIds': { 'account-1': ['7', 8, '', 'a b', 'x'.repeat(201)], 'account-2': 7 },
        'vpsOrg.operatingSystems': { 'account-1': [{ id: '5' }, { id: '3', name: 'Debian 12' }] },
      }),
      failOnWarning,
    );
    assert.deepEqual(used.sshKeyIds('account-1'), ['7']);
    assert.deepEqual(used.sshKeyIds('account-2'), []);
    assert.deepEqual(used.systems('account-1'), [{ id: '3', name: 'Debian 12' }]);
    assert.deepEqual(used.systems('constructor'), []);
  });

  it('keeps the last ten distinct ids of each account, newest first', async () => {
    const memory = new UsedIds(new MemoryMemento(), failOnWarning);
    for (let id = 1; id <= 12; id++) {
      await memory.addSshKeyId('account-1', String(id));
    }
    await memory.addSshKeyId('account-1', '5');
    assert.deepEqual(memory.sshKeyIds('account-1'), [
      '5',
      '12',
      '11',
      '10',
      '9',
      '8',
      '7',
      '6',
      '4',
      '3',
    ]);
    assert.deepEqual(memory.sshKeyIds('account-2'), []);
  });
});
