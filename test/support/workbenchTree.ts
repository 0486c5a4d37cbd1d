import type { Locator, Page } from 'playwright-core';
import { chooseFromRow } from './workbenchLostRow.ts';
import { WorkbenchMenu } from './workbenchMenu.ts';
import { named, accessibleNames } from './workbenchNames.ts';
import { clickOnce, tryUntilDone, waitUntil, type ClickOptions } from './workbenchWait.ts';

/** A hover appears after half a second, and its fetched content some time later. */
const firstHoverLimitMs = 5_000;
/** For one step of the focus. */
const firstWalkLimitMs = 5_000;

/** Globals of the page, which the types of the tests lack. */
interface PageGlobals {
  getComputedStyle(
    element: unknown,
    part?: string,
  ): { readonly content: string; readonly color: string };
}

/** A tree in the side bar, found by the name of its view. */
export class WorkbenchTree {
  readonly tree: Locator;

  constructor(
    private readonly page: Page,
    name: string,
  ) {
    this.tree = page.getByRole('tree', { name, exact: true });
  }

  /** The tree while it has the focus. */
  get focused(): Locator {
    return this.tree.and(this.page.locator(':focus-within, :focus'));
  }

  /** A row by its accessible name ("web-server-01, active, us-west, 203.0.113.10") or the beginning of it. */
  row(name: string | RegExp): Locator {
    return this.tree.getByRole('treeitem', { name: named(name) });
  }

  /** The accessible names of all visible rows. */
  async rows(): Promise<string[]> {
    return await accessibleNames(this.tree.getByRole('treeitem'));
  }

  /** The accessible names of the visible rows that look selected. */
  async selectedRows(): Promise<string[]> {
    return await accessibleNames(
      this.tree.getByRole('treeitem').and(this.page.locator('[aria-selected="true"]')),
    );
  }

  /** Clicks on a row. Moves the pointer away first, because the hover of another row may cover it. */
  async click(name: string | RegExp, options: ClickOptions = {}): Promise<void> {
    await this.row(name).waitFor();
    await tryUntilDone(
      this.page,
      async (tryLimitMs) => {
        await this.leaveRows();
        await clickOnce(this.row(name), tryLimitMs, options);
      },
      `click on the row "${String(name)}"`,
    );
  }

