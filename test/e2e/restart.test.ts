import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const isKeptList = (file: string): boolean => /[\\/]lists[\\/][^\\/]+\.json$/u.test(file);

describe('starting again', () => {
  const account = useAccount();

  async function filesOnDisk(): Promise<readonly string[]> {
    const entries = await readdir(account.workbench.dataDir, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }

  async function keptLists(): Promise<readonly string[]> {
    return Promise.all((await filesOnDisk()).filter(isKeptList).map(async (file) => readFile(file, 'utf8')));
  }

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
    await waitUntil(async () => (await keptLists()).some((text) => text.includes('web-server-01')), 'the list on disk');
  });

  it('fills the view at once, marked with its age, while VPS.org does not answer', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({ match: { method: 'GET' }, times: Infinity, fault: { kind: 'hang' } });
    await window.reload();
    await window.openView('VPS.org');
    await tree.row('web-server-01, active, us-west, 203.0.113.10').waitFor();
    await window.sideBarText(/This list is from .*, until VPS\.org answers\./u).waitFor();
    await window.screenshot('restart-kept');
  });

  it('says how old the knowledge is before it deletes', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.clear();
    sandbox.faults.add({ match: { method: 'GET' }, times: Infinity, fault: { kind: 'status', status: 500 } });
    await window.reload();
    await window.openView('VPS.org');
    await window.sideBarText(/VPS\.org has a problem \(HTTP 500\)\. This list is from/u).waitFor();
    await tree.contextMenu('web-server-01', 'Delete...');
    const question = await window.dialog('Delete "web-server-01"?');
    assert.match(await question.text(), /VPS\.org cannot be reached now\. This was known at/u);
    await question.press('Cancel');
    assert.deepEqual(account.changes(), []);
  });

  it('goes over to the truth with the first answer', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.rename(12345, 'renamed-elsewhere');
    sandbox.faults.clear();
    await window.viewAction('Refresh');
    await tree.row('renamed-elsewhere').waitFor();
    await window.sideBarText(/This list is from/u).waitFor({ state: 'hidden' });
  });

  it('left the token nowhere on disk', async () => {
    const files = await filesOnDisk();
    assert.ok(files.some(isKeptList));
    for (const file of files) {
      assert.ok(!(await readFile(file)).includes(account.sandbox.token), file);
    }
  });

  it('copies diagnostics that name nobody', async () => {
    const { window } = account;
    await window.palette('VPS.org: Copy Diagnostics');
    await window.quickPick.pick('Without Names and Addresses');
    await (await window.notification('The diagnostics are in the clipboard.')).dismiss();
    const text = await window.clipboard();
    assert.match(text, /Accounts: 1/u);
    assert.match(text, /7 servers/u);
    assert.match(text, /server GET \/servers\/ HTTP 500/u);
    assert.doesNotMatch(text, /renamed-elsewhere|203\.0\.113|sample@example/u);
    assert.ok(!text.includes(account.sandbox.token));
  });

  it('leaves no list behind when the account signs out', async () => {
    const { window } = account;
    await window.palette('VPS.org: Sign Out...');
    await (await window.dialog(/Sign out of/u)).press('Sign Out');
    await window.welcome('Sign In').waitFor();
    await waitUntil(async () => (await keptLists()).length === 0, 'the list to be gone from the disk');
  });
});
