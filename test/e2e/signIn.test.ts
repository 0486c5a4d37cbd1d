import assert from 'node:assert/strict';
import { useAccount } from './account.ts';

describe('signing in and out', () => {
  const account = useAccount();

  it('shows the three ways in to somebody who is new', async () => {
    const { window } = account;
    await window.openView('VPS.org');
    for (const button of ['Sign In', 'Try with Sample Servers', 'Create an API Token']) {
      await window.welcome(button).waitFor();
    }
    assert.equal(account.sandbox.requests.length, 0);
    await window.screenshot('welcome');
  });

  it('keeps the box open for a token that is none or is rejected, and says so', async () => {
    const { window, sandbox } = account;
    await window.welcome('Sign In').click();
    await window.inputBox.waitFor('Sign In to VPS.org');
    await window.inputBox.fill('two words');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage('no blanks');
    assert.equal(sandbox.requests.length, 0);
    await window.inputBox.fill('vps_wrong_token_123');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage('rejected this token');
    assert.equal(await window.inputBox.value(), 'vps_wrong_token_123');
  });

  it('takes a token as it was pasted, with quotes and "Bearer", and shows the servers by location', async () => {
    const { window, sandbox, tree } = account;
    await window.inputBox.fill(`  "Bearer ${sandbox.token}" `);
    await window.inputBox.accept();
    await tree.row('web-server-01, active, us-west, 203.0.113.10').waitFor();
    await tree.row('us-west, 2 servers, 1 active').waitFor();
    const sent = new Set(sandbox.requests.map(({ authorization }) => authorization));
    assert.ok(sent.has(`Bearer ${sandbox.token}`));
  });

  it('is still signed in after a reload, and in a second window', async () => {
    const { window, workbench, tree } = account;
    await window.reload();
    await window.openView('VPS.org');
    await tree.row('web-server-01').waitFor();
    const second = await workbench.openWindow();
    await second.openView('VPS.org');
    await second.tree('Servers').row('web-server-01').waitFor();
  });

  it('does not double an account that signs in again', async () => {
    const { window, sandbox, tree } = account;
    await window.palette('VPS.org: Sign In...');
    await window.inputBox.waitFor('Sign In to VPS.org');
    await window.inputBox.fill(sandbox.token);
    await window.inputBox.accept();
    // The view takes the keyboard when all is done.
    await tree.focused.waitFor();
    await tree.row('web-server-01').waitFor();
    assert.equal(await tree.row(/sample@example\.com/).count(), 0);
  });

  it('shows two accounts side by side, the sample one marked', async () => {
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

  it('asks before it signs out, and wipes everything then', async () => {
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

  it('offers to keep a token that cannot be checked, and uses it as soon as VPS.org answers', async () => {
    const { window, sandbox, tree } = account;
    sandbox.faults.add({ times: Infinity, fault: { kind: 'cutBefore' } });
    await window.welcome('Sign In').click();
    await window.inputBox.waitFor('Sign In to VPS.org');
    await window.inputBox.fill(sandbox.token);
    await window.inputBox.accept();
    await (await window.dialog('could not be checked')).press('Try Again');
    await (await window.dialog('could not be checked')).press('Keep It Anyway');
    await window.inputBox.waitFor('What should the account be called?');
    await window.inputBox.fill('My servers');
    await window.inputBox.accept();
    await window.welcome('Retry').waitFor({ timeout: 30_000 });
    await window.screenshot('unreachable');
    sandbox.faults.clear();
    await window.welcome('Retry').click();
    await tree.row('web-server-01').waitFor();
  });

  it('tells once that a token was rejected later on, keeps the list, and takes a new token in its place', async () => {
    const { window, sandbox, tree } = account;
    sandbox.faults.add({ times: Infinity, fault: { kind: 'status', status: 401, body: { detail: 'Invalid token.' } } });
    await window.viewAction('Refresh');
    const told = await window.notification('VPS.org rejected the token of "My servers"');
    await tree.row('My servers, token rejected').waitFor();
    await tree.row('web-server-01').waitFor();
    assert.equal(await window.countNotifications('rejected the token'), 1);
    await window.screenshot('token-rejected');
    const asked = sandbox.requests.length;
    sandbox.faults.clear();
    await told.press('Sign In');
    await window.inputBox.waitFor('Sign In Again to My servers');
    assert.equal(sandbox.requests.length, asked, 'nothing is asked with a rejected token');
    await window.inputBox.fill(sandbox.token);
    await window.inputBox.accept();
    await tree.row('My servers').waitFor({ state: 'hidden' });
    await tree.row('web-server-01').waitFor();
  });

  it('never writes a token where it could be read', () => {
    const { workbench, sandbox } = account;
    assert.ok(!workbench.consoleText().includes(sandbox.token));
  });
});

describe('signing in with a setting that cannot be used', () => {
  const account = useAccount({}, { 'vpsOrg.apiUrl': 'http://admin.vps.org/api/v1' });

  it('says what is wrong with it and offers the settings', async () => {
    const { window } = account;
    await window.openView('VPS.org');
    await window.welcome('Sign In').click();
    const message = await window.notification('must begin with https://');
    await message.press('Open Settings');
    // An editor in VS Code 1.100, a window over the editors in the newest.
    await window.page.getByText('Base URL of the VPS.org API, used for').waitFor();
    assert.equal(await window.inputBox.isOpen(), false);
  });
});