  async select(...names: (string | RegExp)[]): Promise<void> {
    for (const [index, name] of names.entries()) {
      await this.click(name, index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    }
  }

  /** Points at a row. Moves the pointer away first, because the hover of another row may cover it. */
  async hover(name: string | RegExp): Promise<void> {
    await this.row(name).waitFor();
    await tryUntilDone(
      this.page,
      (tryLimitMs) => this.pointAt(name, tryLimitMs),
      `point at the row "${String(name)}"`,
    );
  }

  /** Presses a button that appears on a row under the pointer. */
  async inlineAction(row: string | RegExp, action: string): Promise<void> {
    const press = async (): Promise<void> => {
      await this.row(row).waitFor();
      await tryUntilDone(
        this.page,
        async (tryLimitMs) => {
          await this.pointAt(row, tryLimitMs);
          await clickOnce(this.row(row).getByRole('button', { name: named(action) }), tryLimitMs);
        },
        `press "${action}" on the row "${String(row)}"`,
      );
    };
    await chooseFromRow(this.page, press);
  }

  /** The text of a row's hover. */
  async tooltip(row: string | RegExp): Promise<string> {
    await this.row(row).waitFor();
    let text = '';
    await tryUntilDone(
      this.page,
      async (tryLimitMs) => {
        await this.pointAt(row, tryLimitMs);
        // The hover shows "Loading..." until its content was fetched.
        await this.hovers()
          .last()
          .filter({ hasNotText: 'Loading...' })
          .waitFor({ timeout: tryLimitMs });
        text = await this.hovers().last().innerText();
      },
      `read the hover of the row "${String(row)}"`,
      firstHoverLimitMs,
    );
    return text.replaceAll('\u00a0', ' ');
  }

  /** The icon of a row as rendered: the code point of its glyph and its color. */
  async iconOf(row: string | RegExp): Promise<{ readonly shape: string; readonly color: string }> {
    const icon = this.row(row).locator('.custom-view-tree-node-item-icon');
    return await icon.evaluate((element) => {
      const page = globalThis as unknown as PageGlobals;
      return {
        shape: page.getComputedStyle(element, '::before').content,
        color: page.getComputedStyle(element).color,
      };
    });
  }

  /** Opens the context menu with a right click and chooses an item, through submenus by name. */
  async contextMenu(row: string | RegExp, ...path: [string, ...string[]]): Promise<void> {
    const choose = async (): Promise<void> => {
      await this.row(row).waitFor();
      await WorkbenchMenu.choose(this.page, (limitMs) => this.rightClick(row, limitMs), path);
    };
    await chooseFromRow(this.page, choose);
  }

  /** Opens the context menu to look at. */
  async openContextMenu(row: string | RegExp): Promise<WorkbenchMenu> {
    await this.row(row).waitFor();
    return await WorkbenchMenu.open(this.page, (limitMs) => this.rightClick(row, limitMs));
  }

  /** Moves the focus to a row with the arrow keys only. */
  async focusRow(name: string | RegExp): Promise<void> {
    await this.row(name).waitFor();
    // A panel that opened before may take the focus late. The keys then go there, and the tree needs the focus again.
    await tryUntilDone(
      this.page,
      (tryLimitMs) => this.walkTo(name, tryLimitMs),
      `move the focus to the row "${String(name)}"`,
      firstWalkLimitMs,
    );
  }

  private async walkTo(name: string | RegExp, stepLimitMs: number): Promise<void> {
    const active = () => this.tree.getAttribute('aria-activedescendant');
    const isThere = async () => (await this.row(name).getAttribute('id')) === (await active());
    const first = await this.tree.getByRole('treeitem').first().getAttribute('id');
    await this.press('Home');
    await waitUntil(
      async () => (await active()) === first,
      'the focus on the first row',
      stepLimitMs,
    );
    const count = await this.tree.getByRole('treeitem').count();
    for (let step = 0; step < count && !(await isThere()); step++) {
      const before = await active();
      await this.press('ArrowDown');
      // The tree moves its focus asynchronously.
      await waitUntil(
        async () => (await active()) !== before,
        `the focus on the row after "${before}"`,
        stepLimitMs,
      );
    }
    if (!(await isThere()))
      throw new Error(`The arrow keys did not reach the row ${String(name)}.`);
  }

  /** Presses a key on the focused row. */
  async press(key: string): Promise<void> {
    await this.tree.press(key);
  }

  /** As `contextMenu`, by keyboard: arrow keys to the row, Shift+F10, arrow keys and Enter in the menu. */
  async keyboardMenu(row: string | RegExp, ...path: [string, ...string[]]): Promise<void> {
    const open = async (): Promise<void> => {
      await this.focusRow(row);
      await this.press('Shift+F10');
    };
    const choose = (): Promise<void> => WorkbenchMenu.chooseByKeyboard(this.page, open, path);
    await chooseFromRow(this.page, choose);
  }

  private async rightClick(row: string | RegExp, tryLimitMs: number): Promise<void> {
    await this.leaveRows();
    await clickOnce(this.row(row), tryLimitMs, { button: 'right' });
  }

  private hovers(): Locator {
    return this.page.locator('.workbench-hover:visible');
  }

  private async pointAt(row: string | RegExp, tryLimitMs: number): Promise<void> {
    await this.leaveRows();
    await this.row(row).hover({ timeout: tryLimitMs });
  }

  /**
   * Moves the pointer away until no hover is visible. A single move may precede the hover that it should close, and a hover
   * whose content came after the pointer had left closes only when the pointer enters and leaves it.
   */
  private async leaveRows(): Promise<void> {
    let x = 0;
    await waitUntil(async () => {
      x = x === 0 ? 2 : 0;
      const hover = await this.hovers()
        .last()
        .boundingBox({ timeout: 100 })
        .catch(() => null);
      if (hover) {
        await this.page.mouse.move(hover.x + hover.width / 2, hover.y + hover.height / 2);
      }
      await this.page.mouse.move(x, 0);
      return (await this.hovers().count()) === 0;
    }, 'the hover to go away');
  }
}
