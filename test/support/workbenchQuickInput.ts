import type { Locator, Page } from 'playwright-core';
import { named, namedAfterIcon, spokenLabels } from './workbenchNames.ts';
import { tryUntilDone, waitUntil } from './workbenchWait.ts';

/** The box at the top of the window: palette, quick picks and input boxes are all of them this one. */
class QuickInput {
  protected readonly widget: Locator;
  /** Where one types. */
  readonly field: Locator;

  constructor(protected readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.field = this.widget.getByRole('textbox').or(this.widget.getByRole('combobox'));
  }

  /** Waits until it shows, with this title or prompt when one is given. */
  async waitFor(text?: string | RegExp): Promise<void> {
    await this.field.waitFor();
    if (text !== undefined) await this.widget.getByText(text).first().waitFor();
  }

  async waitForClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  async isOpen(): Promise<boolean> {
    return await this.widget.isVisible();
  }

  /** All the words on it, for a look at titles, prompts and counts. */
  async text(): Promise<string> {
    return await this.widget.innerText();
  }

  /** A button in its title, its field or on one of its rows. */
  button(name: string | RegExp): Locator {
    return this.widget.getByRole('button', { name: named(name) });
  }

  async accept(): Promise<void> {
    await this.field.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.field.press('Escape');
    await this.waitForClosed();
  }
}

export class QuickPick extends QuickInput {
  /** One choice. Its accessible name is "label, description, detail"; the label alone will do. */
  option(name: string | RegExp): Locator {
    const list = this.widget.getByRole('listbox');
    // Rows of a pick of several are checkboxes that hold another one, for the mouse.
    const row = list.locator('.monaco-list-row');
    const label = namedAfterIcon(name);
    return row.and(list.getByRole('option', { name: label }).or(list.getByRole('checkbox', { name: label })));
  }

  /** The accessible names of all rows that show. */
  async options(): Promise<string[]> {
    const rows = this.widget.getByRole('listbox').locator('.monaco-list-row');
    await rows.first().waitFor();
    return await spokenLabels(rows);
  }

  async filter(text: string): Promise<void> {
    await this.field.fill(text);
  }

  /** Chooses one and thereby answers. */
  async pick(name: string | RegExp): Promise<void> {
    await this.option(name).click();
  }

  /** Turns the tick of one row on or off, in a pick of several. `acceptChecked` answers. */
  async toggle(name: string | RegExp): Promise<void> {
    await this.option(name).getByRole('checkbox').click();
  }

  async acceptChecked(): Promise<void> {
    await this.widget.getByRole('button', { name: 'OK', exact: true }).click();
  }
}

export class InputBox extends QuickInput {
  async fill(value: string): Promise<void> {
    await this.field.fill(value);
  }

  async value(): Promise<string> {
    return await this.field.inputValue();
  }

  /** The prompt, or what is wrong with the value. There always is one of them. */
  async message(): Promise<string> {
    const message = this.widget.locator('.quick-input-message');
    return await waitUntil(async () => (await message.innerText()).trim() || undefined, 'a prompt');
  }

  /** How many links are in what it says. */
  async links(): Promise<number> {
    return await this.widget.locator('.quick-input-message a').count();
  }

  /** Waits until the prompt or the complaint contains these words. */
  async waitForMessage(text: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }
}

export class Palette {
  private readonly pick: QuickPick;

  constructor(private readonly page: Page) {
    this.pick = new QuickPick(page);
  }

  /** Opens it with the key and types; the commands that match are `QuickPick.options` then. */
  async open(text = ''): Promise<QuickPick> {
    const field = this.page.getByRole('textbox', { name: /^Type the name of a command to run/ });
    // An editor that just opens takes the focus a moment later, and the palette closes: a person presses the key again.
    await tryUntilDone(this.page, async (tryLimitMs) => {
      if (!(await field.isVisible())) await this.page.keyboard.press('F1');
      await field.fill(`>${text}`, { timeout: tryLimitMs });
    }, 'open the command palette');
    return this.pick;
  }

  /** Runs a command by its whole title as the palette shows it, "VPS.org: Stop...". */
  async run(title: string): Promise<void> {
    // Whatever takes the focus meanwhile closes the palette before it was clicked: then it is opened once more.
    await tryUntilDone(this.page, async (tryLimitMs) => {
      await this.open(title);
      await this.pick.option(title).click({ timeout: tryLimitMs });
    }, `run "${title}" from the palette`);
  }
}
