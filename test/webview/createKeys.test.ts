import assert from 'node:assert/strict';
import { button, plan, select, sent, text, useCreateForm } from './support/createPage.ts';
import type { CreateWebview } from './support/createPage.ts';
import { descriptionOf, isFocused } from './support/focus.ts';
import { createMessage, filledValues } from './support/states.ts';

const summaryOf = ({ page }: CreateWebview) => page.getByRole('region', { name: 'Summary' });

/** Whether the element is inside the window, and nothing else is on top of its middle. */
const isUncovered = (element: Element): boolean => {
  const { left, top, width, height } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(left + Math.min(width / 2, 100), top + height / 2);
  return top >= 0 && top + height <= innerHeight && hit !== null && element.contains(hit);
};

describe('create page: keyboard', () => {
  const open = useCreateForm();

  it('does not send on Enter in a field, but moves to the button with the summary as its description', async () => {
    const webview = await open({ initial: filledValues });
    const create = button(webview, 'Create Server');
    for (const field of [
      text(webview, 'Name'),
      text(webview, 'Hostname'),
      plan(webview, 'Standard VPS'),
      select(webview, 'Location'),
      webview.page.getByLabel('SSH key ID'),
      webview.page.getByRole('checkbox', { name: 'Automatic backups' }),
    ]) {
      await field.focus();
      await webview.page.keyboard.press('Enter');
      assert.equal(await isFocused(create), true, String(field));
    }
    assert.deepEqual(await sent(webview, 'create'), []);
    assert.equal(
      await descriptionOf(create),
      'web-server-02 in us-west, Standard VPS, Ubuntu 22.04 LTS. $12.00 a month, $0.018 an hour',
    );
    await webview.page.keyboard.press('Shift+Tab');
    await webview.page.keyboard.press('Tab');
    await webview.page.keyboard.press('Enter');
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it('does not send on a second press of Enter right after the first', async () => {
    const webview = await open({ initial: filledValues });
    await text(webview, 'Name').focus();
    // In one step, so that a slow machine does not separate the two presses.
    await webview.page.evaluate(() => {
      for (let press = 0; press < 2; press++) {
        const target = document.activeElement as HTMLElement;
        const event = new KeyboardEvent('keydown', {
          key: 'Enter',
          bubbles: true,
          cancelable: true,
        });
        if (target.dispatchEvent(event) && target instanceof HTMLButtonElement) {
          target.click();
        }
      }
    });
    assert.equal(await isFocused(button(webview, 'Create Server')), true);
    assert.deepEqual(await sent(webview, 'create'), []);
  });

  it('does not send while Enter is held down', async () => {
    const webview = await open({ initial: filledValues });
    const { keyboard } = webview.page;
    await text(webview, 'Name').focus();
    await keyboard.down('Enter');
    await keyboard.down('Enter');
    await keyboard.down('Enter');
    await keyboard.up('Enter');
    assert.equal(await isFocused(button(webview, 'Create Server')), true);
    assert.deepEqual(await sent(webview, 'create'), []);
  });

  it('moves to the first invalid field on Enter', async () => {
    const webview = await open({ initial: { ...filledValues, osId: '' } });
    await text(webview, 'Name').focus();
    await webview.page.keyboard.press('Enter');
    assert.equal(await isFocused(select(webview, 'Operating system')), true);
    assert.deepEqual(await sent(webview, 'create'), []);
  });

  it('does not leave a list on the Enter that chooses from it', async () => {
    const webview = await open({ initial: filledValues });
    const location = select(webview, 'Location');
    await location.focus();
    await webview.page.keyboard.press('Alt+ArrowDown');
    await webview.page.keyboard.press('ArrowUp');
    await webview.page.keyboard.press('Enter');
    assert.equal(await isFocused(location), true);
    assert.equal(await location.inputValue(), 'us-east');
    assert.deepEqual(await sent(webview, 'create'), []);
  });

  for (const modifier of ['Control', 'Meta']) {
    it(`sends once with ${modifier}+Enter, from a field and from the button`, async () => {
      const webview = await open({ initial: filledValues });
      await text(webview, 'Hostname').focus();
      await webview.page.keyboard.press(`${modifier}+Enter`);
      assert.equal((await sent(webview, 'create')).length, 1);
      await webview.send(createMessage({ initial: filledValues, attempt: 1 }));
      await button(webview, 'Create Server').focus();
      await webview.page.keyboard.press(`${modifier}+Enter`);
      assert.equal((await sent(webview, 'create')).length, 2);
    });
  }

  it('sends with Space on the button', async () => {
    const webview = await open({ initial: filledValues });
    await button(webview, 'Create Server').press('Space');
    assert.equal((await sent(webview, 'create')).length, 1);
  });

  it('begins in the name: new, like another server, restored and started over', async () => {
    const webview = await open();
    const name = text(webview, 'Name');
    assert.equal(await isFocused(name), true);
    await webview.page.getByRole('checkbox', { name: 'Automatic backups' }).focus();
    await webview.send(createMessage());
    assert.equal(await isFocused(name), false);
    await webview.send(createMessage({ formId: 'form-2', initial: filledValues }));
    assert.equal(await isFocused(name), true);
    await name.fill('web-3');
    await webview.reload();
    await webview.send(createMessage({ formId: 'form-2', initial: filledValues }));
    assert.equal(await isFocused(name), true);
  });
});

describe('create page: summary', () => {
  const open = useCreateForm();

  it('is beside the fields in a wide window, and stays in view', async () => {
    const webview = await open({ initial: filledValues });
    await webview.page.setViewportSize({ width: 1200, height: 450 });
    for (const field of ['Name', 'Hostname']) {
      await text(webview, field).focus();
      const [summary, box] = await Promise.all([
        summaryOf(webview).boundingBox(),
        text(webview, field).boundingBox(),
      ]);
      assert.ok(summary && box && summary.x >= box.x + box.width, field);
      assert.equal(await button(webview, 'Create Server').evaluate(isUncovered), true, field);
      assert.equal(
        await webview.page.getByText('$12.00 a month, $0.018 an hour').last().isVisible(),
        true,
      );
    }
  });

  for (const width of [800, 400]) {
    it(`is at the bottom edge of a window of ${width} px, and never covers the focused field`, async () => {
      const webview = await open({ initial: filledValues });
      await webview.page.setViewportSize({ width, height: 700 });
      const create = button(webview, 'Create Server');
      await text(webview, 'Name').focus();
      for (const step of Array.from({ length: 10 }, (_, index) => index)) {
        assert.equal(await create.evaluate(isUncovered), true, `button, step ${step}`);
        const summary = await summaryOf(webview).boundingBox();
        assert.ok(summary && summary.y > 350 && summary.y + summary.height <= 700, String(step));
        if (step < 8) {
          assert.equal(
            await webview.page.locator(':focus').evaluate(isUncovered),
            true,
            `focused field, step ${step}`,
          );
        }
        await webview.page.keyboard.press('Tab');
      }
      await webview.page.keyboard.press('Shift+Tab');
      await text(webview, 'Name').focus();
      assert.equal(await text(webview, 'Name').evaluate(isUncovered), true);
    });
  }

  it('scrolls with the page in a very short window', async () => {
    const webview = await open({ initial: filledValues });
    await webview.page.setViewportSize({ width: 400, height: 300 });
    await text(webview, 'Hostname').focus();
    assert.equal(await text(webview, 'Hostname').evaluate(isUncovered), true);
    assert.equal(await button(webview, 'Create Server').evaluate(isUncovered), false);
  });
});
