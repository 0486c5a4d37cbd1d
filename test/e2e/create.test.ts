import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const becomingActive = { timeout: 45_000 };

describe('creating a server', () => {
  const account = useAccount({ credit: 40 });
  const posts = (): readonly string[] => account.changes().filter((change) => change === 'POST /servers/');

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  async function form(): Promise<Frame> {
    const frame = await account.window.webviewFrame('Create Server');
    await frame.getByRole('heading', { level: 1, name: 'Create Server' }).waitFor();
    return frame;
  }

  async function fill(frame: Frame, name: string): Promise<void> {
    await frame.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await frame.getByRole('combobox', { name: 'Location', exact: true }).selectOption('us-west');
    await frame.getByRole('group', { name: 'Plan', exact: true }).getByRole('radio', { name: /Standard VPS/u }).check();
    await frame.getByRole('combobox', { name: 'Operating system', exact: true }).selectOption({ label: 'Debian 12' });
  }
  const createButton = (frame: Frame) => frame.getByRole('button', { name: 'Create Server' });

  it('begins from the title of the view, with plans to compare and their prices', async () => {
    const { window } = account;
    await window.viewAction('Create Server...');
    const frame = await form();
    await frame.getByRole('combobox', { name: 'Location', exact: true }).selectOption('us-west');
    await frame.getByRole('radio', { name: /Standard VPS/u }).waitFor();
    await frame.getByRole('columnheader', { name: 'Monthly' }).or(frame.getByText('Monthly')).first().waitFor();
    await window.screenshot('create');
  });

  it('says what is missing, and goes to the first of it', async () => {
    const frame = await form();
    await createButton(frame).click();
    await frame.getByText(/fields need attention/u).waitFor();
    assert.deepEqual(posts(), []);
    await frame.getByRole('textbox', { name: 'Name', exact: true }).and(frame.locator(':focus')).waitFor();
  });

  it('keeps what was typed while the tab is hidden, and through a reload', async () => {
    const { window, tree } = account;
    let frame = await form();
    await fill(frame, 'half-filled');
    await tree.click('web-server-01');
    await window.webviewFrame('web-server-01');
    await window.editorTab('Create Server').click();
    frame = await form();
    assert.equal(await frame.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'half-filled');
    assert.equal(await frame.getByRole('radio', { name: /Standard VPS/u }).isChecked(), true);
    await window.reload();
    // Which of the tabs was in front, VS Code may not have kept yet.
    await window.editorTab('Create Server').click();
    frame = await form();
    assert.equal(await frame.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'half-filled');
  });

  it('copies the request as cURL, without the token', async () => {
    const { window, sandbox } = account;
    const frame = await form();
    await fill(frame, 'new-web-01');
    await frame.getByRole('button', { name: 'Copy as cURL' }).click();
    await waitUntil(async () => (await window.clipboard()).includes('curl'), 'the command in the clipboard');
    const command = await window.clipboard();
    assert.match(command, /\$VPS_API_TOKEN/u);
    assert.match(command, /"name":\s*"new-web-01"/u);
    assert.ok(!command.includes(sandbox.token));
  });

  it('puts the words of the API next to the field that they are about', async () => {
    const { sandbox } = account;
    const frame = await form();
    sandbox.faults.add({
      match: { method: 'POST', path: '/servers/' },
      fault: { kind: 'status', status: 400, body: { name: ['Reserved name.'] } },
    });
    await createButton(frame).click();
    await frame.getByText('Reserved name.').first().waitFor();
    assert.equal(await frame.getByRole('textbox', { name: 'Name', exact: true }).getAttribute('aria-invalid'), 'true');
    assert.equal(posts().length, 1);
  });

  it('makes one server of a double click, shows its row, follows it and tells its address', async () => {
    const { window, tree } = account;
    const frame = await form();
    const before = posts().length;
    await fill(frame, 'new-web-01');
    await createButton(frame).dblclick();
    await tree.row('new-web-01, provisioning').waitFor();
    await (await window.notification('"new-web-01" is being created. VPS.org says that this takes 2 to 5 minutes.')).dismiss();
    assert.equal(await tree.row('new-web-01').getAttribute('aria-selected'), 'true');
    await tree.row('new-web-01, active').waitFor(becomingActive);
    const ready = await window.notification(/"new-web-01" \([^)]*\) is active now/u);
    assert.match(await ready.text(), /203\.0\.113\.\d+/u);
    await ready.dismiss();
    assert.equal(posts().length, before + 1);
  });

  it('asks about a name that exists already', async () => {
    const { window } = account;
    const before = posts().length;
    await window.palette('VPS.org: Create Server...');
    const frame = await form();
    await fill(frame, 'new-web-01');
    await createButton(frame).click();
    await (await window.dialog('A server called "new-web-01" exists already.')).press('Cancel');
    assert.equal(posts().length, before);
  });

  it('never sends twice when the answer is lost, and names the server that was probably made', async () => {
    const { window, tree, sandbox } = account;
    const before = posts().length;
    const frame = await form();
    sandbox.faults.add({ match: { method: 'POST', path: '/servers/' }, fault: { kind: 'cutAfter' } });
    await fill(frame, 'lost-answer');
    await createButton(frame).click();
    await frame.getByRole('heading', { name: 'Probably created' }).waitFor(becomingActive);
    await window.screenshot('create-unclear');
    await frame.getByRole('button', { name: 'Show This Server' }).click();
    await tree.row('lost-answer').waitFor();
    await window.webviewFrame('lost-answer');
    await window.waitForWebviewFocus();
    assert.equal(posts().length, before + 1);
  });

  it('says when the credit does not suffice, and keeps the form', async () => {
    const { window } = account;
    await window.palette('VPS.org: Create Server...');
    const frame = await form();
    await fill(frame, 'too-dear');
    await frame.getByRole('radio', { name: /Performance VPS/u }).check();
    await createButton(frame).click();
    await frame.getByRole('alert').getByText('not enough credit').waitFor();
    await frame.getByRole('button', { name: 'Open VPS.org' }).waitFor();
    assert.equal(await frame.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'too-dear');
    await window.screenshot('create-credit');
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await window.editorTab('Create Server').waitFor({ state: 'hidden' });
  });

  it('can begin from a server, and from a location', async () => {
    const { window, tree } = account;
    await tree.contextMenu('db-server-01', 'Create a Server Like This One...');
    let frame = await form();
    assert.equal(await frame.getByRole('combobox', { name: 'Location', exact: true }).inputValue(), 'us-east');
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await window.editorTab('Create Server').waitFor({ state: 'hidden' });
    await tree.contextMenu('eu-central', 'Create Server...');
    frame = await form();
    assert.equal(await frame.getByRole('combobox', { name: 'Location', exact: true }).inputValue(), 'eu-central');
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await window.editorTab('Create Server').waitFor({ state: 'hidden' });
  });

  it('says so when the filter of the view hides the new server, and can show it', async () => {
    const { window, tree, sandbox } = account;
    // Whatever was created before gives its credit back.
    for (const { id, name } of sandbox.world.servers) if (/^(?:new-web-01|lost-answer)$/u.test(name)) sandbox.world.remove(id);
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.filter('cache');
    await tree.row('db-server-01').waitFor({ state: 'hidden' });
    await window.quickPick.acceptChecked();
    await window.palette('VPS.org: Create Server...');
    const frame = await form();
    await fill(frame, 'out-of-sight');
    await createButton(frame).click();
    const hidden = await window.notification('The filter of the view hides "out-of-sight".');
    assert.equal(await tree.row('out-of-sight').count(), 0);
    await hidden.press('Clear Filter');
    await tree.row('out-of-sight').and(tree.tree.locator('[aria-selected=true]')).waitFor();
  });
});
