import type { Locator, Page } from 'playwright-core';
import { hoverAgain, tryUntilDone, waitUntil } from './workbenchWait.ts';

/** The first click may be too early and is repeated soon. */
const firstClickLimitMs = 500;

/** An open menu with its submenus. */
export class WorkbenchMenu {
  private constructor(private readonly page: Page) {}

  static async opened(page: Page): Promise<WorkbenchMenu> {
    const menu = new WorkbenchMenu(page);
    await menu.items().first().waitFor();
    return menu;
  }

  item(name: string): Locator {
    return this.items().filter({ has: this.label(name) });
  }

  /** Waits until the menu shows an item. False when the menu closes instead. */
  async stays(name: string): Promise<boolean> {
    const isThere = async (): Promise<'shown' | 'closed' | undefined> => {
      if (await this.item(name).isVisible()) return 'shown';
      return (await this.items().count()) === 0 ? 'closed' : undefined;
    };
    return (await waitUntil(isThere, `"${name}" in the menu`)) === 'shown';
  }

  /** The names of all visible items, from top to bottom, submenus last. */
  async names(): Promise<string[]> {
    return (await this.items().locator('.action-label').allInnerTexts()).map((text) => text.trim());
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items().first().waitFor({ state: 'hidden' });
  }

  /** Opens submenus by name and clicks the last item. */
  async choose(...path: [string, ...string[]]): Promise<void> {
    for (const [index, name] of path.slice(0, -1).entries())
      await this.openSubmenu(name, path[index + 1] ?? '');
    const last = this.item(path.at(-1) ?? '');
    await last.waitFor();
    // A menu ignores clicks for 100 ms, so that the end of a right click does not choose an item. A successful click
    // closes the menu; an early one is repeated.
    const choose = async (tryLimitMs: number): Promise<void> => {
      if (!(await last.isVisible())) return;
      await last.click({ timeout: tryLimitMs });
      await last.waitFor({ state: 'hidden', timeout: tryLimitMs });
    };
    await tryUntilDone(
      this.page,
      choose,
      `choose "${path.join(', ')}" from the menu`,
      firstClickLimitMs,
    );
  }

  /** As `choose`, with arrow keys and Enter only. */
  async chooseByKeyboard(...path: [string, ...string[]]): Promise<void> {
    for (const [index, name] of path.entries()) {
      await this.focusItem(name);
      await this.page.keyboard.press(index === path.length - 1 ? 'Enter' : 'ArrowRight');
    }
  }

  /** Points at an item until its submenu shows `childName`. */
  private async openSubmenu(name: string, childName: string): Promise<void> {
    const item = this.item(name);
    await item.waitFor();
    await tryUntilDone(
      this.page,
      async (tryLimitMs) => {
        await hoverAgain(item, tryLimitMs);
        await this.item(childName).waitFor({ timeout: tryLimitMs });
      },
      `open the submenu "${name}"`,
    );
  }

  private async focusItem(name: string): Promise<void> {
    const item = this.item(name);
    await item.waitFor();
    const focused = this.page
      .getByRole('menu')
      .locator('.action-item.focused')
      .filter({ has: this.label(name) });
    const count = await this.items().count();
    for (let step = 0; step <= count; step++) {
      if ((await focused.count()) > 0) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`The arrow keys did not reach the menu item "${name}".`);
  }

  /** The label of an item. The accessible name of the item also contains its key. */
  private label(name: string): Locator {
    return this.page.locator('.action-label').and(this.page.getByText(name, { exact: true }));
  }

  private items(): Locator {
    return this.page.getByRole('menu').getByRole('menuitem');
  }
}
