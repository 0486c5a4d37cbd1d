import assert from 'node:assert/strict';
import { backups, button, field, sent, useDetailsPanel } from './support/detailsPage.ts';
import { descriptionOf, isFocused } from './support/focus.ts';
import { detailsMessage, meters, running, stateMessage } from './support/states.ts';

describe('details page: settings', () => {
  const open = useDetailsPanel();

  it('saves all three settings, with the values when editing started', async () => {
    const webview = await open();
    assert.equal(await button(webview, 'Save Changes').isEnabled(), false);
    await field(webview, 'Name').fill('web-2 ');
    await backups(webview).uncheck();
    await button(webview, 'Save Changes').click();
    assert.deepEqual(await sent(webview, 'save'), [
      {
        type: 'save',
        values: { name: 'web-2', hostname: 'web01.example.com', backupsEnabled: false },
        basis: running.settings,
      },
    ]);
  });

  it('is busy while saving, and saves once', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await button(webview, 'Save Changes').dblclick();
    assert.equal(await button(webview, 'Saving...').isEnabled(), false);
    assert.equal(await isFocused(button(webview, 'Saving...')), true);
    assert.equal((await sent(webview, 'save')).length, 1);

    const settings = { ...running.settings, name: 'web-2' };
    await webview.send(detailsMessage({ name: 'web-2', settings }));
    await webview.send({ type: 'saved' });
    assert.equal(
      await webview.page.getByRole('status').filter({ hasText: 'Changes saved' }).count(),
      1,
    );
    assert.equal(await button(webview, 'Save Changes').isEnabled(), false);
    assert.equal(await isFocused(field(webview, 'Name')), true);
  });

  it("shows the host's errors beside their fields and focuses the first", async () => {
    const webview = await open();
    await field(webview, 'Hostname').fill('web02.example.com');
    await button(webview, 'Save Changes').click();
    await webview.send({
      type: 'notSaved',
      message: 'VPS.org refused.',
      errors: { hostname: 'Taken already.' },
    });
    assert.equal(await isFocused(field(webview, 'Hostname')), true);
    assert.equal(await field(webview, 'Hostname').getAttribute('aria-invalid'), 'true');
    assert.equal(await descriptionOf(field(webview, 'Hostname')), 'Taken already.');
    assert.equal(
      await webview.page.getByRole('alert').filter({ hasText: 'VPS.org refused.' }).count(),
      1,
    );
    await field(webview, 'Hostname').fill('web03.example.com');
    assert.equal(await field(webview, 'Hostname').getAttribute('aria-invalid'), null);
    assert.equal(await button(webview, 'Save Changes').isEnabled(), true);
  });

  it('returns to editing when the person cancels saving', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await button(webview, 'Save Changes').click();
    await webview.send({ type: 'notSaved', message: undefined, errors: {} });
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await button(webview, 'Save Changes').isEnabled(), true);
  });

  it('validates while typing, and does not send invalid values', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web server');
    assert.equal(
      await descriptionOf(field(webview, 'Name')),
      'Use only letters, digits and hyphens.',
    );
    await field(webview, 'Hostname').fill('');
    assert.equal(await descriptionOf(field(webview, 'Hostname')), 'Enter a hostname.');
    await button(webview, 'Save Changes').click();
    assert.equal(await isFocused(field(webview, 'Name')), true);
    assert.deepEqual(await sent(webview, 'save'), []);
  });

  it('announces the error when Enter is pressed in an invalid field', async () => {
    const webview = await open();
    const hostname = field(webview, 'Hostname');
    await hostname.fill('web01');
    const error = 'A hostname has at least two parts, for example web.example.com.';
    const announced = webview.page.getByRole('status').filter({ hasText: error });
    assert.equal(await announced.count(), 0);
    await hostname.press('Enter');
    assert.equal(await announced.count(), 1);
    assert.equal(await isFocused(hostname), true);
    assert.equal(await hostname.getAttribute('aria-invalid'), 'true');
  });

  it('says that it saves only while a request runs, not behind a question', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await button(webview, 'Save Changes').click();
    await webview.send(detailsMessage({ isAsking: true }));
    assert.equal(await button(webview, 'Save Changes').isEnabled(), false);
    await button(webview, 'Save Changes').click({ force: true });
    await webview.send(detailsMessage());
    assert.equal(await button(webview, 'Saving...').isEnabled(), false);
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('accepts an empty hostname if it was empty before', async () => {
    const settings = { name: 'web-1', hostname: '', backupsEnabled: true };
    const webview = await open({ settings });
    await field(webview, 'Name').fill('web-2');
    await button(webview, 'Save Changes').click();
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('accepts unchanged values that break the rules', async () => {
    const settings = { name: 'web_01', hostname: 'web01', backupsEnabled: true };
    const webview = await open({ settings });
    await backups(webview).uncheck();
    await button(webview, 'Save Changes').click();
    assert.deepEqual(await sent(webview, 'save'), [
      { type: 'save', values: { ...settings, backupsEnabled: false }, basis: settings },
    ]);
    await webview.send({ type: 'notSaved', message: undefined, errors: {} });
    await field(webview, 'Name').fill('web_02');
    assert.equal(
      await descriptionOf(field(webview, 'Name')),
      'Use only letters, digits and hyphens.',
    );
    assert.equal(await field(webview, 'Hostname').getAttribute('aria-invalid'), null);
    await button(webview, 'Save Changes').click();
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('discards changes', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web server');
    await button(webview, 'Discard Changes').click();
    assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01');
    assert.equal(await field(webview, 'Name').getAttribute('aria-invalid'), null);
    assert.equal(await button(webview, 'Discard Changes').count(), 0);
    assert.equal(await isFocused(field(webview, 'Name')), true);
  });

  it('shows changes of the server while nothing is edited', async () => {
    const webview = await open();
    await webview.send(
      detailsMessage({ name: 'web-9', settings: { ...running.settings, name: 'web-9' } }),
    );
    assert.equal(await field(webview, 'Name').inputValue(), 'web-9');
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
  });

  it('keeps text, caret and focus when the server changes, and says so', async () => {
    const webview = await open();
    const name = field(webview, 'Name');
    await name.fill('my-new-name');
    await name.evaluate((input: HTMLInputElement) => input.setSelectionRange(3, 6));
    await webview.send(
      detailsMessage({
        name: 'web-9',
        settings: { ...running.settings, name: 'web-9' },
        meters: meters({ cpu: { used: 80 } }),
      }),
    );
    assert.equal(await name.inputValue(), 'my-new-name');
    assert.equal(await isFocused(name), true);
    assert.deepEqual(
      await name.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]),
      [3, 6],
    );
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), true);
    await button(webview, 'Save Changes').click();
    assert.deepEqual((await sent(webview, 'save'))[0], {
      type: 'save',
      values: { ...running.settings, name: 'my-new-name' },
      basis: running.settings,
    });
  });

  it('restores the draft when the tab is shown again', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('half-a-na');
    await backups(webview).uncheck();
    await webview.reload();
    await webview.send(detailsMessage());
    assert.equal(await field(webview, 'Name').inputValue(), 'half-a-na');
    assert.equal(await backups(webview).isChecked(), false);
    assert.equal(await button(webview, 'Save Changes').isEnabled(), true);
  });

  it('posts its draft whenever it changes, and shows the one that the host stored', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await button(webview, 'Discard Changes').click();
    const drafts = (await sent(webview, 'edited')).map(
      (message) => message.type === 'edited' && message.draft?.values.name,
    );
    assert.deepEqual(drafts, ['web-2', undefined]);
    // As after the tab was closed: the page has lost its state.
    await webview.page.evaluate('sessionStorage.clear()');
    await webview.reload();
    const { settings } = running;
    const draft = { values: { ...settings, name: 'web-3' }, basis: settings };
    await webview.send({ ...stateMessage(), isPreview: true, draft });
    assert.equal(await field(webview, 'Name').inputValue(), 'web-3');
    const restored = webview.page.getByText('Your unsaved changes were restored.');
    assert.equal(await restored.isVisible(), true);
    assert.deepEqual(await sent(webview, 'edited'), []);
  });

  it('resets the form when the changes are discarded outside the page, once', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    const message = { ...stateMessage(), isDiscarding: true };
    await webview.send(message);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01');
    assert.equal(await button(webview, 'Discard Changes').count(), 0);
    assert.deepEqual((await sent(webview, 'edited')).at(-1), { type: 'edited' });
    await field(webview, 'Name').fill('web-3');
    await webview.send(message);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-3');
    // The page was hidden meanwhile.
    await webview.reload();
    await webview.send(message);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01');
    assert.deepEqual(await sent(webview, 'edited'), [{ type: 'edited' }]);
  });

  it('ignores invalid persisted state, and that of another server', async () => {
    const webview = await open();
    for (const persisted of [
      '{"ref":{"accountId":"account-1","serverId":"9"},"draft":{"values":{"name":"x","hostname":""},"basis":{"name":"x","hostname":""}}}',
      '[7]',
      '"text"',
      '{"draft":7}',
    ]) {
      await webview.page.evaluate((json) => sessionStorage.setItem('persisted', json), persisted);
      await webview.reload();
      await webview.send(detailsMessage());
      assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01', persisted);
    }
  });

  it('says that backups have no listed price when they are turned on', async () => {
    const settings = { ...running.settings, backupsEnabled: false };
    const webview = await open({ settings });
    const price = 'VPS.org lists no price for automatic backups.';
    assert.equal(await descriptionOf(backups(webview)), '');
    await backups(webview).check();
    assert.equal(await descriptionOf(backups(webview)), price);
    assert.equal(await webview.page.getByText(price).first().isVisible(), true);
    assert.equal(await webview.page.getByRole('status').getByText(price).count(), 1);
    await backups(webview).uncheck();
    assert.equal(await descriptionOf(backups(webview)), '');
    await webview.send(detailsMessage({ settings, isSample: true }));
    await backups(webview).check();
    assert.equal(await descriptionOf(backups(webview)), '');
  });

  it('disables backups and saving until backups are known', async () => {
    const webview = await open({ settings: { ...running.settings, backupsEnabled: undefined } });
    assert.equal(await backups(webview).isEnabled(), false);
    await field(webview, 'Name').fill('web-2');
    assert.equal(await button(webview, 'Save Changes').isEnabled(), false);
    await webview.send(detailsMessage());
    assert.equal(await backups(webview).isChecked(), true);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await button(webview, 'Save Changes').isEnabled(), true);
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
  });

  it('does not report unknown backups as a change', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await webview.reload();
    await webview.send(
      detailsMessage({ settings: { ...running.settings, backupsEnabled: undefined } }),
    );
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
    await webview.send(
      detailsMessage({ settings: { ...running.settings, backupsEnabled: false } }),
    );
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
    assert.equal(await backups(webview).isChecked(), false);
  });

  it('shows changes of settings that are not edited, and saves with them as the basis', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    const settings = { ...running.settings, hostname: 'new.example.com', backupsEnabled: false };
    await webview.send(detailsMessage({ settings }));
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await field(webview, 'Hostname').inputValue(), 'new.example.com');
    assert.equal(await backups(webview).isChecked(), false);
    await button(webview, 'Save Changes').click();
    assert.deepEqual(await sent(webview, 'save'), [
      { type: 'save', values: { ...settings, name: 'web-2' }, basis: settings },
    ]);
  });

  it('shows the current value of a field that was set back to its old one', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await backups(webview).uncheck();
    await webview.send(detailsMessage({ settings: { ...running.settings, name: 'web-9' } }));
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), true);
    await field(webview, 'Name').fill(running.settings.name);
    await field(webview, 'Hostname').focus();
    assert.equal(await field(webview, 'Name').inputValue(), 'web-9');
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
    assert.equal(await backups(webview).isChecked(), false);
  });

  it('keeps the draft while the server is not loaded', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await webview.reload();
    const settings = { name: '', hostname: '', backupsEnabled: undefined };
    await webview.send(
      detailsMessage({ status: '', tone: 'unknown', facts: [], meters: [], settings }),
    );
    assert.equal(await webview.page.getByText('Loading...').isVisible(), true);
    assert.equal(await field(webview, 'Name').isEnabled(), false);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
    await webview.send(detailsMessage());
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    await button(webview, 'Save Changes').click();
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('offers the ASCII form of an internationalized hostname, and takes it with one click', async () => {
    const webview = await open();
    const use = button(webview, 'Use xn--bcher-kva.example');
    assert.equal(await use.count(), 0);
    await field(webview, 'Hostname').fill('b\u00fccher.example');
    await use.click();
    assert.equal(await field(webview, 'Hostname').inputValue(), 'xn--bcher-kva.example');
    assert.equal(await field(webview, 'Hostname').getAttribute('aria-invalid'), null);
    assert.equal(await isFocused(field(webview, 'Hostname')), true);
    assert.equal(await use.count(), 0);
  });
});
