import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

describe('Details view', () => {
  const account = useAccount();
  const puts = (): readonly string[] =>
    account.changes().filter((change) => change.startsWith('PUT'));

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  // A failed test must not affect the next one.
  beforeEach('close an open pick, and restore the name of the server', async () => {
    const { window, tree, sandbox } = account;
    await window.quickPick.cancel();
    if (sandbox.world.get(12345)?.name === 'web-server-01') return;
    sandbox.world.update(12345, { name: 'web-server-01' });
    await window.viewAction('Refresh');
    await tree.row('web-server-01').waitFor();
  });

  async function panel(title: string): Promise<Frame> {
    const frame = await account.window.webviewFrame(title);
    await frame.getByRole('heading', { level: 1, name: title }).waitFor();
    return frame;
  }

  /** The tab that most tests use, opened where a failed test closed it. */
  async function webServerPanel(): Promise<Frame> {
    const { window, tree } = account;
    const tab = window.editorTab('web-server-01');
    if ((await tab.count()) === 0) await tree.click('web-server-01', { clickCount: 2 });
    await tab.click();
    return await panel('web-server-01');
  }

  it('opens on click, with facts, usage and the allowed actions', async () => {
    const { window, tree } = account;
    await tree.click('web-server-01');
    const frame = await panel('web-server-01');
    for (const fact of [
      '203.0.113.10',
      '2001:0db8::1',
      'web01.example.com',
      'Ubuntu 22.04 LTS',
      '12345',
    ]) {
      await frame.getByText(fact, { exact: true }).first().waitFor();
    }
    for (const meter of ['CPU', 'Memory', 'Disk', 'Bandwidth']) {
      await frame.getByRole('meter', { name: meter }).waitFor();
    }
    assert.equal(await frame.getByRole('button', { name: 'Start' }).isDisabled(), true);
    assert.equal(await frame.getByRole('button', { name: 'Stop...' }).isDisabled(), false);
    await window.screenshot('details');
  });

  it('leaves the focus in the tree on a click and takes it on a double click', async () => {
    const { window, tree } = account;
    await tree.focused.waitFor();
    await tree.click('web-server-01', { clickCount: 2 });
    await window.waitForWebviewFocus();
  });

  it('previews servers in one tab until it is kept, and selects the row of the active tab', async () => {
    const { window, tree } = account;
    await tree.click('cache-01');
    await panel('cache-01');
    await tree.click('db-server-01');
    await panel('db-server-01');
    await window.editorTab('cache-01').waitFor({ state: 'hidden' });
    await window.palette('VPS.org: Keep Open');
    await tree.click('cache-01');
    await panel('cache-01');
    await window.editorTab('db-server-01').click();
    await tree.row('db-server-01').and(window.page.locator('[aria-selected="true"]')).waitFor();
    await window.screenshot('details-tabs');
  });

  it('previews with Space, and opens and moves there with Enter', async () => {
    const { window, tree } = account;
    await tree.focusRow('api-eu-01');
    await tree.press('Space');
    await panel('api-eu-01');
    await tree.focused.waitFor();
    await tree.focusRow('cache-01');
    await tree.press('Enter');
    await panel('cache-01');
    await window.waitForWebviewFocus();
    await tree.focusRow('api-eu-01');
    await tree.press('Space');
    await panel('api-eu-01');
    await window.editorTab('cache-01').waitFor();
    // On a group, Enter folds and unfolds as in every tree.
    await tree.focusRow('us-west');
    await tree.press('Enter');
    await tree.row('web-server-01').waitFor({ state: 'hidden' });
    await tree.press('Enter');
    await tree.row('web-server-01').waitFor();
    await window.editorTab('db-server-01').click();
  });

  it('brings unsaved settings back after the tab was closed', async () => {
    const { window } = account;
    const frame = await panel('db-server-01');
    await frame.getByLabel('Hostname', { exact: true }).fill('half.typed.exam');
    await frame.getByRole('button', { name: 'Discard Changes' }).waitFor();
    await window.palette('View: Close Editor');
    await (
      await window.notification('The settings of "db-server-01" have unsaved changes.')
    ).press('Reopen');
    const again = await panel('db-server-01');
    await again.getByText('Your unsaved changes were restored.').waitFor();
    const field = again.getByLabel('Hostname', { exact: true });
    assert.equal(await field.inputValue(), 'half.typed.exam');
    await again.getByRole('button', { name: 'Discard Changes' }).click();
    await window.palette('View: Close Editor');
  });

  it('resets the form when its changes are discarded after the tab was opened again', async () => {
    const { window, tree } = account;
    await tree.click('db-server-01');
    const frame = await panel('db-server-01');
    await frame.getByLabel('Hostname', { exact: true }).fill('half.typed.exam');
    await frame.getByRole('button', { name: 'Discard Changes' }).waitFor();
    await window.palette('View: Close Editor');
    const message = await window.notification('The settings of "db-server-01" have unsaved');
    await tree.click('db-server-01');
    const again = await panel('db-server-01');
    await again.getByText('Your unsaved changes were restored.').waitFor();
    await message.press('Discard Changes');
    await again.getByText('Changes discarded.').waitFor();
    const hostname = again.getByLabel('Hostname', { exact: true });
    assert.equal(await hostname.inputValue(), 'db01.example.com');
    await window.palette('View: Close Editor');
  });

  it('opens one tab per server', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Show Server Details');
    await window.quickPick.pick('web-server-01');
    await window.waitForWebviewFocus();
    await tree.contextMenu('web-server-01', 'Show Server Details');
    await panel('web-server-01');
    assert.equal(await window.editorTab('web-server-01').count(), 1);
  });

  it('copies a fact', async () => {
    const frame = await webServerPanel();
    await frame.getByRole('button', { name: 'Copy IPv4 address' }).click();
    await waitUntil(
      async () => (await account.window.clipboard()) === '203.0.113.10',
      'the address in the clipboard',
    );
  });

  it('stops the server after the usual confirmation, and updates its status', async () => {
    const { window, tree } = account;
    const frame = await webServerPanel();
    await frame.getByRole('button', { name: 'Stop...' }).click();
    await (await window.dialog('Stop "web-server-01"?')).press('Stop');
    await tree.row('web-server-01, stopping').waitFor();
    await tree.row('web-server-01, stopped').waitFor();
    await frame.getByRole('button', { name: 'Start', disabled: false }).waitFor();
    await frame.getByText('so it uses no CPU and memory').waitFor();
    await window.screenshot('details-stopped');
    assert.equal(
      account.changes().filter((change) => change === 'POST /servers/12345/stop/').length,
      1,
    );
    await frame.getByRole('button', { name: 'Start' }).click();
    await tree.row('web-server-01, active').waitFor();
  });

  it('saves all three settings by PUT and validates in place', async () => {
    const { tree, sandbox } = account;
    const frame = await webServerPanel();
    await frame.getByLabel('Name', { exact: true }).fill('not a name');
    await frame.getByText('Use only letters, digits and hyphens.').waitFor();
    await frame.getByLabel('Name', { exact: true }).fill('web-server-02');
    await frame.getByLabel('Hostname', { exact: true }).fill('web02.example.com');
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    await tree.row('web-server-02').waitFor();
    assert.deepEqual(sandbox.requests.findLast(({ method }) => method === 'PUT')?.body, {
      name: 'web-server-02',
      hostname: 'web02.example.com',
      backups_enabled: sandbox.world.get(12345)?.backups_enabled,
    });
    await (await panel('web-server-02')).getByText('Changes saved.').waitFor();
  });

  it('shows API errors beside the field', async () => {
    const { sandbox } = account;
    const frame = await webServerPanel();
    const field = frame.getByLabel('Hostname', { exact: true });
    const before = await field.inputValue();
    sandbox.faults.add({
      match: { method: 'PUT' },
      fault: { kind: 'status', status: 400, body: { hostname: ['This hostname is taken.'] } },
    });
    await field.fill('taken.example.com');
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    await frame.getByText('This hostname is taken.').first().waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await field.inputValue(), 'taken.example.com');
    await frame.getByRole('button', { name: 'Discard Changes' }).click();
    await waitUntil(async () => (await field.inputValue()) === before, 'the field to be as it was');
  });

  it('asks before overwriting changes made elsewhere', async () => {
    const { window, sandbox } = account;
    const frame = await webServerPanel();
    const before = puts().length;
    await frame.getByLabel('Name', { exact: true }).fill('mine');
    sandbox.world.update(12345, { name: 'theirs' });
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    const question = await window.dialog('changed elsewhere since you started editing. Overwrite?');
    assert.match(await question.text(), /theirs/u);
    await question.press('Cancel');
    assert.equal(puts().length, before);
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    await (await window.dialog('Overwrite?')).press('Overwrite');
    await account.tree.row('mine').waitFor();
    assert.equal(puts().length, before + 1);
  });

  it('keeps changes made elsewhere to settings that were not edited, without a question', async () => {
    const { sandbox, tree } = account;
    const frame = await webServerPanel();
    await frame.getByLabel('Name', { exact: true }).fill('mine-too');
    sandbox.world.update(12345, { hostname: 'theirs.example.com' });
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    await tree.row('mine-too').waitFor();
    assert.equal(sandbox.world.get(12345)?.hostname, 'theirs.example.com');
    const hostname = frame.getByLabel('Hostname', { exact: true });
    await waitUntil(
      async () => (await hostname.inputValue()) === 'theirs.example.com',
      'the hostname of the other change in the form',
    );
  });

  it('shows changes from another window at once', async () => {
    const { workbench } = account;
    const second = await workbench.openWindow();
    await second.openView('VPS.org');
    const tree = second.tree('Servers');
    await tree.contextMenu('web-server-01', 'Rename Server...');
    await second.inputBox.waitFor('Rename "web-server-01"');
    await second.inputBox.fill('renamed-elsewhere');
    await second.inputBox.accept();
    await tree.row('renamed-elsewhere').waitFor();
    await workbench.closeOtherWindows();
    await panel('renamed-elsewhere');
  });

  it('keeps the input while hidden', async () => {
    const { window, tree } = account;
    const frame = await webServerPanel();
    await frame.getByLabel('Hostname', { exact: true }).fill('half.typed.exam');
    await tree.click('db-server-01');
    await (
      await window.webviewFrame('db-server-01')
    )
      .getByRole('heading', { level: 1, name: 'db-server-01' })
      .waitFor();
    await window.editorTab('web-server-01').click();
    const again = await panel('web-server-01');
    assert.equal(
      await again.getByLabel('Hostname', { exact: true }).inputValue(),
      'half.typed.exam',
    );
  });

  it('restores the tab and the input after a reload', async () => {
    const { window } = account;
    await window.reload();
    await window.editorTab('web-server-01').click();
    const frame = await panel('web-server-01');
    await frame.getByRole('meter', { name: 'CPU' }).waitFor();
    assert.equal(
      await frame.getByLabel('Hostname', { exact: true }).inputValue(),
      'half.typed.exam',
    );
  });

  it('shows hostile names as plain text', async () => {
    const { window, tree, sandbox } = account;
    const name = '<img src=x onerror=alert(1)> $(trash)';
    sandbox.world.add({ name, location: 'us-west', status: 'active' });
    await window.openView('VPS.org');
    await window.viewAction('Refresh');
    await tree.click(/^<img/u);
    const frame = await panel(name);
    assert.equal(await frame.locator('img').count(), 0);
  });

  it('disables everything when the server was deleted elsewhere', async () => {
    const { window, tree, sandbox } = account;
    await tree.click('db-server-01');
    const frame = await panel('db-server-01');
    sandbox.world.remove(12346);
    await window.viewAction('Refresh');
    await frame.getByRole('alert').getByText('This server was deleted.').waitFor();
    await window.editorTab('db-server-01 (deleted)').waitFor();
    await window.screenshot('details-deleted');
    for (const button of ['Start', 'Stop...', 'Reboot...', 'Delete...', 'Save Changes']) {
      assert.equal(await frame.getByRole('button', { name: button }).isDisabled(), true, button);
    }
  });

  it('sends no requests while hidden', async () => {
    const { window, tree, sandbox } = account;
    await tree.click('api-eu-01');
    await panel('api-eu-01');
    await tree.contextMenu('cache-01', 'Show as JSON');
    await window.editorTab('cache-01.json').waitFor();
    const id = String(sandbox.world.servers.find(({ name }) => name === 'api-eu-01')?.id);
    const fetches = (): number =>
      sandbox.requests.filter(({ path }) => path === `/servers/${id}/`).length;
    const lists = (): number => sandbox.requests.filter(({ path }) => path === '/servers/').length;
    const refreshes = async (count: number): Promise<void> => {
      const enough = lists() + count;
      await waitUntil(() => Promise.resolve(lists() >= enough), `${count} refreshes of the list`);
    };
    // What the panel requested before it was hidden has arrived by then.
    await refreshes(1);
    const before = fetches();
    // These take 20 seconds, in which a visible panel would have fetched the server.
    await refreshes(2);
    assert.equal(fetches(), before);
  });
});
