import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { backups, button, field, sent, useDetailsPanel } from './support/detailsPage.ts';
import { isFocused } from './support/focus.ts';
import { detailsMessage, meters } from './support/states.ts';

describe('The details panel', () => {
  const open = useDetailsPanel();

  it('asks for a state, and shows the server', async () => {
    const webview = await open();
    assert.deepEqual(await webview.posted(), [{ type: 'ready' }]);
    const { page } = webview;
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'web-server-01');
    assert.equal(await page.getByText('203.0.113.10').isVisible(), true);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01');
    assert.equal(await field(webview, 'Hostname').inputValue(), 'web01.example.com');
    assert.equal(await backups(webview).isChecked(), true);
  });

  it('offers the actions that make sense', async () => {
    const webview = await open();
    assert.equal(await button(webview, 'Start').isEnabled(), false);
    await button(webview, 'Stop...').click();
    await button(webview, 'Reboot...').click();
    await button(webview, 'Delete...').click();
    await button(webview, 'Copy IP address').click();
    assert.deepEqual((await webview.posted()).slice(1), [
      { type: 'power', action: 'stop' },
      { type: 'power', action: 'reboot' },
      { type: 'delete' },
      { type: 'copy', fact: 'ipAddress' },
    ]);
  });

  it('says that a fact was copied', async () => {
    const webview = await open();
    await webview.send({ type: 'copied', fact: 'hostname' });
    assert.equal(await webview.page.getByRole('status').filter({ hasText: 'Hostname copied' }).count(), 1);
  });

  it('keeps the focus near when the button that had it goes dead', async () => {
    const webview = await open();
    await button(webview, 'Stop...').focus();
    await webview.send(
      detailsMessage({
        ...{ status: 'stopping', tone: 'busy' },
        actions: { start: false, stop: false, reboot: false, delete: true, save: false },
      }),
    );
    assert.equal(await isFocused(webview.page.getByRole('heading', { level: 1 })), true);
    await webview.page.keyboard.press('Tab');
    assert.equal(await isFocused(button(webview, 'Delete...')), true);
  });

  it('can be used by keyboard alone', async () => {
    const webview = await open();
    const { page } = webview;
    const order = [
      ...['Stop...', 'Reboot...', 'Delete...'],
      ...['Copy IP address', 'Copy IPv6 address', 'Copy Hostname', 'Copy Location', 'Copy ID'],
    ];
    for (const name of order) {
      await page.keyboard.press('Tab');
      assert.equal(await isFocused(button(webview, name)), true, name);
    }
    await page.keyboard.press('Tab');
    assert.equal(await isFocused(field(webview, 'Name')), true);
    await page.keyboard.type('web-2');
    await page.keyboard.press('Tab');
    assert.equal(await isFocused(field(webview, 'Hostname')), true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.equal(await backups(webview).isChecked(), false);
    await page.keyboard.press('Tab');
    assert.equal(await isFocused(button(webview, 'Save Changes')), true);
    await page.keyboard.press('Tab');
    assert.equal(await isFocused(button(webview, 'Revert')), true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('offers nothing to change, and nothing to wait for, of a server of which nothing is known any more', async () => {
    const webview = await open({ gone: 'The account of this server is not signed in.', status: '', facts: [], meters: [] });
    const { page } = webview;
    assert.equal(await page.getByRole('alert').getByText('not signed in').isVisible(), true);
    assert.equal(await page.getByText('Loading...').isVisible(), false);
    assert.equal(await page.getByRole('form', { name: 'Settings' }).or(page.getByRole('heading', { name: 'Settings' })).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Save Changes' }).count(), 0);
  });

  it('disables everything of a server that is gone, and leaves the typed text to read', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('my-new-name');
    await webview.send(detailsMessage({ gone: '"web-server-01" does not exist any more.' }));
    const { page } = webview;
    assert.equal(await page.getByRole('alert').filter({ hasText: 'does not exist any more' }).count(), 1);
    assert.equal(await field(webview, 'Name').inputValue(), 'my-new-name');
    for (const control of await page.locator('button:visible, input:visible').all()) {
      assert.equal(await control.isEnabled(), false, await control.evaluate((element) => element.outerHTML));
    }
  });

  it('tells usage with figures, units and words', async () => {
    const webview = await open({
      meters: meters({ memory: { used: 3500 }, disk: { used: 78 } }),
    });
    const { page } = webview;
    const valueOf = (name: string): Promise<string | null> =>
      page.getByRole('meter', { name, exact: true }).getAttribute('aria-valuetext');
    assert.equal(await valueOf('CPU'), '23.5 %');
    assert.equal(await valueOf('Memory'), '3.4 of 4.0 GiB, High');
    assert.equal(await valueOf('Disk'), '78 of 80 GB, Very high');
    assert.equal(await valueOf('Bandwidth'), '450 of 2,048 GB');
    assert.equal(await page.getByText('Very high').isVisible(), true);
    const chart = page.getByRole('img', { name: /^Memory, the last 20 samples: lowest \d+ %, highest \d+ %, now \d+ %$/u });
    assert.equal(await chart.count(), 1);
  });

  it('keeps the place of a line that has not begun', async () => {
    const boxOf = (card: Locator): Promise<number | undefined> => card.boundingBox().then((box) => box?.height);
    const webview = await open({ meters: meters({ cpu: { samples: [0.2] } }) });
    const card = webview.page.getByRole('listitem').filter({ hasText: 'CPU' });
    assert.equal(await card.getByRole('img').count(), 0);
    const height = await boxOf(card);
    await webview.send(detailsMessage({ meters: meters({ cpu: { samples: [0.2, 0.3] } }) }));
    assert.equal(await card.getByRole('img', { name: /^CPU, the last 2 samples/u }).count(), 1);
    assert.equal(await boxOf(card), height);
  });

  it('says that usage is not known, and draws no zero', async () => {
    const webview = await open({ meters: meters({ cpu: { used: undefined, samples: [] } }) });
    const { page } = webview;
    assert.equal(await page.getByRole('meter', { name: 'CPU' }).count(), 0);
    assert.equal(await page.getByRole('img', { name: /^CPU/u }).count(), 0);
    assert.equal(await page.getByRole('listitem').filter({ hasText: 'CPU' }).getByText('Not known').isVisible(), true);
  });

  it('writes numbers in the language of VS Code', async () => {
    const webview = await open({}, { language: 'de' });
    const meter = webview.page.getByRole('meter', { name: 'Memory' });
    assert.equal(await meter.getAttribute('aria-valuetext'), '2,0 of 4,0 GiB');
  });

  for (const name of [
    '<img src=x onerror="document.title=\'owned\'">',
    '$(trash) [link](command:evil) **bold**',
    'left\u202egnp.exe',
    '{0} {1}',
  ]) {
    it(`shows a hostile name as the text that it is: ${JSON.stringify(name)}`, async () => {
      const facts = [{ label: 'Hostname', value: name, copy: 'hostname' as const }];
      const webview = await open({ name, status: name, accountLabel: name, facts, notice: name });
      const { page } = webview;
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), name);
      assert.equal(await page.locator('img').count(), 0);
      assert.equal(await page.title(), 'web-server-01');
    });
  }
});
