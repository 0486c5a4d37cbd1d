import assert from 'node:assert/strict';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

describe('Power actions', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  it('asks before stopping a server, and does nothing on Cancel', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Stop Server...');
    const question = await window.dialog('Stop "web-server-01"?');
    assert.match(await question.text(), /203\.0\.113\.10 · us-west/);
    assert.match(
      await question.text(),
      /You're still charged for a stopped server until you delete it\. It keeps costing \$12\.00 a month while stopped \(list price\)\./,
    );
    await question.press('Cancel');
    assert.deepEqual(account.changes(), []);
  });

  it('stops from the context menu and waits for the status', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Stop Server...');
    await (await window.dialog('Stop "web-server-01"?')).press('Stop');
    await tree.row('web-server-01, stopping').waitFor();
    await tree.row('web-server-01, stopped').waitFor();
    await tree.row('us-west, 2 servers, 0 active').waitFor();
    assert.deepEqual(account.changes(), ['POST /servers/12345/stop/']);
  });

  it('offers the actions that the status allows', async () => {
    const { tree } = account;
    const actions = async (row: string): Promise<readonly string[]> => {
      const menu = await tree.openContextMenu(row);
      const names = await menu.names();
      await menu.close();
      return names;
    };
    const stopped = await actions('web-server-01');
    assert.ok(stopped.includes('Start Server'));
    assert.ok(!stopped.includes('Stop Server...') && !stopped.includes('Reboot Server...'));
    const suspended = await actions('old-shop');
    assert.ok(
      !suspended.some((item) =>
        ['Start Server', 'Stop Server...', 'Reboot Server...'].includes(item),
      ),
    );
    assert.ok(suspended.includes('Delete Server...') && suspended.includes('Rename Server...'));
  });

  it('starts without confirmation from the button on the row', async () => {
    const { tree } = account;
    await tree.inlineAction('web-server-01', 'Start Server');
    await tree.row('web-server-01, starting').waitFor();
    await tree.row('web-server-01, active').waitFor();
    assert.equal(account.changes().at(-1), 'POST /servers/12345/start/');
  });

  it('reboots from the palette, which offers only servers that can be rebooted', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Reboot Server...');
    await window.quickPick.waitFor('web-server-01');
    const offered = await window.quickPick.options();
    assert.ok(
      offered.some(
        (option) =>
          option.includes('db-server-01') && option.includes('active · 203.0.113.11 · us-east'),
      ),
    );
    assert.ok(
      !offered.some((option) => option.includes('old-shop') || option.includes('cache-01')),
    );
    await window.screenshot('palette-reboot');
    await window.quickPick.pick('db-server-01');
    await (await window.dialog('Reboot "db-server-01"?')).press('Reboot');
    await tree.row('db-server-01, rebooting').waitFor();
    await tree.row('db-server-01, active').waitFor();
  });

  it('works with the keyboard only', async () => {
    const { window, tree } = account;
    await tree.keyboardMenu('web-server-01', 'Stop Server...');
    await window.dialog('Stop "web-server-01"?');
    await window.page.keyboard.press('Enter');
    await tree.row('web-server-01, stopped').waitFor();
    await tree.keyboardMenu('web-server-01', 'Start Server');
    await tree.row('web-server-01, active').waitFor();
  });

  it('shows the API error and the current status when the status changed elsewhere', async () => {
    const { window, tree, sandbox } = account;
    // The row still shows "active" when the server is stopped elsewhere.
    sandbox.faults.add({
      match: { method: 'POST', path: '/servers/12346/reboot/' },
      fault: { kind: 'status', status: 400, body: { detail: 'Server is not running' } },
    });
    await tree.contextMenu('db-server-01', 'Reboot Server...');
    const question = await window.dialog('Reboot "db-server-01"?');
    // As late as possible, because a refresh would update the row.
    sandbox.world.setStatus(12346, 'stopped');
    await question.press('Reboot');
    await (await window.notification('Server is not running')).dismiss();
    await tree.row('db-server-01, stopped').waitFor();
  });

  it('never retries a request whose response was lost, and reports the status', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({
      match: { method: 'POST', path: '/servers/12346/start/' },
      fault: { kind: 'cutAfter' },
    });
    await tree.contextMenu('db-server-01', 'Start Server');
    const notification = await window.notification('so the request probably arrived');
    assert.match(await notification.text(), /However, "db-server-01" is now "starting"/);
    await notification.dismiss();
    await tree.row('db-server-01, active').waitFor();
    assert.equal(
      account.changes().filter((change) => change === 'POST /servers/12346/start/').length,
      1,
    );
  });

  it('removes the row of a deleted server', async () => {
    const { window, tree, sandbox } = account;
    const doomed = sandbox.world.add({ name: 'doomed', location: 'us-east', status: 'active' });
    await window.viewAction('Refresh');
    await tree.row('doomed').waitFor();
    sandbox.world.remove(doomed.id);
    await tree.contextMenu('doomed', 'Stop Server...');
    await (await window.dialog('Stop "doomed"?')).press('Stop');
    await (await window.notification('"doomed" no longer exists')).dismiss();
    await tree.row('doomed').waitFor({ state: 'hidden' });
  });

  it('asks once for a selection, and lists the affected and the skipped servers', async () => {
    const { window, tree } = account;
    await tree.select('web-server-01', 'db-server-01', 'old-shop');
    await tree.contextMenu('web-server-01', 'Stop Server...');
    const question = await window.dialog('Stop 2 servers?');
    const text = await question.text();
    assert.match(text, /web-server-01 · 203\.0\.113\.10/);
    assert.match(text, /Skipped: old-shop \(suspended\)/);
    await window.screenshot('stop-selection');
    await question.press('Stop');
    await tree.row('web-server-01, stopped').waitFor();
    await tree.row('db-server-01, stopped').waitFor();
    // The notification about the requests closed by itself.
    await waitUntil(
      async () => (await window.countNotifications('Stopping 2 of 2 servers.')) === 0,
      'the notification to close',
    );
  });

  it('stops waiting on request, and keeps the row up to date', async () => {
    const { tree, sandbox } = account;
    const stuck = sandbox.world.setStatus(12345, 'starting', true);
    assert.ok(stuck);
    await tree.contextMenu('web-server-01', 'Refresh This Server');
    await tree.row('web-server-01, starting').waitFor();
    await tree.hover('web-server-01');
    assert.equal(await tree.row('web-server-01').getByRole('button').count(), 0);
    // Ends the selection of the test before: a menu for several servers has no such item.
    await tree.select('web-server-01');
    await tree.contextMenu('web-server-01', 'Stop Waiting for Server');
    await waitUntil(async () => {
      const menu = await tree.openContextMenu('web-server-01');
      const names = await menu.names();
      await menu.close();
      return !names.includes('Stop Waiting for Server');
    }, 'the menu item to go away');
    sandbox.world.setStatus(12345, 'active');
    // The list is still refreshed, every ten seconds in this suite.
    await tree.row('web-server-01, active').waitFor();
  });

  it('resumes waiting after a reload of the window', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.setStatus(12345, 'rebooting', true);
    await window.reload();
    await window.openView('VPS.org');
    await tree.row('web-server-01, rebooting').waitFor();
    sandbox.world.setStatus(12345, 'active');
    await tree.row('web-server-01, active').waitFor();
  });
});
