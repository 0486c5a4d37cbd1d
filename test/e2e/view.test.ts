import assert from 'node:assert/strict';
import type { WorkbenchPage } from '../support/workbenchPage.ts';
import { waitUntil } from '../support/workbenchWait.ts';
import { signIn, useAccount } from './account.ts';

const hostile = {
  markdown: '[click](command:workbench.action.quit) **bold** <b>x</b>',
  icon: '$(trash) $(sync~spin) name',
};

/** With the filter open: types what nothing matches, and takes the way out that the view offers. */
async function findNothingAndClear(window: WorkbenchPage): Promise<void> {
  await window.quickPick.filter('no such thing');
  await window.welcome('Clear Filter').waitFor();
  await window.quickPick.cancel();
  await window.welcome('Clear Filter').click();
}

describe('the servers view', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  it('tells a server\'s facts on hover, fetched once', async () => {
    const { tree, sandbox } = account;
    const looks = (): number => sandbox.requests.filter(({ path }) => path === '/servers/12345/').length;
    const text = await tree.tooltip('web-server-01');
    for (const words of ['Standard VPS', '2 vCPU, 4 GiB memory', 'Ubuntu 22.04 LTS', '203.0.113.10', '2001:0db8::1', 'us-west', 'Automatic backups']) {
      assert.ok(text.includes(words), words);
    }
    const before = looks();
    await tree.row('db-server-01').hover();
    await tree.tooltip('db-server-01');
    await tree.tooltip('web-server-01');
    assert.equal(looks(), before);
  });

  it('filters while one types, says so, and clears with one click', async () => {
    const { window, tree } = account;
    await window.viewAction('Filter Servers...');
    await window.quickPick.waitFor();
    await window.quickPick.filter('debian');
    await tree.row('web-server-01').waitFor({ state: 'hidden' });
    await tree.row('db-server-01').waitFor();
    await window.quickPick.filter('');
    await window.quickPick.toggle('stopped');
    await tree.row('db-server-01').waitFor({ state: 'hidden' });
    await tree.row('cache-01').waitFor();
    await window.quickPick.acceptChecked();
    await window.sideBarText('Filtered: 2 of 7 servers.').waitFor();
    await window.screenshot('filtered');
    await window.reload();
    await window.openView('VPS.org');
    await window.sideBarText('Filtered: 2 of 7 servers.').waitFor();
    await window.viewAction('Clear Filter');
    await tree.row('web-server-01').waitFor();
    await window.sideBarText('Filtered').waitFor({ state: 'hidden' });
  });

  it('says when nothing matches, and offers to clear the filter', async () => {
    const { window, tree } = account;
    await window.palette('VPS.org: Filter Servers...');
    await findNothingAndClear(window);
    await tree.row('web-server-01').waitFor();
  });

  it('groups by something else', async () => {
    const { window, tree } = account;
    await window.viewMenu('Group Servers By...');
    await window.quickPick.pick('Status');
    await tree.row('suspended, 1 server, 0 active').waitFor();
    await tree.row('active, 4 servers, 4 active').waitFor();
    await window.palette('VPS.org: Group Servers By...');
    await window.quickPick.pick('Nothing (Plain List)');
    await tree.row('active, 4 servers').waitFor({ state: 'hidden' });
    await tree.row('web-server-01').waitFor();
    await window.palette('VPS.org: Group Servers By...');
    await window.quickPick.pick('Location');
    await tree.row('us-west, 2 servers, 1 active').waitFor();
  });

  it('keeps selection and collapsed groups through a refresh that changes things', async () => {
    const { window, tree, sandbox } = account;
    await tree.click('eu-central');
    await tree.row('api-eu-01').waitFor({ state: 'hidden' });
    await tree.click('db-server-01');
    sandbox.world.rename(12345, 'renamed-elsewhere');
    sandbox.world.add({ name: 'new-elsewhere', location: 'us-east', status: 'active' });
    await window.viewAction('Refresh');
    await tree.row('renamed-elsewhere').waitFor();
    await tree.row('new-elsewhere').waitFor();
    assert.equal(await tree.row('db-server-01').getAttribute('aria-selected'), 'true');
    assert.equal(await tree.row('api-eu-01').count(), 0);
    await tree.click('eu-central');
    sandbox.world.rename(12345, 'web-server-01');
    await window.viewAction('Refresh');
    await tree.row('web-server-01').waitFor();
  });

  it('copies address, host name and id', async () => {
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
    await waitUntil(async () => {
      const text = await account.window.clipboard();
      return typeof expected === 'string' ? text === expected : expected.test(text);
    }, `${String(expected)} in the clipboard`);
  }

  it('renames, with what is wrong told in the box', async () => {
    const { window, tree, sandbox } = account;
    await tree.contextMenu('cache-01', 'Rename...');
    await window.inputBox.waitFor('Rename "cache-01"');
    await window.inputBox.fill('no blanks please');
    await window.inputBox.waitForMessage('letters, digits and hyphens only');
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
    await window.quickPick.waitFor('as it is now');
    await window.quickPick.pick(before ? 'Off' : 'On');
    await waitUntil(
      () => Promise.resolve(sandbox.world.get(12346)?.backups_enabled !== before),
      'the setting to change',
    );
    assert.deepEqual(sandbox.requests.findLast(({ method }) => method === 'PATCH')?.body, { backups_enabled: !before });
  });

  it('shows a server as JSON', async () => {
    const { window, tree } = account;
    await tree.contextMenu('web-server-01', 'Show as JSON');
    await window.editorTab('web-server-01.json').waitFor();
    assert.match(await window.editorText(), /"id": 12345/);
    await window.palette('View: Close Editor');
  });

  it('shows hostile names as the text that they are', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.add({ name: hostile.markdown, location: '<img src=x onerror=alert(1)>', status: 'active' });
    sandbox.world.add({ name: hostile.icon, location: 'us-east', status: 'migrating $(x)' });
    await window.viewAction('Refresh');
    await tree.row(/^\[click\]/u).waitFor();
    await tree.row(/^\$\(trash\) \$\(sync~spin\) name, migrating/u).waitFor();
    assert.match(await tree.tooltip(/^\[click\]/u), /\[click\]\(command:workbench\.action\.quit\) \*\*bold\*\* <b>x<\/b>/u);
    await window.palette('VPS.org: Copy ID');
    await window.quickPick.waitFor('$(trash) $(sync~spin) name');
    await window.screenshot('hostile-names');
    await window.quickPick.cancel();
    await tree.contextMenu(/^\[click\]/u, 'Stop...');
    const question = await window.dialog('Stop "');
    assert.equal(await question.element.getByRole('link').count(), 0);
    await question.press('Stop');
    await tree.contextMenu(/^\$\(trash\)/u, 'Rename...');
    await window.inputBox.fill('x y');
    await window.inputBox.waitForMessage('letters, digits and hyphens only');
    await window.inputBox.cancel();
    await tree.contextMenu(/^\[click\]/u, 'Delete...');
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

  it('shows good servers among odd ones', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({ match: { method: 'GET', path: '/servers/' }, fault: { kind: 'oddServers' } });
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org shows \d+ of \d+ servers\./u).waitFor();
    await tree.row('web-server-01').waitFor();
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org shows/u).waitFor({ state: 'hidden' });
  });

  it('keeps the list when VPS.org cannot be reached, says since when it is old, and still lets one act', async () => {
    const { window, tree, sandbox } = account;
    sandbox.faults.add({ match: { method: 'GET', path: '/servers/' }, times: Infinity, fault: { kind: 'status', status: 502, body: '<html>Bad gateway</html>' } });
    await window.viewAction('Refresh');
    await window.sideBarText(/VPS\.org has a problem \(HTTP 502\)\. This list is from/u).waitFor({ timeout: 30_000 });
    await window.screenshot('stale');
    await (await window.notification('HTTP 502')).dismiss();
    await tree.contextMenu('api-eu-01', 'Stop...');
    await (await window.dialog('Stop "api-eu-01"?')).press('Stop');
    await tree.row('api-eu-01, stopping').waitFor();
    sandbox.faults.clear();
    await window.viewAction('Refresh');
    await window.sideBarText(/This list is from/u).waitFor({ state: 'hidden' });
  });

  it('says when there are no servers', async () => {
    const { window, sandbox } = account;
    for (const { id } of sandbox.world.servers) {
      sandbox.world.remove(id);
    }
    await window.viewAction('Refresh');
    await window.sideBarText('There are no servers in this account yet.').waitFor();
  });
});

