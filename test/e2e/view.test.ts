import assert from 'node:assert/strict';
import type { WorkbenchPage } from '../support/workbenchPage.ts';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const hostile = {
  markdown: '[click](command:workbench.action.quit) **bold** <b>x</b>',
  icon: '$(trash) $(sync~spin) name',
};

/** In the open filter: types a text without matches, and clears the filter with the button in the view. */
async function findNothingAndClear(window: WorkbenchPage): Promise<void> {
  await window.quickPick.filter('no such thing');
  await window.welcome('Clear Filter').waitFor();
  await window.quickPick.cancel();
  await window.welcome('Clear Filter').click();
}

describe('Servers view', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  it('shows details on hover and fetches them once', async () => {
    const { window, tree, sandbox } = account;
    const fetches = (): number =>
      sandbox.requests.filter(({ path }) => path === '/servers/12345/').length;
    const text = await tree.tooltip('web-server-01');
    for (const detail of [
      'Standard VPS',
      '2 vCPU, 4 GiB memory',
      '$12.00 a month, $0.018 an hour (list price)',
      'Ubuntu 22.04 LTS',
      '203.0.113.10',
      '2001:0db8::1',
      'us-west',
      'backups o',
    ]) {
      assert.ok(text.includes(detail), detail);
    }
    await window.screenshot('tooltip');
    const before = fetches();
    await tree.hover('db-server-01');
    await tree.tooltip('db-server-01');
    await tree.tooltip('web-server-01');
    assert.equal(fetches(), before);
  });

  it('shows list prices in groups and for the account, with one request for plans', async () => {
    const { window, tree, sandbox } = account;
    await tree.row('us-west, 2 servers, 1 active, $36.00/month').waitFor();
    await window.sideBarText('List price: $132.00/month.').waitFor();
    await window.screenshot('prices');
    const plans = sandbox.requests.filter(({ path }) => path.startsWith('/plans/'));
    assert.deepEqual(
      plans.map(({ method }) => method),
      ['GET'],
    );
  });

  it('filters while typing, shows the filter, and clears it with one click', async () => {
    const { window, tree } = account;
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.filter('debian');
    await tree.row('web-server-01').waitFor({ state: 'hidden' });
    await tree.row('db-server-01').waitFor();
    await window.quickPick.filter('');
    // The counts follow the text. New items would undo a check that came before them.
    await waitUntil(
      async () =>
        (await window.quickPick.options()).some((option) => option.startsWith('active, 4')),
      'the counts of all servers',
    );
    await window.quickPick.toggle('stopped');
    await tree.row('db-server-01').waitFor({ state: 'hidden' });
    await tree.row('cache-01').waitFor();
    await window.quickPick.acceptChecked();
    await window
      .sideBarText('Filtered by stopped: 2 of 7 servers. List price of all servers: $132.00/month.')
      .waitFor();
    await window.screenshot('filtered');
    await window.reload();
    await window.openView('VPS.org');
    await window.sideBarText('Filtered by stopped: 2 of 7 servers.').waitFor();
    // One click edits the filter. What is checked stays checked while text is typed, and the counts follow the text.
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.filter('cache');
    await window.sideBarText('Filtered by "cache", stopped: 1 of 7 servers.').waitFor();
    await waitUntil(
      async () =>
        (await window.quickPick.options()).some((option) => option.startsWith('active, 0')),
      'the counts to follow the text',
    );
    assert.ok((await window.quickPick.options()).some((option) => option.startsWith('stopped, 1')));
    await window.screenshot('filter-counts');
    await window.quickPick.acceptChecked();
    await window.viewAction('Clear Filter');
    await tree.row('web-server-01').waitFor();
    await window.sideBarText('Filtered').waitFor({ state: 'hidden' });
  });

  it('offers to clear the filter when nothing matches', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Filter Servers...');
    await findNothingAndClear(window);
    await tree.row('web-server-01').waitFor();
  });

  it('groups by status, by location or not at all', async () => {
    const { window, tree } = account;
    await window.viewMenu('Group Servers By...');
    await window.quickPick.pick('Status');
    await tree.row('suspended, 1 server').waitFor();
    await tree.row('active, 4 servers').waitFor();
    await window.palette('VPS.org: Group Servers By...');
    await window.quickPick.pick('None');
    await tree.row('active, 4 servers').waitFor({ state: 'hidden' });
    await tree.row('web-server-01').waitFor();
    await window.palette('VPS.org: Group Servers By...');
    await window.quickPick.pick('Location');
    await tree.row('us-west, 2 servers, 1 active').waitFor();
  });

  it('keeps selection and collapsed groups when a refresh brings changes', async () => {
    const { window, tree, sandbox } = account;
    await tree.click('eu-central');
    await tree.row('api-eu-01').waitFor({ state: 'hidden' });
    await tree.click('db-server-01');
    sandbox.world.update(12345, { name: 'renamed-elsewhere' });
    sandbox.world.add({ name: 'new-elsewhere', location: 'us-east', status: 'active' });
    await window.viewAction('Refresh');
    await tree.row('renamed-elsewhere').waitFor();
    await tree.row('new-elsewhere').waitFor();
    assert.equal(await tree.row('db-server-01').getAttribute('aria-selected'), 'true');
    assert.equal(await tree.row('api-eu-01').count(), 0);
    await tree.click('eu-central');
    sandbox.world.update(12345, { name: 'web-server-01' });
    await window.viewAction('Refresh');
    await tree.row('web-server-01').waitFor();
  });

  it('copies address, hostname and id', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Copy', 'Copy IP Address');
    await waitForClipboard('203.0.113.10');
    await tree.contextMenu('web-server-01', 'Copy', 'Copy Hostname');
    await waitForClipboard('web01.example.com');
    await window.palette('VPS.org: Copy ID');
    await window.quickPick.pick('web-server-01');
    await waitForClipboard('12345');
    await tree.select('web-server-01', 'db-server-01');
    await tree.contextMenu('web-server-01', 'Copy', 'Copy IP Address');
    await waitForClipboard(/^203\.0\.113\.1[01]\n203\.0\.113\.1[01]$/u);
  });

  async function waitForClipboard(expected: string | RegExp): Promise<void> {
    await waitUntil(
      async () => {
        const text = await account.window.clipboard();
        return typeof expected === 'string' ? text === expected : expected.test(text);
      },
      `${String(expected)} in the clipboard`,
    );
  }

  it('renames, deletes and copies with keys on the focused row', async () => {
    const { window, tree } = account;
    // The keys act on the focused row, whatever is selected.
    await tree.click('web-server-01');
    await window.webviewFrame('web-server-01');
    await tree.focusRow('db-server-01');
    await tree.press('ControlOrMeta+c');
    await waitForClipboard('203.0.113.11');
    await tree.press('F2');
    await window.inputBox.waitFor('Rename "db-server-01"');
    await window.inputBox.cancel();
    await tree.focusRow('db-server-01');
    await tree.press('Delete');
    await (await window.dialog('Delete "db-server-01"?')).press('Cancel');
    await window.palette('VPS.org: Copy ID');
    await window.quickPick.waitFor();
    assert.match((await window.quickPick.options())[0] ?? '', /^web-server-01/u);
    await window.quickPick.cancel();
  });

  it('renames a server and shows errors in the input box', async () => {
    const { window, tree, sandbox } = account;
    await tree.contextMenu('cache-01', 'Rename Server...');
    await window.inputBox.waitFor('Rename "cache-01"');
    await window.inputBox.fill('no blanks please');
    await window.inputBox.waitForMessage('Use only letters, digits and hyphens');
    sandbox.faults.add({
      match: { method: 'PATCH' },
      fault: { kind: 'status', status: 400, body: { name: ['This name is taken.'] } },
    });
    await window.inputBox.fill('cache-02');
    await window.inputBox.accept();
    await window.inputBox.waitForMessage('This name is taken.');
    await window.inputBox.accept();
    await tree.row('cache-02').waitFor();
    const patch = sandbox.requests.findLast(({ method }) => method === 'PATCH');
    assert.deepEqual(patch?.body, { name: 'cache-02' });
  });

  it('turns automatic backups on and off', async () => {
    const { window, tree, sandbox } = account;
    const before = sandbox.world.get(12346)?.backups_enabled;
    await tree.select('db-server-01');
    await tree.contextMenu('db-server-01', 'Turn Automatic Backups On or Off...');
    await window.quickPick.waitFor('current');
    await window.quickPick.pick(before ? 'Off' : 'On');
    await waitUntil(
      () => Promise.resolve(sandbox.world.get(12346)?.backups_enabled !== before),
      'the setting to change',
    );
    assert.deepEqual(sandbox.requests.findLast(({ method }) => method === 'PATCH')?.body, {
      backups_enabled: !before,
    });
  });

  it('shows a server as JSON', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Show as JSON');
    await window.editorTab('web-server-01.json').waitFor();
    assert.match(await window.editorText(), /"id": 12345/);
    await window.palette('View: Close Editor');
  });

  it('shows hostile names as plain text', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.add({
      name: hostile.markdown,
      location: '<img src=x onerror=alert(1)> a|b\\|c',
      status: 'active',
    });
    sandbox.world.add({ name: hostile.icon, location: 'us-east', status: 'migrating $(x)' });
    await window.viewAction('Refresh');
    await tree.row(/^\[click\]/u).waitFor();
    await tree.row(/^\$\(trash\) \$\(sync~spin\) name, migrating/u).waitFor();
    const tooltip = await tree.tooltip(/^\[click\]/u);
    assert.match(tooltip, /\[click\]\(command:workbench\.action\.quit\) \*\*bold\*\* <b>x<\/b>/u);
    assert.ok(tooltip.includes('<img src=x onerror=alert(1)> a|b\\|c'), tooltip);
    await window.palette('VPS.org: Copy ID');
    await window.quickPick.waitFor('$(trash) $(sync~spin) name');
    await window.screenshot('hostile-names');
    await window.quickPick.cancel();
    await tree.contextMenu(/^\[click\]/u, 'Stop Server...');
    const question = await window.dialog('Stop "');
    assert.equal(await question.element.getByRole('link').count(), 0);
    await question.press('Stop');
    await tree.contextMenu(/^\$\(trash\)/u, 'Rename Server...');
    await window.inputBox.fill('x y');
    await window.inputBox.waitForMessage('Use only letters, digits and hyphens');
    await window.inputBox.cancel();
    // A row that is redrawn while its menu is open is lost to the command, which then asks for the server.
    await tree.row(/^\[click\].*, stopped, /u).waitFor();
    await tree.contextMenu(/^\[click\]/u, 'Delete Server...');
    await (await window.dialog('Delete "')).press('Delete');
    await window.inputBox.waitForMessage('Type the name of the server, [click]');
    await window.screenshot('hostile-name-typed');
    assert.equal(await window.inputBox.links(), 0);
    await window.inputBox.cancel();
    for (const { id, name } of sandbox.world.servers) {
      if (Object.values(hostile).includes(name)) {
        sandbox.world.remove(id);
      }
    }
    await window.viewAction('Refresh');
    await tree.row(/^\[click\]/u).waitFor({ state: 'hidden' });
  });

  it('shows valid servers among malformed ones', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({
      match: { method: 'GET', path: '/servers/' },
      fault: { kind: 'malformedServers' },
    });
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org returned \d+ of \d+ servers\./u).waitFor();
    await tree.row('web-server-01').waitFor();
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org returned/u).waitFor({ state: 'hidden' });
  });

  it('keeps the list with its age when VPS.org cannot be reached, and still allows actions', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({
      match: { method: 'GET', path: '/servers/' },
      times: Infinity,
      fault: { kind: 'status', status: 502, body: '<html>Bad gateway</html>' },
    });
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org has a problem \(HTTP 502\)\. Last updated at/u).waitFor();
    await window.screenshot('stale');
    await (await window.notification('HTTP 502')).dismiss();
    await tree.contextMenu('api-eu-01', 'Stop Server...');
    await (await window.dialog('Stop "api-eu-01"?')).press('Stop');
    await tree.row('api-eu-01, stopping').waitFor();
    sandbox.faults.clear();
    await window.viewAction('Refresh');
    await window.sideBarText(/This list is from|Last updated at/u).waitFor({ state: 'hidden' });
  });

  it('shows a message when there are no servers', async () => {
    const { window, sandbox } = account;
    for (const { id } of sandbox.world.servers) {
      sandbox.world.remove(id);
    }
    await window.viewAction('Refresh');
    await window.sideBarText('This account has no servers yet.').waitFor();
  });
});

