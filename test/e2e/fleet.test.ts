import assert from 'node:assert/strict';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

/** In the generated fleet, us-west has 9 servers: 7 active, 1 stopped, 1 suspended. */
describe('Fleet of 40 servers', () => {
  const account = useAccount(
    { seed: { count: 40 } },
    // The list is refreshed only by commands and actions.
    { 'vpsOrg.statusBar': true, 'vpsOrg.refreshInterval': 3600 },
    // VS Code renders only visible rows. This window is high enough for all of them.
    () => ({ viewport: { width: 1280, height: 1300 } }),
  );
  const posts = (action: string): readonly string[] =>
    account
      .changes()
      .filter((change) => change.startsWith('POST') && change.endsWith(`/${action}/`));

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('us-west, 9 servers, 7 active').waitFor();
  });

  it('shows counts in the status bar', async () => {
    const { window } = account;
    await window.statusBar(/^VPS\.org: 23 of 40 servers are active, as of /u).waitFor();
    await window.screenshot('fleet');
  });

  it('sends a filter by one status and one location to the API, and shows the counts', async () => {
    const { window, tree, sandbox } = account;
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.toggle('stopped');
    await window.quickPick.toggle('us-east');
    await window.quickPick.acceptChecked();
    await window.sideBarText('Filtered by stopped, us-east: 4 of 40 servers.').waitFor();
    await tree.row('us-west').waitFor({ state: 'hidden' });
    const wasRequested = (): boolean =>
      sandbox.requests.some(({ path }) => path === '/servers/?status=stopped&location=us-east');
    await waitUntil(
      async () => Promise.resolve(wasRequested()),
      'the request with status and location',
    );
  });

  it('keeps track of a server that an action removes from the filtered list', async () => {
    const { window, tree } = account;
    const [label] = (await tree.rows()).filter((row) => row.includes(', stopped, us-east'));
    const name = label?.split(',')[0] ?? '';
    await tree.contextMenu(name, 'Start Server');
    await window.sideBarText('Filtered by stopped, us-east: 3 of 40 servers.').waitFor();
    await window.viewAction('Clear Filter');
    await tree.row(`${name}, active, us-east`).waitFor();
  });

  it('stops a whole location after one confirmation, and counts transitions on the icon', async () => {
    const { window, tree } = account;
    await tree.contextMenu('us-west', 'Stop Server...');
    const question = await window.dialog('Stop 7 servers?');
    assert.match(
      await question.text(),
      /Skipped: server-\d+ \(suspended\), server-\d+ \(already stopped\)/u,
    );
    await window.screenshot('fleet-stop');
    await question.press('Stop');
    await window.page
      .getByRole('tab', { name: /^VPS\.org.*\d servers? (?:is|are) changing/u })
      .first()
      .waitFor();
    await window.notification('Stopping 7 of 7 servers.');
    await tree.row('us-west, 9 servers, 0 active').waitFor();
    // It closes by itself, since nothing is stopping any more.
    await waitUntil(
      async () => (await window.countNotifications('Stopping 7 of 7 servers.')) === 0,
      'the notification to close',
    );
    assert.equal(posts('stop').length, 7);
    await window.page.getByRole('tab', { name: /changing/u }).waitFor({ state: 'hidden' });
  });

  it('pauses the batch on a 429, and retries failed servers on request', async () => {
    const { window, tree, sandbox } = account;
    const before = posts('start').length;
    sandbox.faults.add({
      match: { method: 'POST' },
      fault: { kind: 'status', status: 429, headers: { 'Retry-After': '1' } },
    });
    await tree.contextMenu('us-west', 'Start Server');
    await (await window.dialog('Start 8 servers?')).press('Start');
    const notification = await window.notification('Starting 7 of 8 servers.');
    assert.match(await notification.text(), /VPS\.org is rate limiting requests/u);
    assert.equal(posts('start').length - before, 8);
    await window.screenshot('fleet-429');
    await notification.press('Retry 1 Server');
    await tree.row('us-west, 9 servers, 8 active').waitFor();
    assert.equal(posts('start').length - before, 9);
  });

  it('starts no further requests after Cancel', async () => {
    const { window, tree, sandbox } = account;
    // Leaves enough time to press Cancel on a slow machine.
    sandbox.faults.add({
      match: { method: 'POST' },
      times: 4,
      fault: { kind: 'delay', ms: 8_000 },
    });
    await tree.contextMenu('us-west', 'Reboot Server...');
    await (await window.dialog('Reboot 8 servers?')).press('Reboot');
    await (await window.notification('Rebooting')).press('Cancel');
    const notification = await window.notification('Rebooting 4 of 8 servers.');
    assert.match(await notification.text(), /4 not started\./u);
    await notification.dismiss();
    assert.equal(posts('reboot').length, 4);
    await tree.row('us-west, 9 servers, 8 active').waitFor();
  });

  it('asks before changing backups of several servers', async () => {
    const { window, tree } = account;
    await tree.contextMenu('ap-southeast', 'Turn Automatic Backups On or Off...');
    await window.quickPick.pick('On');
    const question = await window.dialog('Turn automatic backups on for 2 servers?');
    await question.press('Turn On');
    await (await window.notification('Automatic backups are on for 2 of 2 servers.')).dismiss();
    assert.equal(account.changes().filter((change) => change.startsWith('PATCH')).length, 2);
  });

  it('keeps the highlight of all selected rows when some of them change', async () => {
    const { window, tree } = account;
    const rows = await tree.rows();
    const named = (ending: RegExp): string =>
      rows.find((row) => ending.test(row))?.split(',')[0] ?? '';
    // VS Code used to take the highlight from the rows below the changed one, in its group and in those that follow.
    const first = named(/, active, eu-central/u);
    const selected = [first, named(/, stopped, eu-central/u), named(/, stopped, us-east/u)];
    await tree.select(...selected);
    await tree.contextMenu(first, 'Stop Server...');
    await (await window.dialog(`Stop "${first}"?`)).press('Stop');
    await tree.row(`${first}, stopped`).waitFor();
    const highlighted = (await tree.selectedRows()).map((row) => row.split(',')[0]);
    assert.deepEqual(highlighted.sort(), selected.sort());
  });

  it('copies the addresses of a location', async () => {
    const { window, tree } = account;
    await tree.contextMenu('us-west', 'Copy', 'Copy IP Address');
    await waitUntil(
      async () => (await window.clipboard()).split('\n').length === 9,
      'nine addresses in the clipboard',
    );
  });

  it('requires the number of servers before deleting several', async () => {
    const { window, tree } = account;
    await tree.contextMenu('ap-southeast', 'Delete Server...');
    await (await window.dialog('Delete 2 servers?')).press('Delete');
    await window.inputBox.waitFor('Type the number of servers');
    await window.inputBox.fill('3');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage("Number doesn't match.");
    await window.inputBox.fill('2');
    await window.inputBox.accept();
    await (await window.notification('Deleted 2 of 2 servers.')).dismiss();
    await tree.row('ap-southeast').waitFor({ state: 'hidden' });
    assert.equal(account.changes().filter((change) => change.startsWith('DELETE')).length, 2);
  });

  it('refreshes all accounts from the view title, whatever row has the focus', async () => {
    const { window, tree, sandbox } = account;
    await window.palette('VPS.org: Try with Sample Servers');
    await tree.click('Sample servers, sample, 7 servers, 4 active');
    sandbox.world.update(12345, { name: 'renamed-elsewhere' });
    await window.viewAction('Refresh');
    await tree.row('renamed-elsewhere').waitFor();
  });
});
