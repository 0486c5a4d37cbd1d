import assert from 'node:assert/strict';
import { useAccount } from './account.ts';

describe('Sign-in and sign-out', () => {
  const account = useAccount();

  it('offers three ways to start', async () => {
    const { window } = account;
    await window.openView('VPS.org');
    for (const button of ['Sign In', 'Try with Sample Servers', 'Create an API Token']) {
      await window.welcome(button).waitFor();
    }
    assert.equal(account.sandbox.requests.length, 0);
    await window.screenshot('welcome');
  });

  it('keeps the input box open for an invalid or rejected token', async () => {
    const { window, sandbox } = account;
    await window.welcome('Sign In').click();
    await window.inputBox.waitFor('Sign In to VPS.org');
    await window.inputBox.fill('two words');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage("can't contain spaces");
    assert.equal(sandbox.requests.length, 0);
    await window.inputBox.fill('vps_wrong_token_123');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage('rejected this token');
    assert.equal(await window.inputBox.value(), 'vps_wrong_token_123');
  });

  it('accepts a token pasted with quotes and "Bearer", and shows the servers by location', async () => {
    const { window, sandbox, tree } = account;
    await window.inputBox.fill(`  "Bearer ${sandbox.token}" `);
    await window.inputBox.accept();
    await tree.row('web-server-01, active, us-west, 203.0.113.10').waitFor();
    await tree.row('us-west, 2 servers, 1 active').waitFor();
    const sent = new Set(sandbox.requests.map(({ authorization }) => authorization));
    assert.ok(sent.has(`Bearer ${sandbox.token}`));
  });

  it('stays signed in after a reload and in a second window', async () => {
    const { window, workbench, tree } = account;
    await window.reload();
    await window.openView('VPS.org');
    await tree.row('web-server-01').waitFor();
    const second = await workbench.openWindow();
    await second.openView('VPS.org');
    await second.tree('Servers').row('web-server-01').waitFor();
  });

  it('does not duplicate an account that signs in again', async () => {
    const { window, sandbox, tree } = account;
    await window.palette('VPS.org: Sign In...');
    await window.inputBox.waitFor('Sign In to VPS.org');
    await window.inputBox.fill(sandbox.token);
    await window.inputBox.accept();
    // The view takes the focus at the end.
    await tree.focused.waitFor();
    await tree.row('web-server-01').waitFor();
    assert.equal(await tree.row(/sample@example\.com/).count(), 0);
  });

  it('shows two accounts, with a label on the sample account', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Try with Sample Servers');
    await tree.row('Sample servers, sample, 7 servers, 4 active').waitFor();
    await tree.row('sample@example.com, 7 servers, 4 active').waitFor();
    await window.screenshot('two-accounts');
    await tree.contextMenu('Sample servers', 'Sign Out...');
    const question = await window.dialog('Sign out of "Sample servers"?');
    await question.press('Sign Out');
    await tree.row('Sample servers').waitFor({ state: 'hidden' });
    await tree.row('us-west, 2 servers, 1 active').waitFor();
  });

  it('asks before signing out, then removes everything', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Sign Out...');
    await (await window.dialog('Sign out of')).press('Cancel');
    await tree.row('web-server-01').waitFor();
    await window.palette('VPS.org: Sign Out...');
    await (await window.dialog('Sign out of')).press('Sign Out');
    await window.welcome('Try with Sample Servers').waitFor();
    await window.reload();
    await window.openView('VPS.org');
    await window.welcome('Sign In').waitFor();
  });

  it('can save a token that cannot be checked, and uses it when VPS.org responds', async () => {
    const { window, sandbox, tree } = account;
    sandbox.faults.add({ times: Infinity, fault: { kind: 'cutBefore' } });
    await window.welcome('Sign In').click();
    await window.inputBox.waitFor('Sign In to VPS.org');
    await window.inputBox.fill(sandbox.token);
    await window.inputBox.accept();
    await (await window.dialog("Couldn't check the token.")).press('Retry');
    await (await window.dialog("Couldn't check the token.")).press('Save Anyway');
    await window.inputBox.waitFor('Enter a name for the account');
    await window.inputBox.fill('My servers');
    await window.inputBox.accept();
    await window.welcome('Retry').waitFor();
    await window.sideBarText('The connection failed or was interrupted.').waitFor();
    await window.screenshot('unreachable');
    sandbox.faults.clear();
    await window.welcome('Retry').click();
    await tree.row('web-server-01').waitFor();
  });

  it('reports a rejected token once, keeps the list, and accepts a new token', async () => {
    const { window, sandbox, tree } = account;
    sandbox.faults.add({
      times: Infinity,
      fault: { kind: 'status', status: 401, body: { detail: 'Invalid token.' } },
    });
    await window.viewAction('Refresh');
    const notification = await window.notification(
      'VPS.org rejected the token of "My servers": Invalid token.',
    );
    await tree.row('My servers, token rejected').waitFor();
    await tree.row('web-server-01').waitFor();
    assert.equal(await window.countNotifications('rejected the token'), 1);
    await window.screenshot('token-rejected');
    const requestCount = sandbox.requests.length;
    sandbox.faults.clear();
    await notification.press('Sign In');
    await window.inputBox.waitFor('Sign In Again to My servers');
    assert.equal(sandbox.requests.length, requestCount, 'no request uses the rejected token');
    await window.inputBox.fill(sandbox.token);
    await window.inputBox.accept();
    await tree.row('My servers').waitFor({ state: 'hidden' });
    await tree.row('web-server-01').waitFor();
  });

  it('writes no token to the console', () => {
    const { workbench, sandbox } = account;
    assert.ok(!workbench.consoleText().includes(sandbox.token));
  });
});

describe('Sign-in with an invalid setting', () => {
  const account = useAccount({}, { 'vpsOrg.apiUrl': 'http://admin.vps.org/api/v1' });

  it('shows the error and opens the settings', async () => {
    const { window } = account;
    await window.openView('VPS.org');
    await window.welcome('Sign In').click();
    const message = await window.notification('must start with https://');
    await message.press('Open Settings');
    // The settings are an editor in VS Code 1.100 and a modal editor in the newest version.
    await window.page.getByText('Base URL of the VPS.org API for').waitFor();
    assert.equal(await window.inputBox.isOpen(), false);
  });
});
