import assert from 'node:assert/strict';
import { signIn, useAccount } from './account.ts';

describe('Pins, notes and colors', () => {
  const account = useAccount();

  before('sign in', async () => {
    await signIn(account.window, account.sandbox.token);
    await account.tree.row('web-server-01').waitFor();
  });

  /** The names of the visible rows, in order. */
  async function names(): Promise<readonly string[]> {
    return (await account.tree.rows()).map((row) => row.split(',')[0] ?? '');
  }

  it('pins servers to the top, from the menu and for a selection', async () => {
    const { tree } = account;
    await tree.contextMenu('web-server-01', 'Organize', 'Pin Server to Top');
    await tree.row('Pinned, 1 server').waitFor();
    assert.deepEqual((await names()).slice(0, 2), ['Pinned', 'web-server-01']);
    await tree.select('cache-01', 'edge-sg-01');
    await tree.contextMenu('edge-sg-01', 'Organize', 'Pin Server to Top');
    await tree.row('Pinned, 3 servers').waitFor();
    const rows = await names();
    assert.deepEqual(rows.slice(0, 4), ['Pinned', 'cache-01', 'edge-sg-01', 'web-server-01']);
    // In its place too: the location is complete, for a person and for its actions.
    assert.equal(rows.filter((name) => name === 'cache-01').length, 2);
    await tree.row('ap-southeast, 1 server').waitFor();
    await tree.select('cache-01, stopped, pinned', 'edge-sg-01, active, pinned');
    await tree.contextMenu('edge-sg-01, active, pinned', 'Organize', 'Unpin Server');
    await tree.row('Pinned, 1 server').waitFor();
  });

  it('changes both rows of a pinned server, and keeps the selection where a person clicked', async () => {
    const { window, tree } = account;
    const pinned = 'web-server-01, active, pinned';
    await tree.click(pinned);
    await window.editorTab('web-server-01').waitFor();
    await tree.row(pinned).and(window.page.locator('[aria-selected="true"]')).waitFor();
    assert.equal((await tree.selectedRows()).length, 1);
    await window.palette('View: Close Editor');
    await tree.contextMenu(pinned, 'Reboot Server...');
    await (await window.dialog('Reboot "web-server-01"?')).press('Reboot');
    await tree.row('web-server-01, rebooting, pinned').waitFor();
    await tree.row('web-server-01, rebooting, us-west').waitFor();
    await tree.row('web-server-01, active, us-west').waitFor();
    await tree.row(pinned).waitFor();
  });

  it('keeps a note, and finds the server by it', async () => {
    const { window, tree } = account;
    await tree.contextMenu('db-server-01', 'Organize', 'Edit Server Note...');
    await window.inputBox.waitFor('Note on "db-server-01"');
    await window.inputBox.fill('Zürich billing, ask [Eve](command:x) | first');
    await window.inputBox.accept();
    await window.inputBox.waitForClosed();
    const tooltip = await tree.tooltip('db-server-01');
    assert.ok(tooltip.includes('Zürich billing, ask [Eve](command:x) | first'), tooltip);
    await window.viewAction('Filter Servers...');
    await window.quickPick.filter('zurich');
    await tree.row('web-server-01, active, us-west').waitFor({ state: 'hidden' });
    await tree.row('db-server-01').waitFor();
    await window.quickPick.filter('');
    await window.quickPick.cancel();
    await tree.row('web-server-01, active, us-west').waitFor();
    await window.palette('VPS.org: Show Server Details');
    await window.quickPick.filter('billing');
    await window.quickPick.pick('db-server-01');
    await window.editorTab('db-server-01').waitFor();
    await window.palette('View: Close Editor');
  });

  it('marks servers with a color, whose icon keeps the shape of the status', async () => {
    const { window, tree } = account;
    const before = await tree.iconOf('cache-01');
    await tree.contextMenu('cache-01', 'Organize', 'Set Server Color...');
    await window.quickPick.waitFor('Purple');
    await window.screenshot('colors');
    await window.quickPick.pick('Red');
    await tree.row('cache-01, stopped, us-east, 203.0.113.12, marked red').waitFor();
    const after = await tree.iconOf('cache-01');
    assert.equal(after.shape, before.shape);
    assert.notEqual(after.color, before.color);
    await tree.select('web-server-01, active, us-west', 'db-server-01');
    await tree.contextMenu('web-server-01, active, us-west', 'Organize', 'Set Server Color...');
    await window.quickPick.pick('Blue');
    await tree.row('db-server-01, active, us-east, 203.0.113.11, marked blue').waitFor();
    for (const [theme, name] of [
      ['Dark Modern', 'dark'],
      ['Dark High Contrast', 'high-contrast'],
      ['Light Modern', 'light'],
    ] as const) {
      await window.setTheme(theme);
      await tree.hover('db-server-01');
      await tree.tooltip('db-server-01');
      await window.screenshot(`organize-${name}`);
    }
  });

  it('keeps them when the window is reloaded', async () => {
    const { window, tree } = account;
    await window.reload();
    await tree.row('Pinned, 1 server').waitFor();
    await tree.row('cache-01, stopped, us-east, 203.0.113.12, marked red').waitFor();
    const tooltip = await tree.tooltip('db-server-01');
    assert.ok(tooltip.includes('Zürich billing'), tooltip);
  });
});