describe('the sample servers', () => {
  const account = useAccount();

  it('are marked, can be worked with, and remember it after a reload', async () => {
    const { window, tree, sandbox } = account;
    await window.openView('VPS.org');
    await window.welcome('Try with Sample Servers').click();
    await tree.row('web-server-01').waitFor();
    await window.sideBarText('Sample servers, simulated on this computer. They cost nothing.').waitFor();
    await window.screenshot('sample');
    await window.viewAction('Filter Servers...');
    await findNothingAndClear(window);
    await window.sideBarText('Sample servers, simulated on this computer. They cost nothing.').waitFor();
    await tree.contextMenu('cache-01', 'Delete...');
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
    assert.equal(sandbox.requests.length, 0, 'nothing goes to the configured address');
  });
});

describe('the view in its colours', () => {
  const account = useAccount();

  before('sign in, with every kind of row', async () => {
    const { window, tree, sandbox } = account;
    sandbox.world.setStatus(12346, 'rebooting', true);
    sandbox.world.add({ name: 'odd-one', location: 'us-east', status: 'migrating' });
    await signIn(window, sandbox.token);
    await tree.row('db-server-01, rebooting').waitFor();
    await tree.row('odd-one, migrating').waitFor();
  });

  for (const [theme, name] of [
    ['Light Modern', 'light'],
    ['Dark Modern', 'dark'],
    ['Dark High Contrast', 'high-contrast'],
  ] as const) {
    it(`tells each status by a shape and a colour: ${name}`, async () => {
      const { window, tree } = account;
      await window.setTheme(theme);
      // What is told by colour is told by shape too: no two of these look the same without it.
      const icons = await Promise.all(
        ['web-server-01', 'cache-01', 'old-shop', 'db-server-01', 'odd-one'].map((row) => tree.iconOf(row)),
      );
      assert.equal(new Set(icons.map(({ shape }) => shape)).size, icons.length, JSON.stringify(icons));
      assert.notEqual(icons[0]?.colour, icons[1]?.colour);
      await tree.row('web-server-01').hover();
      await window.screenshot(`view-${name}`);
      const menu = await tree.openContextMenu('web-server-01');
      await window.screenshot(`menu-${name}`);
      await menu.close();
    });
  }
});
