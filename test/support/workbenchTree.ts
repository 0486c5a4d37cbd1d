import type { Locator, Page } from 'playwright-core';
import { WorkbenchMenu } from './workbenchMenu.ts';
import { named, spokenLabels } from './workbenchNames.ts';
import { waitUntil } from './workbenchWait.ts';

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
    await this.page.mouse.move(0, 0);
    await this.row(name).click(options);
  }

  async select(...names: (string | RegExp)[]): Promise<void> {
    for (const [index, name] of names.entries()) {
      await this.click(name, index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    }
  }

  /** A button that shows on a row under the pointer. */
  async inlineAction(row: string | RegExp, action: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.row(row).hover();
    await this.row(row).getByRole('button', { name: named(action) }).click();
  }

  /** What a row says under the pointer. */
  async tooltip(row: string | RegExp): Promise<string> {
    await this.row(row).hover();
    const hover = this.page.locator('.workbench-hover:visible').last();
    await hover.waitFor();
    return (await hover.innerText()).replaceAll('\u00a0', ' ');
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
}
