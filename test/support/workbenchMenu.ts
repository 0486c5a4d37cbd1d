import type { Locator, Page } from 'playwright-core';
import { pointAnew, tryUntilDone } from './workbenchWait.ts';

/** The first click on a menu may come too early, and is repeated soon. */
const firstClickLimitMs = 500;

/** A menu that is open, with its submenus. */
export class WorkbenchMenu {
  private constructor(private readonly page: Page) {}

  static async opened(page: Page): Promise<WorkbenchMenu> {
    const menu = new WorkbenchMenu(page);
    await menu.items().first().waitFor();
    return menu;
  }

  item(name: string): Locator {
    return this.page.getByRole('menu').getByRole('menuitem', { name, exact: true });
  }

  /** The names of all items that show, top down, submenus last. */
  async names(): Promise<string[]> {
    return (await this.items().allInnerTexts()).map((text) => text.trim());
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items().first().waitFor({ state: 'hidden' });
  }

  /** Follows submenus by name and clicks the last one. */
  async choose(...path: [string, ...string[]]): Promise<void> {
    for (const [index, name] of path.slice(0, -1).entries()) await this.openSubmenu(name, path[index + 1] ?? '');
    const last = this.item(path.at(-1) ?? '');
    await last.waitFor();
    // A menu takes no click in its first tenth of a second, so that the end of a right click does not choose from it. A
    // click that counts closes it; one that came too early is repeated.
    const choose = async (tryLimitMs: number): Promise<void> => {
      if (!(await last.isVisible())) return;
      await last.click({ timeout: tryLimitMs });
      await last.waitFor({ state: 'hidden', timeout: tryLimitMs });
    };
    await tryUntilDone(this.page, choose, `choose "${path.join(', ')}" from the menu`, firstClickLimitMs);
  }

  /** As `choose`, with arrow keys and Enter alone. */
  async chooseByKeyboard(...path: [string, ...string[]]): Promise<void> {
    for (const [index, name] of path.entries()) {
      await this.focusItem(name);
      await this.page.keyboard.press(index === path.length - 1 ? 'Enter' : 'ArrowRight');
    }
  }

  /** Points at an item until what is in its submenu shows. */
  private async openSubmenu(name: string, inside: string): Promise<void> {
    const item = this.item(name);
    await item.waitFor();
    await tryUntilDone(this.page, async (tryLimitMs) => {
      await pointAnew(item, tryLimitMs);
      await this.item(inside).waitFor({ timeout: tryLimitMs });
    }, `open the submenu "${name}"`);
  }

  private async focusItem(name: string): Promise<void> {
    const item = this.item(name);
    await item.waitFor();
    const focused = this.page.getByRole('menu').locator('.action-item.focused').filter({
      has: this.page.getByRole('menuitem', { name, exact: true }),
    });
    const count = await this.items().count();
    for (let step = 0; step <= count; step++) {
      if ((await focused.count()) > 0) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`The arrow keys did not reach the menu item "${name}".`);
  }

  private items(): Locator {
    return this.page.getByRole('menu').getByRole('menuitem');
  }
}
