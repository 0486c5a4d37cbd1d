import type { Locator, Page } from 'playwright-core';
import { named, namedAfterIcon, accessibleNames } from './workbenchNames.ts';
import { clickOnce, tryUntilDone, waitUntil } from './workbenchWait.ts';

/** The widget at the top of the window that shows the palette, quick picks and input boxes. */
class QuickInput {
  protected readonly widget: Locator;
  /** The text field. */
  readonly field: Locator;

  constructor(protected readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.field = this.widget.getByRole('textbox').or(this.widget.getByRole('combobox'));
  }

  /** Waits until it is visible, with this title or prompt if given. */
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

  /** All visible text: titles, prompts, counts. */
  async text(): Promise<string> {
    return await this.widget.innerText();
  }

  /** A button in its title, its field or one of its rows. */
  button(name: string | RegExp): Locator {
    return this.widget.getByRole('button', { name: named(name) });
  }

  async accept(): Promise<void> {
    await this.field.press('Enter');
  }

  /** Closes it. One that is closing already, as after a choice, is only waited for. */
  async cancel(): Promise<void> {
    await tryUntilDone(
      this.page,
      async (tryLimitMs) => {
        if (await this.isOpen()) await this.field.press('Escape', { timeout: tryLimitMs });
        await this.widget.waitFor({ state: 'hidden', timeout: tryLimitMs });
      },
      'close the quick input',
    );
  }
}

export class QuickPick extends QuickInput {
  /** An item. Its accessible name is "label, description, detail"; the label is enough. */
  option(name: string | RegExp): Locator {
    const list = this.widget.getByRole('listbox');
    // Rows of a multi-select pick are checkboxes that contain another checkbox, for the mouse.
    const row = list.locator('.monaco-list-row');
    const label = namedAfterIcon(name);
    return row.and(
      list.getByRole('option', { name: label }).or(list.getByRole('checkbox', { name: label })),
    );
  }

  /** The accessible names of all visible rows. */
  async options(): Promise<string[]> {
    const rows = this.widget.getByRole('listbox').locator('.monaco-list-row');
    await rows.first().waitFor();
    return await accessibleNames(rows);
  }

  async filter(text: string): Promise<void> {
    await this.field.fill(text);
  }

  /** Chooses an item and closes the pick. */
  async pick(name: string | RegExp): Promise<void> {
    await this.option(name).click();
  }

  /** Toggles the checkbox of an item in a multi-select pick. `acceptChecked` closes the pick. */
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

  /** The validation message, or the prompt when the value is valid. */
  async message(): Promise<string> {
    const message = this.widget.locator('.quick-input-message');
    return await waitUntil(async () => (await message.innerText()).trim() || undefined, 'a prompt');
  }

  /** The number of links in its message. */
  async links(): Promise<number> {
    return await this.widget.locator('.quick-input-message a').count();
  }

  /** Waits until the prompt or the validation message contains this text. */
  async waitForMessage(text: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }
}

export class Palette {
  private readonly pick: QuickPick;

  constructor(private readonly page: Page) {
    this.pick = new QuickPick(page);
  }

  /** Opens it with F1 and types. The returned pick contains the matching commands. */
  async open(text = ''): Promise<QuickPick> {
    const field = this.page.getByRole('textbox', { name: /^Type the name of a command to run/ });
    // An editor that is still opening takes the focus, which closes the palette. Then press the key again.
    await tryUntilDone(
      this.page,
      async (tryLimitMs) => {
        if (!(await field.isVisible())) await this.page.keyboard.press('F1');
        await field.fill(`>${text}`, { timeout: tryLimitMs });
      },
      'open the command palette',
    );
    return this.pick;
  }

  /** Runs a command by its full title in the palette, "VPS.org: Stop...". */
  async run(title: string): Promise<void> {
    // The palette closes when something else takes the focus. Then open it again.
    await tryUntilDone(
      this.page,
      async (tryLimitMs) => {
        await this.open(title);
        await clickOnce(this.pick.option(title), tryLimitMs);
      },
      `run "${title}" from the palette`,
    );
  }
}