describe('Sample servers', () => {
  const account = useAccount();

  it('are labeled, can be changed, and keep changes after a reload', async () => {
    const { window, tree, sandbox } = account;
    await window.openView('VPS.org');
    await window.welcome('Try with Sample Servers').click();
    await tree.row('web-server-01').waitFor();
    await window
      .sideBarText('Sample servers, simulated on this computer. They cost nothing.')
      .waitFor();
    await window.sideBarText('Sample prices: $132.00/month.').waitFor();
    await window.screenshot('sample');
    await window.viewAction('Filter Servers...');
    await findNothingAndClear(window);
    await window
      .sideBarText('Sample servers, simulated on this computer. They cost nothing.')
      .waitFor();
    await tree.contextMenu('cache-01', 'Delete Server...');
    const question = await window.dialog('Delete "cache-01"?');
    assert.match(await question.text(), /sample/u);
    await question.press('Delete');
    await window.inputBox.waitFor('Type the name');
    await window.inputBox.fill('cache-01');
    await window.inputBox.accept();
    await tree.row('cache-01').waitFor({ state: 'hidden' });
    await window.reload();
    await window.openView('VPS.org');
    await tree.row('web-server-01').waitFor();
    assert.equal(await tree.row('cache-01').count(), 0);
    assert.equal(sandbox.requests.length, 0, 'no request goes to the configured URL');
  });
});
