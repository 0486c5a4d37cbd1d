import assert from 'node:assert/strict';
import { alert, button, plan, select, sent, text, useCreateForm } from './support/createPage.ts';
import { descriptionOf, isFocused, isInView } from './support/focus.ts';
import { createMessage, filledValues } from './support/states.ts';

describe('create page: sending', () => {
  const open = useCreateForm();

  it('posts one request for a double click, and stays disabled until the reply', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').dblclick();
    await webview.page.keyboard.press('Enter');
    assert.equal((await sent(webview, 'create')).length, 1);
    // This state is older than the click.
    await webview.send(createMessage({ initial: filledValues }));
    const creating = button(webview, 'Creating...');
    assert.equal(await creating.isEnabled(), false);
    assert.equal(await text(webview, 'Name').isEnabled(), false);
    assert.equal(await plan(webview, 'Standard VPS').isEnabled(), false);
    assert.equal(await button(webview, 'Cancel').isEnabled(), false);
    await webview.send(createMessage({ initial: filledValues, attempt: 1, phase: 'sending' }));
    assert.equal(await creating.isEnabled(), false);
    assert.equal(
      await webview.page.getByRole('progressbar', { name: 'Creating...' }).isVisible(),
      true,
    );
    await webview.send(createMessage({ initial: filledValues, attempt: 1, message: 'It failed.' }));
    assert.equal(await alert(webview, 'It failed.').count(), 1);
    await button(webview, 'Create Server').click();
    assert.deepEqual(
      (await sent(webview, 'create')).map((message) => 'attempt' in message && message.attempt),
      [1, 2],
    );
  });

  it('stays disabled after a reload during sending', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    await webview.reload();
    await webview.send(createMessage({ initial: filledValues, attempt: 1, phase: 'sending' }));
    await button(webview, 'Creating...').click({ force: true });
    assert.deepEqual(await sent(webview, 'create'), []);
  });

  it('does not move the button away from the pointer when a click leaves an invalid field', async () => {
    const webview = await open({ initial: filledValues });
    await text(webview, 'Hostname').fill('web');
    await button(webview, 'Create Server').click();
    assert.equal(await alert(webview, '1 field needs attention').count(), 1);
    assert.equal(await isFocused(text(webview, 'Hostname')), true);
  });

  it('says that it creates only while a request runs, not behind a question', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    await webview.send(createMessage({ initial: filledValues, attempt: 1, phase: 'asking' }));
    assert.equal(await button(webview, 'Create Server').isEnabled(), false);
    assert.equal(await button(webview, 'Cancel').isEnabled(), false);
    assert.equal(await text(webview, 'Name').isEnabled(), false);
    assert.equal(await webview.page.getByRole('progressbar').count(), 0);
    await button(webview, 'Create Server').click({ force: true });
    await webview.send(createMessage({ initial: filledValues, attempt: 1, phase: 'sending' }));
    assert.equal(await button(webview, 'Creating...').isEnabled(), false);
    await webview.send(createMessage({ initial: filledValues, attempt: 1 }));
    assert.equal(await button(webview, 'Create Server').isEnabled(), true);
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it('scrolls to the first field that needs attention without the focus, and leads to it', async () => {
    const webview = await open({ initial: filledValues });
    const { page } = webview;
    await page.setViewportSize({ width: 700, height: 420 });
    await button(webview, 'Create Server').click();
    await page.evaluate('document.hasFocus = () => false');
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    const error = { name: 'A server with this name already exists.' };
    await webview.send(createMessage({ initial: filledValues, attempt: 1, errors: error }));
    const name = text(webview, 'Name');
    assert.equal(await isInView(name), true);
    assert.equal(await isFocused(name), false);
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    assert.equal(await isInView(name), false);
    await button(webview, 'Go to Name').click();
    assert.equal(await isInView(name), true);
    assert.equal(await isFocused(name), true);
    await name.fill('web-9');
    assert.equal(await button(webview, 'Go to Name').count(), 0);
  });

  it('warns about a name that another server has, and sends it all the same', async () => {
    const webview = await open({ initial: filledValues });
    const name = text(webview, 'Name');
    await name.fill('Web-1');
    await webview.send(createMessage({ initial: filledValues, takenName: 'Web-1' }));
    const warning = /Another server has this name\.$/u;
    assert.match(await descriptionOf(name), warning);
    assert.equal(await name.getAttribute('aria-invalid'), null);
    await name.press('Tab');
    const spoken = webview.page.getByRole('status').filter({ hasText: 'Another server has' });
    assert.equal(await spoken.count(), 1);
    // The state of the host is older than the typed text.
    await name.fill('Web-12');
    assert.doesNotMatch(await descriptionOf(name), warning);
    await name.fill('web-1');
    assert.match(await descriptionOf(name), warning);
    await button(webview, 'Create Server').click();
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it("shows the host's error until the field is edited", async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    const refused = createMessage({
      initial: filledValues,
      attempt: 1,
      errors: { name: 'Taken already.', osId: 'Unknown.' },
    });
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

  it('links to the VPS.org panel if there is not enough credit', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    await webview.send(
      createMessage({
        initial: filledValues,
        attempt: 1,
        message: 'Not enough credit.',
        offersPanelLink: true,
      }),
    );
    assert.equal(await alert(webview, 'Not enough credit.').count(), 1);
    await button(webview, 'Open VPS.org').click();
    assert.equal((await sent(webview, 'openPanel')).length, 1);
    assert.equal(await text(webview, 'Name').inputValue(), 'web-server-02');
  });

  it('shows the probable match after a lost reply, and sends nothing again', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    const unclear = createMessage({
      initial: filledValues,
      attempt: 1,
      phase: 'unclear',
      message: 'VPS.org did not answer in time.',
      probableMatch: { name: 'web-server-02', description: 'provisioning' },
    });
    await webview.send(unclear);
    assert.equal(
      await isFocused(webview.page.getByRole('heading', { name: 'Probably created' })),
      true,
    );
    await button(webview, 'Create Server').click({ force: true });
    assert.equal((await sent(webview, 'create')).length, 1);
    await button(webview, 'Show This Server').click();
    await button(webview, 'Continue Editing').click();
    assert.equal((await sent(webview, 'showProbableMatch')).length, 1);
    assert.equal((await sent(webview, 'dismissProbableMatch')).length, 1);
    await webview.send(createMessage({ initial: filledValues, attempt: 1 }));
    assert.equal(await isFocused(text(webview, 'Name')), true);
    assert.equal(await text(webview, 'Name').inputValue(), 'web-server-02');
  });

  it('offers to continue editing after a lost reply without a probable match', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').click();
    await webview.send(
      createMessage({ initial: filledValues, attempt: 1, phase: 'unclear', message: 'Lost.' }),
    );
    assert.equal(await isFocused(button(webview, 'Continue Editing')), true);
    assert.equal(await button(webview, 'Show This Server').count(), 0);
    // Beside its message, not in an empty box of its own.
    const message = alert(webview, 'Lost.');
    assert.equal(await message.getByRole('button', { name: 'Continue Editing' }).count(), 1);
  });

  it('copies only a valid request as cURL', async () => {
    const webview = await open();
    await button(webview, 'Copy as cURL').click();
    assert.deepEqual(await sent(webview, 'copyCurl'), []);
    assert.equal(await isFocused(text(webview, 'Name')), true);
    await webview.send(createMessage({ formId: 'form-2', initial: filledValues }));
    await button(webview, 'Copy as cURL').click();
    assert.deepEqual(await sent(webview, 'copyCurl'), [{ type: 'copyCurl', values: filledValues }]);
    await webview.send({ type: 'copiedCurl' });
    assert.equal(
      await webview.page.getByRole('status').last().textContent(),
      'Copied, with $VPS_API_TOKEN in place of your token.',
    );
  });

  it('cannot send before the choices are loaded', async () => {
    const webview = await open({ phase: 'loading', initial: filledValues });
    assert.equal(await button(webview, 'Create Server').isEnabled(), false);
    await button(webview, 'Create Server').click({ force: true });
    assert.deepEqual(await sent(webview, 'create'), []);
    await button(webview, 'Cancel').click();
    assert.equal((await sent(webview, 'cancel')).length, 1);
  });
});
