import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const settling = { timeout: 30_000 };

describe('the details of a server', () => {
  const account = useAccount();
  const puts = (): readonly string[] => account.changes().filter((change) => change.startsWith('PUT'));

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  // Whatever became of the name in the test before: one that fails takes no other along.
  beforeEach('call the server by its first name', async () => {
    const { window, tree, sandbox } = account;
    if (sandbox.world.get(12345)?.name === 'web-server-01') return;
    sandbox.world.rename(12345, 'web-server-01');
    await window.viewAction('Refresh');
    await tree.row('web-server-01').waitFor();
  });

  async function panel(title = 'web-server-01'): Promise<Frame> {
    const frame = await account.window.webviewFrame(title);
    await frame.getByRole('heading', { level: 1, name: title }).waitFor();
    return frame;
  }

  it('open with a click, with facts, usage and only the actions that make sense', async () => {
    const { window, tree } = account;
    await tree.click('web-server-01');
    const frame = await panel();
    for (const fact of ['203.0.113.10', '2001:0db8::1', 'web01.example.com', 'Ubuntu 22.04 LTS', '12345']) {
      await frame.getByText(fact, { exact: true }).first().waitFor();
    }
    for (const meter of ['CPU', 'Memory', 'Disk', 'Bandwidth']) {
      await frame.getByRole('meter', { name: meter }).waitFor();
    }
    assert.equal(await frame.getByRole('button', { name: 'Start' }).isDisabled(), true);
    assert.equal(await frame.getByRole('button', { name: 'Stop...' }).isDisabled(), false);
    await window.screenshot('details');
  });

  it('leave the keyboard in the tree for one click, and take it for a second', async () => {
    const { window, tree } = account;
    await tree.focused.waitFor();
    await tree.click('web-server-01');
    await window.waitForWebviewFocus();
  });

  it('open once: a second and a third request show the same tab', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Show Details');
    await window.quickPick.pick('web-server-01');
    await window.waitForWebviewFocus();
    await tree.contextMenu('web-server-01', 'Show Details');
    await panel();
    assert.equal(await window.editorTab('web-server-01').count(), 1);
  });

  it('copy what they show', async () => {
    const frame = await panel();
    await frame.getByRole('button', { name: 'Copy IPv4 address' }).click();
    await waitUntil(async () => (await account.window.clipboard()) === '203.0.113.10', 'the address in the clipboard');
  });

  it('stop the server by the same question as everywhere, and follow it live', async () => {
    const { window, tree } = account;
    const frame = await panel();
    await frame.getByRole('button', { name: 'Stop...' }).click();
    await (await window.dialog('Stop "web-server-01"?')).press('Stop');
    await tree.row('web-server-01, stopping').waitFor();
    await tree.row('web-server-01, stopped').waitFor(settling);
    await frame.getByRole('button', { name: 'Start', disabled: false }).waitFor();
    assert.equal(account.changes().filter((change) => change === 'POST /servers/12345/stop/').length, 1);
    await frame.getByRole('button', { name: 'Start' }).click();
    await tree.row('web-server-01, active').waitFor(settling);
  });

  it('save all three settings by PUT, and complain in place', async () => {
    const { tree, sandbox } = account;
    const frame = await panel();
    await frame.getByLabel('Name', { exact: true }).fill('not a name');
    await frame.getByText('A name has letters, digits and hyphens only.').waitFor();
    await frame.getByLabel('Name', { exact: true }).fill('web-server-02');
    await frame.getByLabel('Hostname', { exact: true }).fill('web02.example.com');
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    await tree.row('web-server-02').waitFor();
    assert.deepEqual(sandbox.requests.findLast(({ method }) => method === 'PUT')?.body, {
      name: 'web-server-02',
      hostname: 'web02.example.com',
      backups_enabled: sandbox.world.get(12345)?.backups_enabled,
    });
    await (await panel('web-server-02')).getByText('The changes were saved.').waitFor();
  });

  it('put the words of the API next to the field that they are about', async () => {
    const { sandbox } = account;
    const frame = await panel();
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

  it('ask before they overwrite what was changed elsewhere', async () => {
    const { window, sandbox } = account;
    const frame = await panel();
    const before = puts().length;
    await frame.getByLabel('Name', { exact: true }).fill('mine');
    sandbox.world.rename(12345, 'theirs');
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    const question = await window.dialog('changed elsewhere since you began to edit. Overwrite?');
    assert.match(await question.text(), /theirs/u);
    await question.press('Cancel');
    assert.equal(puts().length, before);
    await frame.getByRole('button', { name: 'Save Changes' }).click();
    await (await window.dialog('Overwrite?')).press('Overwrite');
    await account.tree.row('mine').waitFor();
    assert.equal(puts().length, before + 1);
  });

  it('show at once what another window does', async () => {
    const { workbench } = account;
    const second = await workbench.openWindow();
    await second.openView('VPS.org');
    const tree = second.tree('Servers');
    await tree.contextMenu('web-server-01', 'Rename...');
    await second.inputBox.waitFor('Rename "web-server-01"');
    await second.inputBox.fill('renamed-elsewhere');
    await second.inputBox.accept();
    await tree.row('renamed-elsewhere').waitFor();
    await workbench.closeOtherWindows();
    await panel('renamed-elsewhere');
  });

  it('keep what is typed while the tab is hidden', async () => {
    const { window, tree } = account;
    const frame = await panel();
    await frame.getByLabel('Hostname', { exact: true }).fill('half.typed.exam');
    await tree.click('db-server-01');
    await (await window.webviewFrame('db-server-01')).getByRole('heading', { level: 1, name: 'db-server-01' }).waitFor();
    await window.editorTab('web-server-01').click();
    const again = await panel();
    assert.equal(await again.getByLabel('Hostname', { exact: true }).inputValue(), 'half.typed.exam');
  });

  it('are there again after a reload of the window, with what was typed', async () => {
    const { window } = account;
    await window.reload();
    await window.editorTab('web-server-01').click();
    const frame = await panel();
    await frame.getByRole('meter', { name: 'CPU' }).waitFor();
    assert.equal(await frame.getByLabel('Hostname', { exact: true }).inputValue(), 'half.typed.exam');
  });

  it('show hostile names as the text that they are', async () => {
    const { window, tree, sandbox } = account;
    const name = '<img src=x onerror=alert(1)> $(trash)';
    sandbox.world.add({ name, location: 'us-west', status: 'active' });
    await window.openView('VPS.org');
    await window.viewAction('Refresh');
    await tree.click(/^<img/u);
    const frame = await panel(name);
    assert.equal(await frame.locator('img').count(), 0);
  });

  it('say so when the server was deleted elsewhere, and disable everything', async () => {
    const { window, tree, sandbox } = account;
    await tree.click('db-server-01');
    const frame = await panel('db-server-01');
    sandbox.world.remove(12346);
    await window.viewAction('Refresh');
    await frame.getByRole('alert').getByText('This server was deleted.').waitFor();
    for (const button of ['Start', 'Stop...', 'Reboot...', 'Delete...', 'Save Changes']) {
      assert.equal(await frame.getByRole('button', { name: button }).isDisabled(), true, button);
    }
  });

  it('ask nothing of the API while they are hidden', async () => {
    const { window, tree, sandbox } = account;
    await tree.click('api-eu-01');
    await panel('api-eu-01');
    await tree.contextMenu('cache-01', 'Show as JSON');
    await window.editorTab('cache-01.json').waitFor();
    const id = String(sandbox.world.servers.find(({ name }) => name === 'api-eu-01')?.id);
    const looks = (): number => sandbox.requests.filter(({ path }) => path === `/servers/${id}/`).length;
    const before = looks();
    const lists = sandbox.requests.filter(({ path }) => path === '/servers/').length;
    // Two refreshes of the list are twenty seconds; a visible panel would have looked in between.
    await waitUntil(
      () => Promise.resolve(sandbox.requests.filter(({ path }) => path === '/servers/').length >= lists + 2),
      'two refreshes of the list',
      45_000,
    );
    assert.equal(looks(), before);
  });
});
