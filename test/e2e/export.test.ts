import assert from 'node:assert/strict';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const title = 'Export Server List...';

describe('Export', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  async function waitForText(text: string): Promise<string> {
    return await waitUntil(async () => {
      const shown = await account.window.editorText();
      return shown.includes(text) ? shown : undefined;
    }, `"${text}" in the editor`);
  }

  async function waitForPick(placeholder: string): Promise<void> {
    await account.window.page.getByPlaceholder(placeholder, { exact: true }).waitFor();
  }

  it('opens all servers as an unsaved CSV file from the palette', async () => {
    const { window } = account;
    await window.palette(`VPS.org: ${title}`);
    await waitForPick('Export 7 servers as');
    await window.screenshot('export-formats');
    await window.quickPick.pick('CSV');
    const text = await waitForText('name,id,hostname,status,ip_address');
    assert.match(
      text,
      /web-server-01,12345,web01\.example\.com,active,203\.0\.113\.10,.*Standard VPS.*,12$/mu,
    );
    assert.ok(!text.includes(account.sandbox.token));
    await window.editorTab(/^servers\.csv|^Untitled-1|name,id/u).waitFor();
    await window.screenshot('export-csv');
  });

  it('opens selected servers with addresses as an OpenSSH config from the context menu', async () => {
    const { window, tree, sandbox } = account;
    // Neither becomes active nor is marked as new, which would draw the selected rows again.
    const settled = { location: 'us-west', created_at: '2025-01-10T14:30:00Z' };
    // The addresses of the others are reserved for examples.
    const real = sandbox.world.add({
      ...settled,
      name: 'real-one',
      ip_address: '192.34.56.10',
      ipv6_address: null,
    });
    const { id } = sandbox.world.add({
      ...settled,
      name: 'new-one',
      status: 'stopped',
      ip_address: null,
      ipv6_address: null,
    });
    await window.viewAction('Refresh');
    await tree.row('new-one').waitFor();
    await tree.select('web-server-01', 'real-one', 'new-one');
    await tree.contextMenu('web-server-01', title);
    await waitForPick('Export 3 servers as');
    await window.quickPick.pick('OpenSSH Config');
    const text = await waitForText('Host real-one.vps');
    assert.match(text, /Host real-one\.vps\s+HostName 192\.34\.56\.10/u);
    assert.match(text, /simulated.*\n# - web-server-01, 12345, active, 203\.0\.113\.10/u);
    assert.match(text, /# - new-one, \d+, stopped/u);
    assert.equal(text.match(/^Host /gmu)?.length, 1);
    await (await window.notification('Exported 1 of 3 servers.')).dismiss();
    await window.screenshot('export-openssh');
    sandbox.world.remove(id);
    sandbox.world.remove(real.id);
    await window.viewAction('Refresh');
    await tree.row('new-one').waitFor({ state: 'hidden' });
  });

  it('exports all servers from the view menu, and asks when a filter is active', async () => {
    const { window, tree } = account;
    await tree.select('cache-01');
    await window.viewMenu(title);
    await waitForPick('Export 7 servers as');
    await window.quickPick.cancel();
    await tree.select('cache-01', 'web-server-01');
    await window.viewMenu(title);
    await waitForPick('Export which servers?');
    assert.equal((await window.quickPick.options()).length, 2);
    await window.quickPick.pick('Selected Servers (2)');
    await waitForPick('Export 2 servers as');
    await window.quickPick.cancel();
    await tree.select('cache-01');
    await window.viewAction('Filter Servers...');
    await window.quickPick.toggle('stopped');
    await window.quickPick.acceptChecked();
    await window.viewMenu(title);
    await waitForPick('Export which servers?');
    assert.equal((await window.quickPick.options()).length, 2);
    await window.quickPick.pick('Shown Servers (2)');
    await waitForPick('Export 2 servers as');
    await window.quickPick.pick('Ansible Inventory');
    const text = await waitForText('# - staging-eu-01,');
    await (await window.notification('Exported 0 of 2 servers.')).dismiss();
    assert.match(text, /^# VPS\.org servers as of \d{4}-\d\d-\d\d \d\d:\d\d UTC\./u);
    assert.ok(!text.includes('web-server-01'));
    await window.screenshot('export-ansible');
    await window.viewAction('Clear Filter');
    await tree.row('web-server-01').waitFor();
  });

  it('exports the servers of a group', async () => {
    const { window, tree } = account;
    await tree.contextMenu('eu-central', title);
    await waitForPick('Export 2 servers as');
    await window.quickPick.pick('JSON');
    const text = await waitForText('"name": "api-eu-01"');
    assert.match(text, /"location": "eu-central"/u);
  });

  it('warns when the list is outdated', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({
      match: { method: 'GET', path: '/servers/' },
      times: Infinity,
      fault: { kind: 'status', status: 502, body: '' },
    });
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org has a problem \(HTTP 502\)\. Last updated at/u).waitFor();
    await (await window.notification('HTTP 502')).dismiss();
    await tree.contextMenu('api-eu-01', title);
    await waitForPick('Export "api-eu-01" as');
    await window.quickPick.pick('CSV');
    const notification = await window.notification(
      /VPS\.org has a problem \(HTTP 502\)\. Last updated at \d{4}-\d\d-\d\d \d\d:\d\d UTC\./u,
    );
    await notification.dismiss();
    sandbox.faults.clear();
  });
});
