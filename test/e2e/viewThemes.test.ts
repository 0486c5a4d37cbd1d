import assert from 'node:assert/strict';
import { signIn, useAccount } from './account.ts';

describe('Servers view in color themes', () => {
  const account = useAccount();

  before('sign in with all kinds of rows', async () => {
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
    it(`shows each status by shape and color: ${name}`, async () => {
      const { window, tree } = account;
      await window.setTheme(theme);
      // Every status has its own shape, so that color is not needed to tell them apart.
      const icons = await Promise.all(
        ['web-server-01', 'cache-01', 'old-shop', 'db-server-01', 'odd-one'].map((row) =>
          tree.iconOf(row),
        ),
      );
      assert.equal(
        new Set(icons.map(({ shape }) => shape)).size,
        icons.length,
        JSON.stringify(icons),
      );
      assert.notEqual(icons[0]?.color, icons[1]?.color);
      await tree.hover('web-server-01');
      await window.screenshot(`view-${name}`);
      const menu = await tree.openContextMenu('web-server-01');
      await window.screenshot(`menu-${name}`);
      await menu.close();
    });
  }
});
