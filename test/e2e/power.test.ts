import assert from 'node:assert/strict';
import { signIn, useAccount } from './account.ts';

/** How long a server may take to settle: the sandbox is quick, the first look comes after 2 seconds. */
const settling = { timeout: 30_000 };

describe('starting, stopping and rebooting', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  it('asks before it stops a server, and does nothing on Cancel', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Stop...');
    const question = await window.dialog('Stop "web-server-01"?');
    assert.match(await question.text(), /203\.0\.113\.10 · us-west/);
    assert.match(await question.text(), /VPS\.org's FAQ says that a stopped server is still charged until it is deleted\./);
    await question.press('Cancel');
    assert.deepEqual(account.changes(), []);
  });

  it('stops by right click and follows to the end', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Stop...');
    await (await window.dialog('Stop "web-server-01"?')).press('Stop');
    await tree.row('web-server-01, stopping').waitFor();
    await tree.row('web-server-01, stopped').waitFor(settling);
    await tree.row('us-west, 2 servers, 0 active').waitFor();
    assert.deepEqual(account.changes(), ['POST /servers/12345/stop/']);
  });

  it('offers for each status what makes sense', async () => {
    const { tree } = account;
    const actions = async (row: string): Promise<readonly string[]> => {
      const menu = await tree.openContextMenu(row);
      const names = await menu.names();
      await menu.close();
      return names;
    };
    const stopped = await actions('web-server-01');
    assert.ok(stopped.includes('Start'));
    assert.ok(!stopped.includes('Stop...') && !stopped.includes('Reboot...'));
    const suspended = await actions('old-shop');
    assert.ok(!suspended.some((item) => ['Start', 'Stop...', 'Reboot...'].includes(item)));
    assert.ok(suspended.includes('Delete...') && suspended.includes('Rename...'));
  });

  it('starts at once by the button on the row', async () => {
    const { tree } = account;
    await tree.inlineAction('web-server-01', 'Start');
    await tree.row('web-server-01, starting').waitFor();
    await tree.row('web-server-01, active').waitFor(settling);
    assert.equal(account.changes().at(-1), 'POST /servers/12345/start/');
  });

  it('reboots from the palette, where only servers that can be rebooted are offered', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Reboot...');
    await window.quickPick.waitFor('web-server-01');
    const offered = await window.quickPick.options();
    assert.ok(offered.some((option) => option.includes('db-server-01') && option.includes('active · 203.0.113.11 · us-east')));
    assert.ok(!offered.some((option) => option.includes('old-shop') || option.includes('cache-01')));
    await window.screenshot('palette-reboot');
    await window.quickPick.pick('db-server-01');
    await (await window.dialog('Reboot "db-server-01"?')).press('Reboot');
    await tree.row('db-server-01, rebooting').waitFor();
    await tree.row('db-server-01, active').waitFor(settling);
  });

  it('works from the keyboard alone', async () => {
    const { window, tree } = account;
    await tree.keyboardMenu('web-server-01', 'Stop...');
    await window.dialog('Stop "web-server-01"?');
    await window.page.keyboard.press('Enter');
    await tree.row('web-server-01, stopped').waitFor(settling);
    await tree.keyboardMenu('web-server-01', 'Start');
    await tree.row('web-server-01, active').waitFor(settling);
  });

  it('says what the server said when somebody else was quicker, and shows the truth', async () => {
    const { window, tree, sandbox } = account;
    // The row still says "active"; elsewhere the server was stopped.
    sandbox.faults.add({
      match: { method: 'POST', path: '/servers/12346/reboot/' },
      fault: { kind: 'status', status: 400, body: { detail: 'Server is not running' } },
    });
    sandbox.world.setStatus(12346, 'stopped');
    await tree.contextMenu('db-server-01', 'Reboot...');
    await (await window.dialog('Reboot "db-server-01"?')).press('Reboot');
    await (await window.notification('Server is not running')).dismiss();
    await tree.row('db-server-01, stopped').waitFor();
  });

  it('never repeats a request whose answer was lost, looks, and tells', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({ match: { method: 'POST', path: '/servers/12346/start/' }, fault: { kind: 'cutAfter' } });
    await tree.contextMenu('db-server-01', 'Start');
    const told = await window.notification('The request was not sent again');
    assert.match(await told.text(), /"db-server-01" now has the status "starting"/);
    await told.dismiss();
    await tree.row('db-server-01, active').waitFor(settling);
    assert.equal(account.changes().filter((change) => change === 'POST /servers/12346/start/').length, 1);
  });

  it('takes a row away whose server is gone', async () => {
    const { window, tree, sandbox } = account;
    const doomed = sandbox.world.add({ name: 'doomed', location: 'us-east', status: 'active' });
    await window.viewAction('Refresh');
    await tree.row('doomed').waitFor();
    sandbox.world.remove(doomed.id);
    await tree.contextMenu('doomed', 'Stop...');
    await (await window.dialog('Stop "doomed"?')).press('Stop');
    await (await window.notification('"doomed" does not exist any more')).dismiss();
    await tree.row('doomed').waitFor({ state: 'hidden' });
  });

  it('acts on a selection with one question that names who changes and who is left out', async () => {
    const { window, tree } = account;
    await tree.select('web-server-01', 'db-server-01', 'old-shop');
    await tree.contextMenu('web-server-01', 'Stop...');
    const question = await window.dialog('Stop 2 servers?');
    const text = await question.text();
    assert.match(text, /web-server-01 · 203\.0\.113\.10/);
    assert.match(text, /Left out: old-shop \(suspended\)/);
    await window.screenshot('stop-selection');
    await question.press('Stop');
    await tree.row('web-server-01, stopped').waitFor(settling);
    await tree.row('db-server-01, stopped').waitFor(settling);
    await (await window.notification('2 of 2 servers are stopping.')).dismiss();
  });

  it('stops waiting when told, while the row goes on to tell the truth', async () => {
    const { tree, sandbox } = account;
    const stuck = sandbox.world.setStatus(12345, 'starting', true);
    assert.ok(stuck);
    await tree.contextMenu('web-server-01', 'Refresh This Server');
    await tree.row('web-server-01, starting').waitFor();
    await tree.inlineAction('web-server-01', 'Stop Waiting');
    await tree.row('web-server-01').getByRole('button', { name: 'Stop Waiting' }).waitFor({ state: 'hidden' });
    sandbox.world.setStatus(12345, 'active');
    // The list goes on being refreshed, every ten seconds here.
    await tree.row('web-server-01, active').waitFor(settling);
  });

  it('picks a transition up again after a reload of the window', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.setStatus(12345, 'rebooting', true);
    await window.reload();
    await window.openView('VPS.org');
    await tree.row('web-server-01, rebooting').waitFor();
    sandbox.world.setStatus(12345, 'active');
    await tree.row('web-server-01, active').waitFor(settling);
  });
});
