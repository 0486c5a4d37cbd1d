import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const isCachedList = (file: string): boolean => /[\\/]lists[\\/][^\\/]+\.json$/u.test(file);

describe('Restart', () => {
  const account = useAccount();

  async function filesOnDisk(): Promise<readonly string[]> {
    const entries = await readdir(account.workbench.dataDir, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }

  async function cachedLists(): Promise<readonly string[]> {
    return Promise.all(
      (await filesOnDisk()).filter(isCachedList).map(async (file) => readFile(file, 'utf8')),
    );
  }

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
    await waitUntil(
      async () => (await cachedLists()).some((text) => text.includes('web-server-01')),
      'the list on disk',
    );
  });

  it('fills the view from the cache, with its age, while VPS.org does not respond', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({ match: { method: 'GET' }, times: Infinity, fault: { kind: 'hang' } });
    await window.reload();
    await window.openView('VPS.org');
    await tree.row('web-server-01, active, us-west, 203.0.113.10').waitFor();
    await window.sideBarText(/Last updated at .*\. Waiting for VPS\.org\./u).waitFor();
    await window.screenshot('restart-cached');
  });

  it('shows the age of the data before deleting', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.clear();
    sandbox.faults.add({
      match: { method: 'GET' },
      times: Infinity,
      fault: { kind: 'status', status: 500 },
    });
    await window.reload();
    await window.openView('VPS.org');
    await window.sideBarText(/VPS\.org has a problem \(HTTP 500\)\. Last updated at/u).waitFor();
    await tree.contextMenu('web-server-01', 'Delete Server...');
    const question = await window.dialog('Delete "web-server-01"?');
    assert.match(await question.text(), /Couldn't reach VPS\.org\. Last updated at/u);
    await question.press('Cancel');
    assert.deepEqual(account.changes(), []);
  });

  it('replaces the cached list with the first response', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.update(12345, { name: 'renamed-elsewhere' });
    sandbox.faults.clear();
    await window.viewAction('Refresh');
    await tree.row('renamed-elsewhere').waitFor();
    await window.sideBarText(/This list is from|Last updated at/u).waitFor({ state: 'hidden' });
  });

  it('stores no token on disk', async () => {
    const files = await filesOnDisk();
    assert.ok(files.some(isCachedList));
    for (const file of files) {
      assert.ok(!(await readFile(file)).includes(account.sandbox.token), file);
    }
  });

  it('copies diagnostics without names and addresses', async () => {
    const { window } = account;
    await window.palette('VPS.org: Copy Diagnostics');
    await window.quickPick.pick('Without Names and Addresses');
    await (await window.notification('Diagnostics copied to the clipboard.')).dismiss();
    const text = await window.clipboard();
    assert.match(text, /Accounts: 1/u);
    assert.match(text, /7 servers/u);
    assert.match(text, /server GET \/servers\/ HTTP 500/u);
    assert.doesNotMatch(text, /renamed-elsewhere|203\.0\.113|sample@example/u);
    assert.ok(!text.includes(account.sandbox.token));
  });

  it('deletes the cached list on sign-out', async () => {
    const { window } = account;
    await window.palette('VPS.org: Sign Out...');
    await (await window.dialog(/Sign out of/u)).press('Sign Out');
    await window.welcome('Sign In').waitFor();
    await waitUntil(
      async () => (await cachedLists()).length === 0,
      'the list to be gone from the disk',
    );
  });
});
