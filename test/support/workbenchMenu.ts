import type { Locator, Page } from 'playwright-core';
import { clickOnce, hoverAgain, tryUntilDone } from './workbenchWait.ts';

type Path = readonly [string, ...string[]];

/** A menu that does not close within this time may have ignored the click, as it does in its first 100 ms. */
const closeLimitMs = 500;

/** An open menu with its submenus. */
export class WorkbenchMenu {
  private constructor(private readonly page: Page) {}

  /**
   * Opens a menu, chooses an item, and opens the menu again where it closed before: a panel that opened earlier may take the focus
   * late, more so on a busy machine. Nothing is chosen twice.
   */
  static async choose(
    page: Page,
    open: (tryLimitMs: number) => Promise<void>,
    path: Path,
  ): Promise<void> {
    await WorkbenchMenu.withMenu(page, open, path, (menu, limitMs) => menu.choose(path, limitMs));
  }

  /** As `choose`, with arrow keys and Enter only. */
  static async chooseByKeyboard(
    page: Page,
    open: (tryLimitMs: number) => Promise<void>,
    path: Path,
  ): Promise<void> {
    await WorkbenchMenu.withMenu(page, open, path, (menu, limitMs) =>
      menu.chooseByKeyboard(path, limitMs),
    );
  }

  /** Opens a menu to look at. */
  static async open(
    page: Page,
    open: (tryLimitMs: number) => Promise<void>,
  ): Promise<WorkbenchMenu> {
    await WorkbenchMenu.withMenu(page, open, [], () => Promise.resolve());
    return new WorkbenchMenu(page);
  }

  private static async withMenu(
    page: Page,
    open: (tryLimitMs: number) => Promise<void>,
    path: readonly string[],
    use: (menu: WorkbenchMenu, tryLimitMs: number) => Promise<void>,
  ): Promise<void> {
    const menu = new WorkbenchMenu(page);
    await tryUntilDone(
      page,
      async (tryLimitMs) => {
        if ((await menu.items().count()) === 0) await open(tryLimitMs);
        await menu.items().first().waitFor({ timeout: tryLimitMs });
        await use(menu, tryLimitMs);
      },
      path.length === 0 ? 'open the menu' : `choose "${path.join(', ')}" from the menu`,
    );
  }

  item(name: string): Locator {
    return this.items().filter({ has: this.label(name) });
  }

  /** The names of all visible items, from top to bottom, submenus last. */
  async names(): Promise<string[]> {
    return (await this.items().locator('.action-label').allInnerTexts()).map((text) => text.trim());
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items().first().waitFor({ state: 'hidden' });
  }

  /** Opens submenus by name and clicks the last item. Fails only where nothing was chosen. */
  private async choose(path: Path, tryLimitMs: number): Promise<void> {
    for (const [index, name] of path.slice(0, -1).entries())
      await this.openSubmenu(name, path[index + 1] ?? '', tryLimitMs);
    const last = this.item(path.at(-1) ?? '');
    await clickOnce(last, tryLimitMs);
    const closes = (): Promise<boolean> =>
      last.waitFor({ state: 'hidden', timeout: closeLimitMs }).then(
        () => true,
        () => false,
      );
    // The first click may have been too early. The menu may also close while the next one waits for it.
    while (!(await closes())) await clickOnce(last, tryLimitMs).catch(() => undefined);
  }

  /** Fails only where nothing was chosen. */
  private async chooseByKeyboard(path: Path, tryLimitMs: number): Promise<void> {
    for (const [index, name] of path.entries()) {
      await this.focusItem(name, tryLimitMs);
      await this.page.keyboard.press(index === path.length - 1 ? 'Enter' : 'ArrowRight');
    }
  }

  /** Points at an item until its submenu shows `childName`. */
  private async openSubmenu(name: string, childName: string, tryLimitMs: number): Promise<void> {
    await hoverAgain(this.item(name), tryLimitMs);
    await this.item(childName).waitFor({ timeout: tryLimitMs });
  }

  private async focusItem(name: string, tryLimitMs: number): Promise<void> {
    await this.item(name).waitFor({ timeout: tryLimitMs });
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
