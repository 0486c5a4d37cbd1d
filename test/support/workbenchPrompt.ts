import type { Locator, Page } from 'playwright-core';
import { escapeRegExp } from './workbenchNames.ts';
import { pointAnew, tryUntilDone } from './workbenchWait.ts';

/** A message to the person, whether it pops up, waits behind the bell, or stops all else until it is answered. */
export class Prompt {
  constructor(readonly element: Locator) {}

  async text(): Promise<string> {
    return await this.element.innerText();
  }

  /** The names of its buttons, without those for the message itself (close, clear, settings). */
  async buttons(): Promise<string[]> {
    return await this.element.locator('.monaco-button').allInnerTexts();
  }

  /** Presses one of its buttons; the message goes away. */
  async press(button: string): Promise<void> {
    await this.element.getByRole('button', { name: button, exact: true }).click();
    await this.waitForGone();
  }

  /** Closes it without an answer. */
  async dismiss(): Promise<void> {
    const close = this.element.getByRole('button', { name: /^(Clear Notification|Close Dialog)/ });
    // Its button shows under the pointer, and it moves when another message comes or goes.
    await tryUntilDone(this.element.page(), async (tryLimitMs) => {
      if (!(await this.element.isVisible())) return;
      await pointAnew(this.element, tryLimitMs);
      await close.click({ timeout: tryLimitMs });
      await this.element.waitFor({ state: 'hidden', timeout: tryLimitMs });
    }, 'close the message');
  }

  async waitForGone(): Promise<void> {
    await this.element.waitFor({ state: 'hidden' });
  }
}

/** How long a message may take to pop up before one looks behind the bell. */
const popUpMs = 3_000;

/** Waits for a message in a corner of the window, and looks behind the bell when it does not show by itself. */
export async function findNotification(page: Page, text: string | RegExp): Promise<Prompt> {
  const element = notifications(page, text).first();
  const centre = page.locator('.notifications-center');
  // A message that popped up and went again is counted on the bell. In some cases VS Code only changes the bell's picture.
  const counted = page.getByRole('status').getByRole('button', { name: /[1-9]\d* New Notification/ });
  await element.or(counted).first().waitFor({ timeout: popUpMs }).catch(() => undefined);
  if (!(await element.isVisible()) && !(await centre.isVisible())) {
    await page.getByRole('status').getByRole('button', { name: /Notification|Do Not Disturb/ }).click();
    // The centre takes the focus when it is drawn. What one types before that would go astray.
    await centre.locator(':focus').waitFor();
  }
  await element.waitFor();
  return new Prompt(element);
}

/** Every notification with these words that shows now. */
export function notifications(page: Page, text: string | RegExp): Locator {
  const words = typeof text === 'string' ? escapeRegExp(text) : text.source;
  return page.getByRole('dialog', { name: new RegExp(`${words}[^]*, notification`) });
}

/** Waits for a question that stops all else. */
export async function findDialog(page: Page, text: string | RegExp): Promise<Prompt> {
  const element = page.locator('.monaco-dialog-box').filter({ hasText: text });
  await element.waitFor();
  return new Prompt(element);
}
