import type { Page } from 'playwright-core';
import { findNotification } from './workbenchPrompt.ts';

/** What the extension says then. */
export const lostRowText =
  'VS Code did not say which row was meant, so nothing was done. Try again.';

/** What was last chosen from the menu of a row, by page. */
const choices = new WeakMap<Page, () => Promise<void>>();

/** Makes a choice, and remembers it so that it can be made again. */
export async function chooseFromRow(page: Page, choose: () => Promise<void>): Promise<void> {
  choices.set(page, choose);
  await choose();
}

/**
 * Does what a person does where VS Code lost the row of a menu, because the row was redrawn or the menu closed at the moment of the
 * choice: chooses again. Playwright looks for the message before and during every wait.
 */
export async function chooseAgainWhereRowIsLost(page: Page): Promise<void> {
  await page.addLocatorHandler(
    page.locator('.notification-toast').getByText(lostRowText),
    async () => {
      const choose = choices.get(page);
      if (!choose) return;
      console.log('      the row of a menu was lost; choosing again');
      await (await findNotification(page, lostRowText)).dismiss();
      await choose();
    },
    { noWaitAfter: true },
  );
}
