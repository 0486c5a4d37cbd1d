import type { Locator, Page } from 'playwright-core';
import { WorkbenchMenu } from './workbenchMenu.ts';
import { named, spokenLabels } from './workbenchNames.ts';
import { tryUntilDone, waitUntil } from './workbenchWait.ts';

/** A hover shows half a second after the pointer came, and some time later what was fetched for it. */
const firstHoverLimitMs = 5_000;

/** Of a page's globals, which the tests' own lack. */
interface PageGlobals {
  getComputedStyle(element: unknown, part?: string): { readonly content: string; readonly color: string };
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

  /** The tree while it has the keyboard. */
  get focused(): Locator {
    return this.tree.and(this.page.locator(':focus-within, :focus'));
  }

  /** A row by its spoken label ("web-server-01, active, us-west, 203.0.113.10") or the beginning of it. */
  row(name: string | RegExp): Locator {
    return this.tree.getByRole('treeitem', { name: named(name) });
  }

  /** The spoken labels of all rows that show. */
  async rows(): Promise<string[]> {
    return await spokenLabels(this.tree.getByRole('treeitem'));
  }

  /** Clicks on a row. What shows on hover over another one may lie over it: the pointer leaves that first. */
  async click(name: string | RegExp, options: Parameters<Locator['click']>[0] = {}): Promise<void> {
    await this.row(name).waitFor();
    await tryUntilDone(this.page, async (tryLimitMs) => {
      await this.leaveRows();
      await this.row(name).click({ ...options, timeout: tryLimitMs });
    }, `click on the row "${String(name)}"`);
  }

  async select(...names: (string | RegExp)[]): Promise<void> {
    for (const [index, name] of names.entries()) {
      await this.click(name, index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    }
  }

  /** A button that shows on a row under the pointer. */
  async inlineAction(row: string | RegExp, action: string): Promise<void> {
    await this.row(row).waitFor();
    await tryUntilDone(this.page, async (tryLimitMs) => {
      await this.leaveRows();
      await this.row(row).hover({ timeout: tryLimitMs });
      await this.row(row).getByRole('button', { name: named(action) }).click({ timeout: tryLimitMs });
    }, `press "${action}" on the row "${String(row)}"`);
  }

  /** What a row says under the pointer. */
  async tooltip(row: string | RegExp): Promise<string> {
    await this.row(row).waitFor();
    let text = '';
    await tryUntilDone(this.page, async (tryLimitMs) => {
      await this.leaveRows();
      await this.row(row).hover({ timeout: tryLimitMs });
      // The facts come after a moment in which it only says that it is loading.
      await this.hovers().last().filter({ hasNotText: 'Loading...' }).waitFor({ timeout: tryLimitMs });
      text = await this.hovers().last().innerText();
    }, `point at the row "${String(row)}"`, firstHoverLimitMs);
    return text.replaceAll('\u00a0', ' ');
  }

  /** The icon of a row as it is drawn: the code point of its glyph, and its colour. */
  async iconOf(row: string | RegExp): Promise<{ readonly shape: string; readonly colour: string }> {
    const icon = this.row(row).locator('.custom-view-tree-node-item-icon');
    return await icon.evaluate((element) => {
      const page = globalThis as unknown as PageGlobals;
      return { shape: page.getComputedStyle(element, '::before').content, colour: page.getComputedStyle(element).color };
    });
  }

  /** Opens the menu with a right click, follows its submenus by name, and chooses the last. */
  async contextMenu(row: string | RegExp, ...path: [string, ...string[]]): Promise<void> {
    await (await this.openContextMenu(row)).choose(...path);
  }

  async openContextMenu(row: string | RegExp): Promise<WorkbenchMenu> {
    await this.click(row, { button: 'right' });
    return await WorkbenchMenu.opened(this.page);
  }

  /** Moves the focus to a row with the arrow keys alone. */
  async focusRow(name: string | RegExp): Promise<void> {
    await this.row(name).waitFor();
    await this.tree.focus();
    const active = () => this.tree.getAttribute('aria-activedescendant');
    const isThere = async () => (await this.row(name).getAttribute('id')) === (await active());
    const first = await this.tree.getByRole('treeitem').first().getAttribute('id');
    await this.page.keyboard.press('Home');
    await waitUntil(async () => (await active()) === first, 'the focus on the first row');
    const count = await this.tree.getByRole('treeitem').count();
    for (let step = 0; step < count && !(await isThere()); step++) {
      const before = await active();
      await this.page.keyboard.press('ArrowDown');
      // The tree moves its focus some time after the key.
      await waitUntil(async () => (await active()) !== before, `the focus on the row after "${before}"`);
    }
    if (!(await isThere())) throw new Error(`The arrow keys did not reach the row ${String(name)}.`);
  }

  /** As `contextMenu`, from the keyboard: arrow keys to the row, Shift+F10, arrow keys and Enter in the menu. */
  async keyboardMenu(row: string | RegExp, ...path: [string, ...string[]]): Promise<void> {
    await this.focusRow(row);
    await this.page.keyboard.press('Shift+F10');
    await (await WorkbenchMenu.opened(this.page)).chooseByKeyboard(...path);
  }

  private hovers(): Locator {
    return this.page.locator('.workbench-hover:visible');
  }

  /** Moves the pointer away until nothing shows because of it. One jump can come before the hover that it is to end. */
  private async leaveRows(): Promise<void> {
    let x = 0;
    await waitUntil(async () => {
      x = x === 0 ? 2 : 0;
      await this.page.mouse.move(x, 0);
      return (await this.hovers().count()) === 0;
    }, 'the hover to go away');
  }
}
