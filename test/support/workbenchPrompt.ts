import type { Locator, Page } from 'playwright-core';
import { escapeRegExp } from './workbenchNames.ts';
import { hoverAgain, tryUntilDone } from './workbenchWait.ts';

/** A notification or a modal dialog. */
export class Prompt {
  constructor(readonly element: Locator) {}

  async text(): Promise<string> {
    return await this.element.innerText();
  }

  /** The names of its buttons, without those of the notification itself (close, clear, settings). */
  async buttons(): Promise<string[]> {
    return await this.element.locator('.monaco-button').allInnerTexts();
  }

  /** Presses a button and waits until the prompt closes. */
  async press(button: string): Promise<void> {
    await this.element.getByRole('button', { name: button, exact: true }).click();
    await this.waitForGone();
  }

  /** Closes it without choosing a button. */
  async dismiss(): Promise<void> {
    const close = this.element.getByRole('button', { name: /^(Clear Notification|Close Dialog)/ });
    // The close button appears on hover, and the notification moves when others appear or close.
    await tryUntilDone(
      this.element.page(),
      async (tryLimitMs) => {
        if (!(await this.element.isVisible())) return;
        await hoverAgain(this.element, tryLimitMs);
        await close.click({ timeout: tryLimitMs });
        await this.element.waitFor({ state: 'hidden', timeout: tryLimitMs });
      },
      'close the notification',
    );
  }

  async waitForGone(): Promise<void> {
    await this.element.waitFor({ state: 'hidden' });
  }
}

/** Time for a notification to appear before the notification center is opened. */
const popUpMs = 3_000;

/** Waits for a notification. Opens the notification center when no toast appears. */
export async function findNotification(page: Page, text: string | RegExp): Promise<Prompt> {
  const element = notifications(page, text).first();
  const center = page.locator('.notifications-center');
  // The bell counts notifications that have disappeared. In some cases VS Code changes only the icon of the bell.
  const counted = page
    .getByRole('status')
    .getByRole('button', { name: /[1-9]\d* New Notification/ });
  await element
    .or(counted)
    .first()
    .waitFor({ timeout: popUpMs })
    .catch(() => undefined);
  if (!(await element.isVisible()) && !(await center.isVisible())) {
    await page
      .getByRole('status')
      .getByRole('button', { name: /Notification|Do Not Disturb/ })
      .click();
    // The center takes the focus when it is rendered. Keys pressed before would go elsewhere.
    await center.locator(':focus').waitFor();
  }
  await element.waitFor();
  return new Prompt(element);
}

/** All visible notifications that contain this text. */
export function notifications(page: Page, text: string | RegExp): Locator {
  const pattern = typeof text === 'string' ? escapeRegExp(text) : text.source;
  return page.getByRole('dialog', { name: new RegExp(`${pattern}[^]*, notification`) });
}

/** Waits for a modal dialog. */
export async function findDialog(page: Page, text: string | RegExp): Promise<Prompt> {
  const element = page.locator('.monaco-dialog-box').filter({ hasText: text });
  await element.waitFor();
  return new Prompt(element);
}
