import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

describe('Create form', () => {
  const account = useAccount({ credit: 40 });
  const posts = (): readonly string[] =>
    account.changes().filter((change) => change === 'POST /servers/');

  before('sign in while the API has no plans', async () => {
    account.sandbox.faults.add({
      match: { method: 'GET', path: '/plans/' },
      fault: { kind: 'status', status: 503, body: {} },
      times: Infinity,
    });
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
    await frame
      .getByRole('group', { name: 'Plan', exact: true })
      .getByRole('radio', { name: /Standard VPS/u })
      .check();
    await frame
      .getByRole('combobox', { name: 'Operating system', exact: true })
      .selectOption({ label: 'Debian 12' });
  }
  const createButton = (frame: Frame) => frame.getByRole('button', { name: 'Create Server' });

  it('says why plans are missing, and loads them when the API is back', async () => {
    const { window, sandbox } = account;
    await window.viewAction('Create Server...');
    const frame = await form();
    await frame.getByText("Plans and prices couldn't be loaded.").waitFor();
    await frame
      .getByText('Price unavailable. You will still be charged.', { exact: true })
      .last()
      .waitFor();
    await frame.getByRole('button', { name: 'Retry' }).waitFor();
    await window.screenshot('create-without-plans');
    sandbox.faults.clear();
    await frame.getByRole('radio', { name: /Starter VPS/u }).waitFor();
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await window.editorTab('Create Server').waitFor({ state: 'hidden' });
  });

  it('opens from the view title, with plans and prices to compare', async () => {
    const { window } = account;
    await window.viewAction('Create Server...');
    const frame = await form();
    await frame
      .getByRole('textbox', { name: 'Name', exact: true })
      .and(frame.locator(':focus'))
      .waitFor();
    await frame.getByRole('combobox', { name: 'Location', exact: true }).selectOption('us-west');
    await frame.getByRole('radio', { name: /Standard VPS/u }).waitFor();
    await frame
      .getByRole('columnheader', { name: 'Monthly' })
      .or(frame.getByText('Monthly'))
      .first()
      .waitFor();
    await window.screenshot('create');
  });

  it('marks missing fields and focuses the first one', async () => {
    const frame = await form();
    await createButton(frame).click();
    await frame.getByText(/fields need attention/u).waitFor();
    assert.deepEqual(posts(), []);
    await frame
      .getByRole('textbox', { name: 'Name', exact: true })
      .and(frame.locator(':focus'))
      .waitFor();
  });

  it('keeps the input while hidden and after a reload', async () => {
    const { window, tree } = account;
    let frame = await form();
    await fill(frame, 'half-filled');
    await tree.click('web-server-01');
    await window.webviewFrame('web-server-01');
    await window.editorTab('Create Server').click();
    frame = await form();
    assert.equal(
      await frame.getByRole('textbox', { name: 'Name', exact: true }).inputValue(),
      'half-filled',
    );
    assert.equal(await frame.getByRole('radio', { name: /Standard VPS/u }).isChecked(), true);
    await window.reload();
    // VS Code may not have saved yet which tab was active.
    await window.editorTab('Create Server').click();
    frame = await form();
    assert.equal(
      await frame.getByRole('textbox', { name: 'Name', exact: true }).inputValue(),
      'half-filled',
    );
  });

  it('copies the request as cURL, without the token', async () => {
    const { window, sandbox } = account;
    const frame = await form();
    await fill(frame, 'new-web-01');
    await frame.getByRole('button', { name: 'Copy as cURL' }).click();
    await waitUntil(
      async () => (await window.clipboard()).includes('curl'),
      'the command in the clipboard',
    );
    const command = await window.clipboard();
    assert.match(command, /\$VPS_API_TOKEN/u);
    assert.match(command, /"name":\s*"new-web-01"/u);
    assert.ok(!command.includes(sandbox.token));
  });

  it('moves to the button on Enter in a field, and sends nothing', async () => {
    const { window } = account;
    const frame = await form();
    await frame.getByRole('textbox', { name: 'Name', exact: true }).press('Enter');
    await createButton(frame).and(frame.locator(':focus')).waitFor();
    await window.screenshot('create-review');
    assert.deepEqual(posts(), []);
  });

  it('shows API errors beside the field', async () => {
    const { sandbox } = account;
    const frame = await form();
    sandbox.faults.add({
      match: { method: 'POST', path: '/servers/' },
      fault: { kind: 'status', status: 400, body: { name: ['Reserved name.'] } },
    });
    await frame.getByRole('textbox', { name: 'Name', exact: true }).press('Control+Enter');
    await frame.getByText('Reserved name.').first().waitFor();
    assert.equal(
      await frame.getByRole('textbox', { name: 'Name', exact: true }).getAttribute('aria-invalid'),
      'true',
    );
    assert.equal(posts().length, 1);
  });

  it('creates one server on a double click, selects its row, opens its details, and announces its address when active', async () => {
    const { window, tree } = account;
    const frame = await form();
    const before = posts().length;
    await fill(frame, 'new-web-01');
    await createButton(frame).dblclick();
    await tree.row('new-web-01, provisioning').waitFor();
    await (
      await window.notification(
        '"new-web-01" is being created. VPS.org answered: Server is being provisioned. This usually takes 2-5 minutes.',
      )
    ).dismiss();
    assert.equal(await tree.row('new-web-01').getAttribute('aria-selected'), 'true');
    await window.webviewFrame('new-web-01');
    await window.waitForWebviewFocus();
    await tree.row('new-web-01, active').waitFor();
    const ready = await window.notification(/"new-web-01" \([^)]*\) is now active/u);
    assert.match(await ready.text(), /203\.0\.113\.\d+/u);
    await ready.dismiss();
    assert.equal(posts().length, before + 1);
  });

  it('asks for confirmation when the name exists', async () => {
    const { window } = account;
    const before = posts().length;
    await window.palette('VPS.org: Create Server...');
    const frame = await form();
    await fill(frame, 'New-Web-01');
    await frame.getByText('Another server has this name.', { exact: true }).waitFor();
    await window.screenshot('create-name-taken');
    await createButton(frame).click();
    await (await window.dialog('A server named "new-web-01" already exists.')).press('Cancel');
    await frame.getByRole('button', { name: 'Go to Name' }).waitFor();
    await window.screenshot('create-name-refused');
    await frame.getByRole('button', { name: 'Go to Name' }).click();
    assert.equal(posts().length, before);
  });

  it('never sends the request again after a lost response, and names the probable match', async () => {
    const { window, tree, sandbox } = account;
    const before = posts().length;
    const frame = await form();
    sandbox.faults.add({
      match: { method: 'POST', path: '/servers/' },
      fault: { kind: 'cutAfter' },
    });
    await fill(frame, 'lost-answer');
    await createButton(frame).click();
    await frame.getByRole('heading', { name: 'Probably created' }).waitFor();
    await window.screenshot('create-unclear');
    await frame.getByRole('button', { name: 'Show This Server' }).click();
    await tree.row('lost-answer').waitFor();
    await window.webviewFrame('lost-answer');
    await window.waitForWebviewFocus();
    assert.equal(posts().length, before + 1);
  });

  it('reports insufficient credit and keeps the form', async () => {
    const { window } = account;
    await window.palette('VPS.org: Create Server...');
    const frame = await form();
    await fill(frame, 'too-expensive');
    await frame.getByRole('radio', { name: /Performance VPS/u }).check();
    await createButton(frame).click();
    await frame.getByRole('alert').getByText('not enough credit').waitFor();
    // The simulated API has no web panel to link to.
    assert.equal(await frame.getByRole('button', { name: 'Open VPS.org' }).count(), 0);
    assert.equal(
      await frame.getByRole('textbox', { name: 'Name', exact: true }).inputValue(),
      'too-expensive',
    );
    await window.screenshot('create-credit');
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await window.editorTab('Create Server').waitFor({ state: 'hidden' });
  });

  it('can begin from a server, and from a location', async () => {
    const { window, tree } = account;
    await tree.contextMenu('db-server-01', 'Create a Server Like This One...');
    let frame = await form();
    assert.equal(
      await frame.getByRole('combobox', { name: 'Location', exact: true }).inputValue(),
      'us-east',
    );
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await window.editorTab('Create Server').waitFor({ state: 'hidden' });
    await tree.contextMenu('eu-central', 'Create Server...');
    frame = await form();
    assert.equal(
      await frame.getByRole('combobox', { name: 'Location', exact: true }).inputValue(),
      'eu-central',
    );
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await window.editorTab('Create Server').waitFor({ state: 'hidden' });
  });

  it('offers to clear the filter when it hides the new server', async () => {
    const { window, tree, sandbox } = account;
    // Deleting the servers of earlier tests refunds their credit.
    for (const { id, name } of sandbox.world.servers)
      if (/^(?:new-web-01|lost-answer)$/u.test(name)) sandbox.world.remove(id);
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.filter('cache');
    await tree.row('db-server-01').waitFor({ state: 'hidden' });
    await window.quickPick.acceptChecked();
    await window.palette('VPS.org: Create Server...');
    const frame = await form();
    await fill(frame, 'out-of-sight');
    await createButton(frame).click();
    const hidden = await window.notification('"out-of-sight" is hidden by the filter.');
    assert.equal(await tree.row('out-of-sight').count(), 0);
    await hidden.press('Clear Filter');
    await tree.row('out-of-sight').and(tree.tree.locator('[aria-selected=true]')).waitFor();
  });
});
