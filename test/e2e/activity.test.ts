import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

describe('Activity and changes elsewhere', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  async function activityOnDisk(): Promise<string> {
    const entries = await readdir(account.workbench.dataDir, {
      recursive: true,
      withFileTypes: true,
    });
    const files = entries.filter(({ name }) => /^activity\..*jsonl$|^activity\.jsonl$/u.test(name));
    const texts = await Promise.all(
      files.map(async ({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
    );
    return texts.join('\n');
  }

  it('says that there is no activity yet', async () => {
    const { window } = account;
    await window.viewMenu('Show Activity');
    await waitUntil(
      async () => (await window.editorText()).includes('No activity yet.'),
      'the empty activity',
    );
  });

  it('marks a suspended server and announces it, until the person looks at it', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.setStatus(12346, 'suspended');
    await tree.row('db-server-01, suspended, changed, us-east').waitFor();
    const message = await window.notification('"db-server-01" was suspended.');
    await window.screenshot('activity-suspended');
    await message.press('Show Server');
    await window.editorTab('db-server-01').waitFor();
    await tree.row('db-server-01, suspended, us-east').waitFor();
  });

  it('keeps the mark when the window is reloaded, until the person looks at the server', async () => {
    const { window, tree, sandbox } = account;
    const id = sandbox.world.servers.find(({ name }) => name === 'staging-eu-01')?.id ?? 0;
    sandbox.world.setStatus(id, 'active');
    await tree.row('staging-eu-01, active, changed').waitFor();
    await window.reload();
    await tree.row('staging-eu-01, active, changed').waitFor();
    await tree.click('staging-eu-01, active, changed');
    await tree.row('staging-eu-01, active, eu-central').waitFor();
    await window.palette('View: Close Editor');
  });

  it('lists a server that was created elsewhere and a rename, and marks the new one', async () => {
    const { window, tree, sandbox } = account;
    const { id } = sandbox.world.add({ name: 'from-elsewhere', location: 'us-east' });
    sandbox.world.update(12346, { name: 'db-server-02' });
    await tree.row(/^from-elsewhere, active, changed/u).waitFor();
    await tree.row('db-server-02, suspended, us-east').waitFor();
    await window.palette('VPS.org: Show Activity');
    await waitUntil(
      async () => (await window.editorText()).includes('Created elsewhere ('),
      'the new server in the activity',
    );
    assert.match(await window.editorText(), /renamed from db-server-01 to db-server-02/u);
    await window.screenshot('activity-created');
    await tree.click(/^from-elsewhere, active, changed/u);
    await tree.row(/^from-elsewhere, active, (?!changed)/u).waitFor();
    sandbox.world.update(12346, { name: 'db-server-01' });
    sandbox.world.remove(id);
    await tree.row('db-server-01, suspended, us-east').waitFor();
  });

  it('lists a stop from here and a deletion elsewhere', async () => {
    const { window, tree, sandbox } = account;
    await tree.contextMenu('web-server-01', 'Stop Server...');
    await (await window.dialog('Stop "web-server-01"?')).press('Stop');
    await tree.row('web-server-01, stopped, us-west').waitFor();
    await window.palette('VPS.org: Show Activity');
    await waitUntil(
      async () => (await window.editorText()).includes('Stop: accepted'),
      'the stop in the activity',
    );
    sandbox.world.remove(12346);
    // The document is open, so it follows.
    await waitUntil(
      async () => (await window.editorText()).includes('Deleted elsewhere (was suspended)'),
      'the deletion in the activity',
    );
    const text = await window.editorText();
    assert.match(text, /web-server-01 \(12345\).*Stop: accepted/u);
    assert.match(text, /db-server-01 \(12346\).*Changed elsewhere: active → suspended/u);
    await window.screenshot('activity-document');
    assert.ok(!(await activityOnDisk()).includes(sandbox.token));
  });

  it('shows no message and no mark for what was done here', async () => {
    const { window, tree } = account;
    assert.equal(await window.countNotifications('web-server-01'), 0);
    assert.ok(!(await tree.rows()).some((row) => row.includes('changed')));
  });

  it('is empty on disk after sign-out', async () => {
    const { window } = account;
    assert.match(await activityOnDisk(), /web-server-01/u);
    await window.palette('VPS.org: Sign Out...');
    await (await window.dialog(/Sign out of/u)).press('Sign Out');
    await window.welcome('Sign In').waitFor();
    await waitUntil(async () => (await activityOnDisk()).trim() === '', 'an empty activity file');
  });
});
