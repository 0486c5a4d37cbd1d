import assert from 'node:assert/strict';
import { alert, button, plan, select, sent, text, useCreateForm } from './support/createPage.ts';
import { descriptionOf, isFocused } from './support/focus.ts';
import { createMessage, filledValues } from './support/states.ts';

describe('Sending the create form', () => {
  const open = useCreateForm();

  it('sends one request for a double click, and is dead until the answer', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').dblclick();
    await webview.page.keyboard.press('Enter');
    assert.equal((await sent(webview, 'create')).length, 1);
    // A state that was on its way already is no answer.
    await webview.send(createMessage({ initial: filledValues }));
    const creating = button(webview, 'Creating...');
    assert.equal(await creating.isEnabled(), false);
    assert.equal(await text(webview, 'Name').isEnabled(), false);
    assert.equal(await plan(webview, 'Standard VPS').isEnabled(), false);
    assert.equal(await button(webview, 'Cancel').isEnabled(), false);
    await webview.send(createMessage({ initial: filledValues, attempt: 1, phase: 'sending' }));
    assert.equal(await creating.isEnabled(), false);
    assert.equal(await webview.page.getByRole('progressbar', { name: 'Creating...' }).isVisible(), true);
    await webview.send(createMessage({ initial: filledValues, attempt: 1, message: 'It failed.' }));
    assert.equal(await alert(webview, 'It failed.').count(), 1);
    await button(webview, 'Create Server').click();
    assert.deepEqual((await sent(webview, 'create')).map((message) => 'attempt' in message && message.attempt), [1, 2]);
  });

  it('is still dead after a reload in the middle of sending', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    await webview.reload();
    await webview.send(createMessage({ initial: filledValues, attempt: 1, phase: 'sending' }));
    await button(webview, 'Creating...').click({ force: true });
    assert.deepEqual(await sent(webview, 'create'), []);
  });

  it('does not move the button away from under a click that leaves a wrong field', async () => {
    const webview = await open({ initial: filledValues });
    await text(webview, 'Hostname').fill('web');
    await button(webview, 'Create Server').click();
    assert.equal(await alert(webview, '1 field needs attention.').count(), 1);
    assert.equal(await isFocused(text(webview, 'Hostname')), true);
  });

  it('shows the words of the host until the field is changed', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    const refused = createMessage({ initial: filledValues, attempt: 1, errors: { name: 'Taken already.', osId: 'Unknown.' } });
    await webview.send(refused);
    const name = text(webview, 'Name');
    assert.equal(await isFocused(name), true);
    assert.match(await descriptionOf(name), /Taken already\.$/u);
    assert.equal(await descriptionOf(select(webview, 'Operating system')), 'Unknown.');
    await name.fill('web-9');
    assert.equal(await name.getAttribute('aria-invalid'), null);
    await webview.send(refused);
    assert.equal(await name.getAttribute('aria-invalid'), null);
    assert.equal(await name.inputValue(), 'web-9');
  });

  it('says that the credit is used up, and leads to the panel', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    await webview.send(
      createMessage({ initial: filledValues, attempt: 1, message: 'Not enough credit.', offersPanelLink: true }),
    );
    assert.equal(await alert(webview, 'Not enough credit.').count(), 1);
    await button(webview, 'Open VPS.org').click();
    assert.equal((await sent(webview, 'openPanel')).length, 1);
    assert.equal(await text(webview, 'Name').inputValue(), 'web-server-02');
  });

  it('asks about the likely server after a lost answer, and sends nothing again', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    const unclear = createMessage({
      ...{ initial: filledValues, attempt: 1, phase: 'unclear', message: 'VPS.org did not answer in time.' },
      likelyServer: { name: 'web-server-02', description: 'provisioning' },
    });
    await webview.send(unclear);
    assert.equal(await isFocused(webview.page.getByRole('heading', { name: 'Was this server made?' })), true);
    await button(webview, 'Create Server').click({ force: true });
    assert.equal((await sent(webview, 'create')).length, 1);
    await button(webview, 'Show Server').click();
    await button(webview, 'Continue Editing').click();
    assert.equal((await sent(webview, 'showLikely')).length, 1);
    assert.equal((await sent(webview, 'dismissLikely')).length, 1);
    await webview.send(createMessage({ initial: filledValues, attempt: 1 }));
    assert.equal(await isFocused(text(webview, 'Name')), true);
    assert.equal(await text(webview, 'Name').inputValue(), 'web-server-02');
  });

  it('offers a way back after a lost answer where no server is likely', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    await webview.send(createMessage({ initial: filledValues, attempt: 1, phase: 'unclear', message: 'Lost.' }));
    assert.equal(await isFocused(button(webview, 'Continue Editing')), true);
    assert.equal(await button(webview, 'Show Server').count(), 0);
  });

  it('copies a sound request as cURL, and no other', async () => {
    const webview = await open();
    await button(webview, 'Copy as cURL').click();
    assert.deepEqual(await sent(webview, 'copyCurl'), []);
    assert.equal(await isFocused(text(webview, 'Name')), true);
    await webview.send(createMessage({ formId: 'form-2', initial: filledValues }));
    await button(webview, 'Copy as cURL').click();
    assert.deepEqual(await sent(webview, 'copyCurl'), [{ type: 'copyCurl', values: filledValues }]);
    await webview.send({ type: 'copiedCurl' });
    assert.equal(await webview.page.getByRole('status').textContent(), 'Copied as cURL');
  });

  it('waits for the choices before it sends', async () => {
    const webview = await open({ phase: 'loading', initial: filledValues });
    assert.equal(await button(webview, 'Create Server').isEnabled(), false);
    await button(webview, 'Create Server').click({ force: true });
    assert.deepEqual(await sent(webview, 'create'), []);
    await button(webview, 'Cancel').click();
    assert.equal((await sent(webview, 'cancel')).length, 1);
  });
});
