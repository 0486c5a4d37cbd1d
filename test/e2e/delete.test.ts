import assert from 'node:assert/strict';
import { signIn, useAccount } from './account.ts';

describe('Delete', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  it('shows the server, its address and location, and that it cannot be undone', async () => {
    const { window, tree } = account;
    await tree.contextMenu('old-shop', 'Delete Server...');
    const question = await window.dialog('Delete "old-shop"?');
    const text = await question.text();
    for (const part of [
      '203.0.113.15',
      'us-west',
      'This saves $24.00 a month (list price).',
      'cannot be undone',
      'sample@example.com',
    ]) {
      assert.ok(text.includes(part), part);
    }
    await window.screenshot('delete-question');
    await question.press('Cancel');
    assert.deepEqual(account.changes(), []);
  });

  it('requires the name, and deletes nothing on another name or Escape', async () => {
    const { window, tree } = account;
    await tree.contextMenu('old-shop', 'Delete Server...');
    await (await window.dialog('Delete "old-shop"?')).press('Delete');
    await window.inputBox.waitFor('Type the name of the server, old-shop');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage("Name doesn't match.");
    await window.inputBox.fill('Old-Shop');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage("Name doesn't match.");
    await window.inputBox.cancel();
    assert.deepEqual(account.changes(), []);
    await tree.row('old-shop').waitFor();
  });

  it('deletes once after the name was typed', async () => {
    const { window, tree } = account;
    await tree.contextMenu('old-shop', 'Delete Server...');
    await (await window.dialog('Delete "old-shop"?')).press('Delete');
    await window.inputBox.waitFor('Type the name');
    await window.inputBox.fill('old-shop');
    await window.inputBox.accept();
    await tree.row('old-shop').waitFor({ state: 'hidden' });
    assert.equal(account.changes().length, 1);
    assert.match(account.changes()[0] ?? '', /^DELETE /);
  });

  it('works from the palette', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Delete Server...');
    await window.quickPick.waitFor();
    await window.quickPick.pick('staging-eu-01');
    await (await window.dialog('Delete "staging-eu-01"?')).press('Delete');
    await window.inputBox.waitFor('Type the name');
    await window.inputBox.fill('staging-eu-01');
    await window.inputBox.accept();
    await tree.row('staging-eu-01').waitFor({ state: 'hidden' });
  });

  it('succeeds silently when the server is already gone', async () => {
    const { window, tree, sandbox } = account;
    const gone = sandbox.world.add({ name: 'gone-01', location: 'us-west', status: 'active' });
    await window.viewAction('Refresh');
    await tree.contextMenu('gone-01', 'Delete Server...');
    await (await window.dialog('Delete "gone-01"?')).press('Delete');
    await window.inputBox.waitFor('Type the name');
    sandbox.world.remove(gone.id);
    await window.inputBox.fill('gone-01');
    await window.inputBox.accept();
    await tree.row('gone-01').waitFor({ state: 'hidden' });
    assert.equal(await window.countNotifications('gone-01'), 0);
  });

  it('is never retried after a lost response, and reports the current state', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({
      match: { method: 'DELETE', path: '/servers/12346/' },
      fault: { kind: 'cutBefore' },
    });
    await tree.contextMenu('db-server-01', 'Delete Server...');
    await (await window.dialog('Delete "db-server-01"?')).press('Delete');
    await window.inputBox.waitFor('Type the name');
    await window.inputBox.fill('db-server-01');
    await window.inputBox.accept();
    const notification = await window.notification('The deletion was not retried');
    assert.match(await notification.text(), /"db-server-01" still exists/);
    await notification.dismiss();
    await tree.row('db-server-01').waitFor();
    assert.equal(
      account.changes().filter((change) => change === 'DELETE /servers/12346/').length,
      1,
    );
  });

  it('requires the number of servers for a selection', async () => {
    const { window, tree } = account;
    await tree.select('web-server-01', 'db-server-01');
    await tree.contextMenu('db-server-01', 'Delete Server...');
    const question = await window.dialog('Delete 2 servers?');
    assert.match(
      await question.text(),
      /web-server-01 · 203\.0\.113\.10[^]*db-server-01|db-server-01[^]*web-server-01/,
    );
    await question.press('Delete');
    await window.inputBox.waitFor('Type the number of servers, 2');
    await window.inputBox.fill('3');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage("Number doesn't match.");
    await window.inputBox.fill('2');
    await window.inputBox.accept();
    await tree.row('web-server-01').waitFor({ state: 'hidden' });
    await tree.row('db-server-01').waitFor({ state: 'hidden' });
  });
});

describe('Delete with one click', () => {
  const account = useAccount({}, { 'vpsOrg.deleteConfirmation': 'click' });

  it('still asks for confirmation', async () => {
    const { window, tree } = account;
    await signIn(window, account.sandbox.token);
    await tree.contextMenu('cache-01', 'Delete Server...');
    await (await window.dialog('Delete "cache-01"?')).press('Delete');
    await tree.row('cache-01').waitFor({ state: 'hidden' });
    assert.equal(account.changes().length, 1);
  });
});
