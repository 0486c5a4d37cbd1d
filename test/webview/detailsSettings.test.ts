import assert from 'node:assert/strict';
import { backups, button, field, sent, useDetailsPanel } from './support/detailsPage.ts';
import { descriptionOf, isFocused } from './support/focus.ts';
import { detailsMessage, meters, running } from './support/states.ts';

describe('The settings in the details panel', () => {
  const open = useDetailsPanel();

  it('saves all three settings together with what they were based on', async () => {
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
    assert.equal(await webview.page.getByRole('status').filter({ hasText: 'Changes saved' }).count(), 1);
    assert.equal(await button(webview, 'Save Changes').isEnabled(), false);
    assert.equal(await isFocused(field(webview, 'Name')), true);
  });

  it('shows the words of the host beside their field, and goes there', async () => {
    const webview = await open();
    await field(webview, 'Hostname').fill('web02.example.com');
    await button(webview, 'Save Changes').click();
    await webview.send({ type: 'notSaved', message: 'VPS.org refused.', errors: { hostname: 'Taken already.' } });
    assert.equal(await isFocused(field(webview, 'Hostname')), true);
    assert.equal(await field(webview, 'Hostname').getAttribute('aria-invalid'), 'true');
    assert.equal(await descriptionOf(field(webview, 'Hostname')), 'Taken already.');
    assert.equal(await webview.page.getByRole('alert').filter({ hasText: 'VPS.org refused.' }).count(), 1);
    await field(webview, 'Hostname').fill('web03.example.com');
    assert.equal(await field(webview, 'Hostname').getAttribute('aria-invalid'), null);
    assert.equal(await button(webview, 'Save Changes').isEnabled(), true);
  });

  it('goes back to editing when the person called the saving off', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await button(webview, 'Save Changes').click();
    await webview.send({ type: 'notSaved', message: undefined, errors: {} });
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await button(webview, 'Save Changes').isEnabled(), true);
  });

  it('checks while typing, and sends nothing that is wrong', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web server');
    assert.equal(await descriptionOf(field(webview, 'Name')), 'A name has letters, digits and hyphens only.');
    await field(webview, 'Hostname').fill('');
    assert.equal(await descriptionOf(field(webview, 'Hostname')), 'Type a hostname.');
    await button(webview, 'Save Changes').click();
    assert.equal(await isFocused(field(webview, 'Name')), true);
    assert.deepEqual(await sent(webview, 'save'), []);
  });

  it('lets a hostname that was empty stay empty', async () => {
    const settings = { name: 'web-1', hostname: '', backupsEnabled: true };
    const webview = await open({ settings });
    await field(webview, 'Name').fill('web-2');
    await button(webview, 'Save Changes').click();
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('lets stay what VPS.org has already, whatever the rules say', async () => {
    const settings = { name: 'web_01', hostname: 'web01', backupsEnabled: true };
    const webview = await open({ settings });
    await backups(webview).uncheck();
    await button(webview, 'Save Changes').click();
    assert.deepEqual(await sent(webview, 'save'), [
      { type: 'save', values: { ...settings, backupsEnabled: false }, basis: settings },
    ]);
    await webview.send({ type: 'notSaved', message: undefined, errors: {} });
    await field(webview, 'Name').fill('web_02');
    assert.equal(await descriptionOf(field(webview, 'Name')), 'A name has letters, digits and hyphens only.');
    assert.equal(await field(webview, 'Hostname').getAttribute('aria-invalid'), null);
    await button(webview, 'Save Changes').click();
    assert.equal((await sent(webview, 'save')).length, 1);
  });

  it('reverts to what VPS.org has', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web server');
    await button(webview, 'Revert').click();
    assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01');
    assert.equal(await field(webview, 'Name').getAttribute('aria-invalid'), null);
    assert.equal(await button(webview, 'Revert').count(), 0);
    assert.equal(await isFocused(field(webview, 'Name')), true);
  });

  it('follows the server while nothing was typed', async () => {
    const webview = await open();
    await webview.send(detailsMessage({ name: 'web-9', settings: { ...running.settings, name: 'web-9' } }));
    assert.equal(await field(webview, 'Name').inputValue(), 'web-9');
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
  });

  it('keeps text, caret and focus over news of the server, and says that it was changed elsewhere', async () => {
    const webview = await open();
    const name = field(webview, 'Name');
    await name.fill('my-new-name');
    await name.evaluate((input: HTMLInputElement) => input.setSelectionRange(3, 6));
    await webview.send(
      detailsMessage({ name: 'web-9', settings: { ...running.settings, name: 'web-9' }, meters: meters({ cpu: { used: 80 } }) }),
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

  it('has what was typed when the tab comes back', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('half-a-na');
    await backups(webview).uncheck();
    await webview.reload();
    await webview.send(detailsMessage());
    assert.equal(await field(webview, 'Name').inputValue(), 'half-a-na');
    assert.equal(await backups(webview).isChecked(), false);
    assert.equal(await button(webview, 'Save Changes').isEnabled(), true);
  });

  it('keeps nothing for another server, and survives what another version has kept', async () => {
    const webview = await open();
    for (const kept of ['{"ref":{"accountId":"account-1","serverId":"9"},"draft":{"values":{"name":"x","hostname":""},"basis":{"name":"x","hostname":""}}}', '[7]', '"text"', '{"draft":7}']) {
      await webview.page.evaluate((text) => sessionStorage.setItem('kept', text), kept);
      await webview.reload();
      await webview.send(detailsMessage());
      assert.equal(await field(webview, 'Name').inputValue(), 'web-server-01', kept);
    }
  });

  it('waits for backups that are not known yet', async () => {
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

  it('does not take backups that are not known at the moment for a change', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await webview.reload();
    await webview.send(detailsMessage({ settings: { ...running.settings, backupsEnabled: undefined } }));
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
    await webview.send(detailsMessage({ settings: { ...running.settings, backupsEnabled: false } }));
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), true);
  });

  it('waits for a server of which nothing is known yet, and has the draft ready for it', async () => {
    const webview = await open();
    await field(webview, 'Name').fill('web-2');
    await webview.reload();
    const settings = { name: '', hostname: '', backupsEnabled: undefined };
    await webview.send(detailsMessage({ ...{ status: '', tone: 'unknown', facts: [], meters: [] }, settings }));
    assert.equal(await webview.page.getByText('Loading...').isVisible(), true);
    assert.equal(await field(webview, 'Name').isEnabled(), false);
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    assert.equal(await webview.page.getByText('was changed elsewhere').isVisible(), false);
    await webview.send(detailsMessage());
    assert.equal(await field(webview, 'Name').inputValue(), 'web-2');
    await button(webview, 'Save Changes').click();
    assert.equal((await sent(webview, 'save')).length, 1);
  });
});
