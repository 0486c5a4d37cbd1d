import assert from 'node:assert/strict';
import {
  alert,
  button,
  plan,
  planGroup,
  select,
  sent,
  text,
  useCreateForm,
} from './support/createPage.ts';
import { descriptionOf, isFocused } from './support/focus.ts';
import { createMessage, editing, emptyValues, filledValues, plans } from './support/states.ts';

describe('create page', () => {
  const open = useCreateForm();

  it('names every field', async () => {
    const webview = await open({
      accounts: [...editing.accounts, { value: 'account-2', label: 'Sample servers' }],
    });
    const { page } = webview;
    assert.equal(await page.getByRole('heading', { level: 1, name: 'Create Server' }).count(), 1);
    for (const field of [
      select(webview, 'Account'),
      text(webview, 'Name'),
      select(webview, 'Location'),
      planGroup(webview),
      select(webview, 'Operating system'),
      text(webview, 'Hostname'),
      page.getByLabel('SSH key ID'),
      page.getByRole('checkbox', { name: 'Automatic backups' }),
      button(webview, 'Create Server'),
      button(webview, 'Cancel'),
      button(webview, 'Copy as cURL'),
    ]) {
      assert.equal(await field.isVisible(), true, String(field));
    }
  });

  it('shows the account only if there are several, and requests the choices of a new one', async () => {
    const webview = await open();
    assert.equal(await select(webview, 'Account').count(), 0);
    await webview.send(
      createMessage({ accounts: [...editing.accounts, { value: 'account-2', label: 'Other' }] }),
    );
    await select(webview, 'Account').selectOption('account-2');
    assert.deepEqual(await sent(webview, 'chooseAccount'), [
      { type: 'chooseAccount', accountId: 'account-2' },
    ]);
  });

  it('clears account-specific ids when the account changes', async () => {
    const accounts = [...editing.accounts, { value: 'account-2', label: 'Other' }];
    const initial = { ...filledValues, sshKeyId: '77' };
    const webview = await open({ accounts, initial });
    await select(webview, 'Account').selectOption('account-2');
    const values = { ...filledValues, accountId: 'account-2', planId: '', osId: '' };
    assert.deepEqual(await sent(webview, 'edited'), [{ type: 'edited', values }]);
    await webview.send(createMessage({ accounts, initial }));
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), false);
    assert.equal(await text(webview, 'Name').inputValue(), 'web-server-02');
  });

  it('can be filled in and sent with the keyboard', async () => {
    const webview = await open();
    const { keyboard } = webview.page;
    await keyboard.type('web-3');
    await keyboard.press('Tab');
    await keyboard.type('us-w');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('ArrowDown');
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), true);
    await keyboard.press('Tab');
    await keyboard.type('Ubuntu');
    await keyboard.press('Tab');
    await keyboard.type('web3.example.com');
    await keyboard.press('Tab');
    assert.equal(await isFocused(button(webview, 'Find SSH Keys on VPS.org')), true);
    await keyboard.press('Tab');
    await keyboard.type('77');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('Tab');
    assert.equal(await isFocused(button(webview, 'Create Server')), true);
    await keyboard.press('Enter');
    assert.deepEqual(await sent(webview, 'create'), [
      {
        type: 'create',
        attempt: 1,
        values: {
          accountId: 'account-1',
          name: 'web-3',
          location: 'us-west',
          planId: '1',
          osId: '5',
          hostname: 'web3.example.com',
          sshKeyId: '77',
          backupsEnabled: true,
        },
      },
    ]);
    // The suggestions of the SSH key field may still be open, but the focus has not moved.
    assert.equal(await isFocused(button(webview, 'Creating...')), true);
  });

  it('posts every change to the host', async () => {
    const webview = await open();
    await text(webview, 'Name').fill('web-3');
    await select(webview, 'Location').selectOption('us-east');
    await plan(webview, 'Business VPS').check();
    const edits = await sent(webview, 'edited');
    assert.deepEqual(edits.at(-1), {
      type: 'edited',
      values: { ...emptyValues, name: 'web-3', location: 'us-east', planId: '4' },
    });
  });

  it('shows what is missing and focuses the first field', async () => {
    const webview = await open();
    await button(webview, 'Create Server').click();
    assert.equal(await alert(webview, '4 fields need attention').count(), 1);
    const name = text(webview, 'Name');
    assert.equal(await isFocused(name), true);
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
    assert.equal(await descriptionOf(name), 'Letters, digits and hyphens. Enter a name.');
    assert.equal(await descriptionOf(select(webview, 'Location')), 'Choose a location.');
    assert.match(await descriptionOf(plan(webview, 'Starter VPS')), /Choose a plan\.$/u);
    assert.deepEqual(await sent(webview, 'create'), []);

    await name.fill('web-3');
    assert.equal(await descriptionOf(name), 'Letters, digits and hyphens.');
    assert.equal(await alert(webview, '3 fields need attention').count(), 1);
    await select(webview, 'Location').selectOption('us-west');
    await select(webview, 'Operating system').selectOption('Debian 12');
    await plan(webview, 'Starter VPS').check();
    assert.equal(await alert(webview, 'attention').count(), 0);
  });

  it('shows a problem when a field is left, not while it is first edited', async () => {
    const webview = await open();
    const hostname = text(webview, 'Hostname');
    await hostname.focus();
    await hostname.blur();
    await hostname.pressSequentially('web');
    assert.equal(await hostname.getAttribute('aria-invalid'), null);
    await hostname.blur();
    assert.equal(await hostname.getAttribute('aria-invalid'), 'true');
    await hostname.fill('web.example.com');
    assert.equal(await hostname.getAttribute('aria-invalid'), null);
    await hostname.fill('web.');
    assert.equal(await hostname.getAttribute('aria-invalid'), 'true');
  });

  it('restores the form when the tab is shown again', async () => {
    const webview = await open();
    await text(webview, 'Name').fill('web-3');
    await select(webview, 'Location').selectOption('Other...');
    await text(webview, 'Location code').fill('mars-1');
    await planGroup(webview).getByRole('radio', { name: 'Other...' }).check();
    await text(webview, 'Plan ID').fill('10abc');
    await text(webview, 'Name').focus();
    await webview.reload();
    await webview.send(createMessage());
    assert.equal(await text(webview, 'Name').inputValue(), 'web-3');
    assert.equal(await text(webview, 'Location code').inputValue(), 'mars-1');
    assert.equal(await text(webview, 'Plan ID').inputValue(), '10abc');
    assert.equal(
      await descriptionOf(text(webview, 'Plan ID')),
      'A plan ID is a whole number greater than 0.',
    );
  });

  it('starts over when the host restarts the form', async () => {
    const webview = await open();
    await text(webview, 'Name').fill('web-3');
    await webview.send(createMessage({ formId: 'form-2', initial: filledValues }));
    assert.equal(await text(webview, 'Name').inputValue(), 'web-server-02');
    assert.equal(await plan(webview, 'Standard VPS').isChecked(), true);
  });

  it('ignores invalid persisted state', async () => {
    const webview = await open();
    for (const persisted of [
      '7',
      '{"formId":"form-1"}',
      '{"formId":"form-1","values":{"name":1},"typed":7}',
    ]) {
      await webview.page.evaluate((json) => sessionStorage.setItem('persisted', json), persisted);
      await webview.reload();
      await webview.send(createMessage());
      assert.equal(await text(webview, 'Name').inputValue(), '', persisted);
    }
  });

  it('keeps text, caret and focus when the choices change', async () => {
    const webview = await open({
      phase: 'loading',
      choices: { ...editing.choices, plans: [], locations: [] },
    });
    const name = text(webview, 'Name');
    await name.fill('web-3');
    await name.evaluate((input: HTMLInputElement) => input.setSelectionRange(1, 2));
    await webview.send(createMessage());
    assert.equal(await name.inputValue(), 'web-3');
    assert.equal(await isFocused(name), true);
    assert.equal(await name.evaluate((input: HTMLInputElement) => input.selectionEnd), 2);
    assert.equal(await plan(webview, 'Starter VPS').isVisible(), true);
  });

  it('shows hostile names as plain text', async () => {
    const evil =
      '<img src=x onerror="document.title=\'owned\'"> $(trash) [a](command:b) \u202eevil';
    const choice = { value: evil, label: evil };
    const webview = await open({
      attempt: 1,
      message: evil,
      errors: { name: evil },
      phase: 'unclear',
      accounts: [{ value: 'account-1', label: evil }, choice],
      choices: {
        plans: [{ ...plans[0]!, name: evil }],
        locations: [choice],
        operatingSystems: [choice],
        sshKeyIds: [evil],
        acceptsTextIds: true,
      },
      probableMatch: { name: evil, description: evil },
    });
    const { page } = webview;
    assert.equal(await alert(webview, '<img src=x').count(), 1);
    assert.equal(
      await planGroup(webview).getByRole('rowheader').locator('label').textContent(),
      evil,
    );
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.title(), 'web-server-01');
  });

  it('offers the ASCII form of an internationalized hostname, and takes it with one click', async () => {
    const webview = await open();
    const use = button(webview, 'Use xn--bcher-kva.example');
    assert.equal(await use.count(), 0);
    await text(webview, 'Hostname').fill('b\u00fccher.example');
    await use.click();
    assert.equal(await text(webview, 'Hostname').inputValue(), 'xn--bcher-kva.example');
    assert.equal(await text(webview, 'Hostname').getAttribute('aria-invalid'), null);
    assert.equal(await isFocused(text(webview, 'Hostname')), true);
    assert.equal(await use.count(), 0);
  });
});
