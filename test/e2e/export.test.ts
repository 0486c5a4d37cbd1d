import assert from 'node:assert/strict';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const title = 'Export Server List...';

describe('exporting the server list', () => {
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

  it('opens all servers as CSV from the palette, unsaved', async () => {
    const { window } = account;
    await window.palette(`VPS.org: ${title}`);
    await waitForPick('Export 7 servers as');
    await window.screenshot('export-formats');
    await window.quickPick.pick('CSV');
    const text = await waitForText('name,id,hostname,status,ipAddress');
    assert.match(text, /web-server-01,12345,web01\.example\.com,active,203\.0\.113\.10,.*Standard VPS/u);
    assert.ok(!text.includes(account.sandbox.token));
    await window.editorTab(/^Untitled-1|name,id/u).waitFor();
    await window.screenshot('export-csv');
  });

  it('opens the selected servers as an OpenSSH config by right click, without those that have no address', async () => {
    const { window, tree, sandbox } = account;
    const { id } = sandbox.world.add({ name: 'new-one', location: 'us-west', status: 'provisioning', ip_address: null, ipv6_address: null });
    await window.viewAction('Refresh');
    await tree.select('web-server-01', 'db-server-01', 'new-one');
    await tree.contextMenu('web-server-01', title);
    await waitForPick('Export 3 servers as');
    await window.quickPick.pick('OpenSSH Config');
    const text = await waitForText('Host db-server-01');
    assert.match(text, /Host web-server-01\s+HostName 203\.0\.113\.10/u);
    assert.match(text, /# - new-one, \d+, provisioning/u);
    assert.equal(text.match(/^Host /gmu)?.length, 2);
    await (await window.notification('1 server has no address yet')).dismiss();
    await window.screenshot('export-openssh');
    sandbox.world.remove(id);
    await window.viewAction('Refresh');
    await tree.row('new-one').waitFor({ state: 'hidden' });
  });

  it('means all servers in the menu of the view, whichever row has the focus, and asks where a filter is on', async () => {
    const { window, tree } = account;
    await tree.select('cache-01');
    await window.viewMenu(title);
    await waitForPick('Export 7 servers as');
    await window.quickPick.cancel();
    await window.viewAction('Filter Servers...');
    await window.quickPick.toggle('stopped');
    await window.quickPick.acceptChecked();
    await window.viewMenu(title);
    await waitForPick('Export which servers?');
    assert.equal((await window.quickPick.options()).length, 2);
    await window.quickPick.pick('The 2 Shown');
    await waitForPick('Export 2 servers as');
    await window.quickPick.pick('Ansible Inventory');
    const text = await waitForText('"staging-eu-01":');
    assert.match(text, /^# Servers of VPS\.org as of \d{4}-\d\d-\d\d \d\d:\d\d UTC\./u);
    assert.ok(!text.includes('web-server-01'));
    await window.screenshot('export-ansible');
    await window.viewAction('Clear Filter');
    await tree.row('web-server-01').waitFor();
  });

  it('takes the servers of a group', async () => {
    const { window, tree } = account;
    await tree.contextMenu('eu-central', title);
    await waitForPick('Export 2 servers as');
    await window.quickPick.pick('JSON');
    const text = await waitForText('"name": "api-eu-01"');
    assert.match(text, /"location": "eu-central"/u);
  });

  it('says so when the list is old', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({ match: { method: 'GET', path: '/servers/' }, times: Infinity, fault: { kind: 'status', status: 502, body: '' } });
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org has a problem \(HTTP 502\)\. This list is from/u).waitFor();
    await (await window.notification('HTTP 502')).dismiss();
    await tree.contextMenu('api-eu-01', title);
    await waitForPick('Export "api-eu-01" as');
    await window.quickPick.pick('CSV');
    const told = await window.notification(/VPS\.org has a problem \(HTTP 502\)\. This list is from \d{4}-\d\d-\d\d \d\d:\d\d UTC\./u);
    await told.dismiss();
    sandbox.faults.clear();
  });
});
