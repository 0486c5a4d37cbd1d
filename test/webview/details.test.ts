import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { backups, button, field, sent, useDetailsPanel } from './support/detailsPage.ts';
import { isFocused } from './support/focus.ts';
import { detailsMessage, meters, samples, samplesOf } from './support/states.ts';

describe('details page', () => {
  const open = useDetailsPanel();

  it('posts ready, and shows the server', async () => {
    const webview = await open();
    assert.deepEqual(await webview.posted(), [{ type: 'ready' }]);
    const { page } = webview;
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'web-server-01');
    assert.equal(await page.getByText('203.0.113.10').isVisible(), true);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01');
    assert.equal(await field(webview, 'Hostname').inputValue(), 'web01.example.com');
    assert.equal(await backups(webview).isChecked(), true);
  });

  it('enables the allowed actions', async () => {
    const webview = await open();
    assert.equal(await button(webview, 'Start').isEnabled(), false);
    await button(webview, 'Stop...').click();
    await button(webview, 'Reboot...').click();
    await button(webview, 'Delete...').click();
    await button(webview, 'Copy IPv4 address').click();
    assert.deepEqual((await webview.posted()).slice(1), [
      { type: 'power', action: 'stop' },
      { type: 'power', action: 'reboot' },
      { type: 'delete' },
      { type: 'copy', fact: 'ipAddress' },
    ]);
  });

  it('disables every change of a protected server, says why and offers to unprotect it', async () => {
    const webview = await open();
    await button(webview, 'Protect').click();
    const allowed = { stop: false, reboot: false, delete: false, save: false };
    const actions = { start: false, openTerminal: true, ...allowed };
    await webview.send(detailsMessage({ protection: '"web-server-01" is protected.', actions }));
    assert.equal(await isFocused(webview.page.getByRole('heading', { level: 1 })), true);
    const reason = webview.page.getByRole('status').filter({ hasText: 'is protected' });
    assert.equal(await reason.count(), 1);
    for (const name of ['Start', 'Stop...', 'Reboot...', 'Delete...', 'Save Changes']) {
      assert.equal(await button(webview, name).isEnabled(), false, name);
    }
    assert.equal(await field(webview, 'Name').isDisabled(), true);
    assert.equal(await backups(webview).isDisabled(), true);
    assert.equal(await button(webview, 'Open SSH Terminal').isEnabled(), true);
    assert.equal(await button(webview, 'Protect').isVisible(), false);
    await button(webview, 'Unprotect...').click();
    assert.deepEqual((await webview.posted()).slice(1), [
      { type: 'protect' },
      { type: 'unprotect' },
    ]);
    await webview.send(detailsMessage());
    assert.equal(await isFocused(webview.page.getByRole('heading', { level: 1 })), true);
    assert.equal(await button(webview, 'Unprotect...').isVisible(), false);
    assert.equal(await field(webview, 'Name').isEnabled(), true);
  });

  it('offers to sign in while the token is rejected', async () => {
    const webview = await open();
    assert.equal(await button(webview, 'Sign In').count(), 0);
    await webview.send(detailsMessage({ isRejected: true, notice: 'The token was rejected.' }));
    await button(webview, 'Sign In').click();
    assert.deepEqual((await webview.posted()).slice(1), [{ type: 'signIn' }]);
    await webview.send(detailsMessage());
    assert.equal(await isFocused(webview.page.getByRole('heading', { level: 1 })), true);
  });

  it('shows no use of CPU and memory of a server that is not running, and no chart', async () => {
    const off = { used: undefined, isOff: true };
    const webview = await open({
      status: 'stopped',
      tone: 'stopped',
      meters: meters({ cpu: off, memory: off }),
    });
    const { page } = webview;
    assert.equal(await page.getByText('so it uses no CPU and memory').isVisible(), true);
    const card = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    for (const name of ['CPU', 'Memory']) {
      assert.equal((await card(name).innerText()).replace(/\s+/gu, ' '), `${name} Not running`);
      assert.equal(await card(name).getByRole('img').count(), 0);
    }
    assert.equal(await card('Disk').getByRole('img').count(), 1);
    await webview.send(detailsMessage());
    assert.equal(await page.getByText('Not running', { exact: true }).count(), 0);
  });

  it('announces that a value was copied', async () => {
    const webview = await open();
    await webview.send({ type: 'copied', fact: 'hostname' });
    assert.equal(
      await webview.page.getByRole('status').filter({ hasText: 'Hostname copied' }).count(),
      1,
    );
  });

  it('moves the focus to the heading when the focused button is disabled', async () => {
    const webview = await open();
    await button(webview, 'Stop...').focus();
    await webview.send(
      detailsMessage({
        status: 'stopping',
        tone: 'busy',
        actions: {
          start: false,
          stop: false,
          reboot: false,
          openTerminal: true,
          delete: true,
          save: false,
        },
      }),
    );
    assert.equal(await isFocused(webview.page.getByRole('heading', { level: 1 })), true);
    await webview.page.keyboard.press('Tab');
    assert.equal(await isFocused(button(webview, 'Open SSH Terminal')), true);
  });

  it('can be used with the keyboard', async () => {
    const webview = await open();
    const { page } = webview;
    const order = [
      'Stop...',
      'Reboot...',
      'Open SSH Terminal',
      'Delete...',
      'Protect',
      'Open on VPS.org',
      'Copy IPv4 address',
      'Copy IPv6 address',
      'Copy Hostname',
      'Copy Location',
      'Copy ID',
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
    assert.equal(await isFocused(button(webview, 'Discard Changes')), true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('hides the settings of a server that is unknown and gone', async () => {
    const webview = await open({
      gone: 'The account of this server is not signed in.',
      status: '',
      facts: [],
      meters: [],
    });
    const { page } = webview;
    assert.equal(await page.getByRole('alert').getByText('not signed in').isVisible(), true);
    assert.equal(await page.getByText('Loading...').isVisible(), false);
    assert.equal(
      await page
        .getByRole('form', { name: 'Settings' })
        .or(page.getByRole('heading', { name: 'Settings' }))
        .count(),
      0,
    );
    assert.equal(await page.getByRole('button', { name: 'Save Changes' }).count(), 0);
  });

  it('disables everything if the server is gone, and keeps the typed text visible', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('my-new-name');
    await webview.send(detailsMessage({ gone: '"web-server-01" does not exist any more.' }));
    const { page } = webview;
    assert.equal(
      await page.getByRole('alert').filter({ hasText: 'does not exist any more' }).count(),
      1,
    );
    assert.equal(await field(webview, 'Name').inputValue(), 'my-new-name');
    for (const control of await page.locator('button:visible, input:visible').all()) {
      assert.equal(
        await control.isEnabled(),
        false,
        await control.evaluate((element) => element.outerHTML),
      );
    }
  });

  it('shows usage with figures, units and levels', async () => {
    const webview = await open({
      meters: meters({ memory: { used: 3500 }, disk: { used: 78 } }),
    });
    const { page } = webview;
    const valueOf = (name: string): Promise<string | null> =>
      page.getByRole('meter', { name, exact: true }).getAttribute('aria-valuetext');
    assert.equal(await valueOf('CPU'), '23.5 %');
    assert.equal(await valueOf('Memory'), '3.4 of 4.0 GiB, high');
    assert.equal(await valueOf('Disk'), '78 of 80 GB, very high');
    assert.equal(await valueOf('Bandwidth'), '0.44 of 2 TB');
    assert.equal(await page.getByText('very high').isVisible(), true);
    const chart = page.getByRole('img', {
      name: /^Memory, the last 20 samples: lowest \d+ %, highest \d+ %, now \d+ %$/u,
    });
    assert.equal(await chart.count(), 1);
  });

  it('shows the first sample on a time axis, which grows with the samples', async () => {
    const boxOf = (card: Locator): Promise<number | undefined> =>
      card.boundingBox().then((box) => box?.height);
    const webview = await open({ meters: meters({ cpu: { samples: samplesOf(0.2) } }) });
    const card = webview.page.getByRole('listitem').filter({ hasText: 'CPU' });
    assert.equal(await card.getByRole('img', { name: /^CPU, the last 1 sample:/u }).count(), 1);
    assert.equal(await card.getByText('1 min ago').isVisible(), true);
    const height = await boxOf(card);
    await webview.send(
      detailsMessage({ meters: meters({ cpu: { samples: samplesOf(0.2, 0.3) } }) }),
    );
    assert.equal(await card.getByRole('img', { name: /^CPU, the last 2 samples/u }).count(), 1);
    assert.equal(await boxOf(card), height);
    await webview.send(detailsMessage({ meters: meters({ cpu: { samples: samples(0.2, 6) } }) }));
    assert.equal(await card.getByText('2 min ago').isVisible(), true);
  });

  it('shows unknown usage as unavailable, not as zero', async () => {
    const webview = await open({ meters: meters({ cpu: { used: undefined, samples: [] } }) });
    const { page } = webview;
    assert.equal(await page.getByRole('meter', { name: 'CPU' }).count(), 0);
    assert.equal(await page.getByRole('img', { name: /^CPU/u }).count(), 0);
    assert.equal(
      await page
        .getByRole('listitem')
        .filter({ hasText: 'CPU' })
        .getByText('Unavailable')
        .isVisible(),
      true,
    );
  });

  it('formats numbers in the language of VS Code', async () => {
    const webview = await open({}, { language: 'de' });
    const meter = webview.page.getByRole('meter', { name: 'Memory' });
    assert.equal(await meter.getAttribute('aria-valuetext'), '2,0 of 4,0 GiB');
  });

  it('uses the translations of the host, and English texts without one', async () => {
    const translation = '</script><img src=x> speichern';
    const webview = await open(
      {},
      { language: 'de', translations: { 'Save Changes': translation } },
    );
    assert.equal(await button(webview, translation).isVisible(), true);
    assert.equal(await button(webview, 'Reboot...').isVisible(), true);
    assert.equal(await webview.page.locator('img').count(), 0);
  });

  for (const name of [
    '<img src=x onerror="document.title=\'owned\'">',
    '$(trash) [link](command:evil) **bold**',
    'left\u202egnp.exe',
    '{0} {1}',
  ]) {
    it(`shows a hostile name as plain text: ${JSON.stringify(name)}`, async () => {
      const facts = [{ label: 'Hostname', value: name, copy: 'hostname' as const }];
      const webview = await open({ name, status: name, accountLabel: name, facts, notice: name });
      const { page } = webview;
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), name);
      assert.equal(await page.locator('img').count(), 0);
      assert.equal(await page.title(), 'web-server-01');
    });
  }
});
