import assert from 'node:assert/strict';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const settling = { timeout: 30_000 };

/** What the seed makes: us-west has 9 servers, of them 7 active, 1 stopped, 1 suspended; all in all 40. */
describe('a fleet of 40 servers', () => {
  const account = useAccount(
    { seed: { count: 40 } },
    { 'vpsOrg.statusBar': true },
    // VS Code draws only the rows that are in sight: here that is all of them.
    () => ({ viewport: { width: 1280, height: 1300 } }),
  );
  const posts = (action: string): readonly string[] =>
    account.changes().filter((change) => change.startsWith('POST') && change.endsWith(`/${action}/`));

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('us-west, 9 servers, 7 active').waitFor();
  });

  it('is counted in the status bar', async () => {
    const { window } = account;
    await window.statusBar(/^VPS\.org: 23 of 40 servers are active, as of /u).waitFor();
    await window.screenshot('fleet');
  });

  it('sends one status and one location to the API, and shows how many are left', async () => {
    const { window, tree, sandbox } = account;
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.toggle('stopped');
    await window.quickPick.toggle('us-east');
    await window.quickPick.acceptChecked();
    await window.sideBarText('Filtered: 4 of 40 servers.').waitFor();
    await tree.row('us-west').waitFor({ state: 'hidden' });
    const asked = (): boolean => sandbox.requests.some(({ path }) => path === '/servers/?status=stopped&location=us-east');
    await waitUntil(async () => Promise.resolve(asked()), 'the request with status and location');
  });

  it('goes on knowing a server that leaves the filtered list because of what was done to it', async () => {
    const { window, tree } = account;
    const [label] = (await tree.rows()).filter((row) => row.includes(', stopped, us-east'));
    const name = label?.split(',')[0] ?? '';
    await tree.contextMenu(name, 'Start');
    await window.sideBarText('Filtered: 3 of 40 servers.').waitFor();
    await window.viewAction('Clear Filter');
    await tree.row(`${name}, active, us-east`).waitFor(settling);
  });

  it('stops a whole location with one question, and counts what is under way on its icon', async () => {
    const { window, tree } = account;
    await tree.contextMenu('us-west', 'Stop...');
    const question = await window.dialog('Stop 7 servers?');
    assert.match(await question.text(), /Left out: server-\d+ \(suspended\), server-\d+ \(stopped\)/u);
    await window.screenshot('fleet-stop');
    await question.press('Stop');
    await window.page.getByRole('tab', { name: /^VPS\.org.*\d servers? (?:is|are) changing/u }).first().waitFor();
    await (await window.notification('7 of 7 servers are stopping.')).dismiss();
    await tree.row('us-west, 9 servers, 0 active').waitFor(settling);
    assert.equal(posts('stop').length, 7);
    await window.page.getByRole('tab', { name: /changing/u }).waitFor({ state: 'hidden', ...settling });
  });

  it('holds all requests back when one is told that there are too many, and tries again what failed', async () => {
    const { window, tree, sandbox } = account;
    const before = posts('start').length;
    sandbox.faults.add({ match: { method: 'POST' }, fault: { kind: 'status', status: 429, headers: { 'Retry-After': '1' } } });
    await tree.contextMenu('us-west', 'Start');
    await (await window.dialog('Start 8 servers?')).press('Start');
    const told = await window.notification('7 of 8 servers are starting.');
    assert.match(await told.text(), /VPS\.org asks for fewer requests/u);
    assert.equal(posts('start').length - before, 8);
    await window.screenshot('fleet-429');
    await told.press('Retry Failed');
    await tree.row('us-west, 9 servers, 8 active').waitFor(settling);
    assert.equal(posts('start').length - before, 9);
  });

  it('begins nothing more once it is cancelled', async () => {
    const { window, tree, sandbox } = account;
    // So much time has even a slow machine to press Cancel.
    sandbox.faults.add({ match: { method: 'POST' }, times: 4, fault: { kind: 'delay', ms: 8_000 } });
    await tree.contextMenu('us-west', 'Reboot...');
    await (await window.dialog('Reboot 8 servers?')).press('Reboot');
    await (await window.notification('Rebooting')).press('Cancel');
    const told = await window.notification('4 of 8 servers are rebooting.');
    assert.match(await told.text(), /4 not started\./u);
    await told.dismiss();
    assert.equal(posts('reboot').length, 4);
    await tree.row('us-west, 9 servers, 8 active').waitFor(settling);
  });

  it('asks about backups of many with their names, and about nothing else', async () => {
    const { window, tree } = account;
    await tree.contextMenu('ap-southeast', 'Turn Automatic Backups On or Off...');
    await window.quickPick.pick('On');
    const question = await window.dialog('Turn automatic backups on for 2 servers?');
    await question.press('Turn On');
    await (await window.notification('2 of 2 servers were changed.')).dismiss();
    assert.equal(account.changes().filter((change) => change.startsWith('PATCH')).length, 2);
  });

  it('copies the addresses of a location', async () => {
    const { window, tree } = account;
    await tree.contextMenu('us-west', 'Copy', 'Copy IP Address');
    await waitUntil(async () => (await window.clipboard()).split('\n').length === 9, 'nine addresses in the clipboard');
  });

  it('deletes several only when their number is typed', async () => {
    const { window, tree } = account;
    await tree.contextMenu('ap-southeast', 'Delete...');
    await (await window.dialog('Delete 2 servers?')).press('Delete');
    await window.inputBox.waitFor('Type the number of servers');
    await window.inputBox.fill('3');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage('Nothing is deleted');
    await window.inputBox.fill('2');
    await window.inputBox.accept();
    await (await window.notification('2 of 2 servers were deleted.')).dismiss();
    await tree.row('ap-southeast').waitFor({ state: 'hidden' });
    assert.equal(account.changes().filter((change) => change.startsWith('DELETE')).length, 2);
  });

  it('is refreshed by the button of the view whichever row has the focus', async () => {
    const { window, tree, sandbox } = account;
    await window.palette('VPS.org: Try with Sample Servers');
    await tree.click('Sample servers, sample, 7 servers, 4 active');
    sandbox.world.rename(12345, 'renamed-elsewhere');
    await window.viewAction('Refresh');
    await tree.row('renamed-elsewhere').waitFor({ timeout: 5_000 });
  });
});
