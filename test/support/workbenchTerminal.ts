import type { Page } from 'playwright-core';
import { waitUntil } from './workbenchWait.ts';

/** The visible terminal. Needs the setting `terminal.integrated.gpuAcceleration` to be `off`: the text is in the page then. */
export class WorkbenchTerminal {
  constructor(private readonly page: Page) {}

  /** Types a line into the terminal, which must have the focus, and presses Enter. */
  async enter(line: string): Promise<void> {
    await this.page.locator('.terminal-wrapper.active .xterm.focus').waitFor();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  async waitForText(text: RegExp): Promise<void> {
    await waitUntil(async () => text.test(await this.text()), `${String(text)} in the terminal`);
  }

  /** The visible lines. */
  async text(): Promise<string> {
    const lines = await this.page
      .locator('.terminal-wrapper.active .xterm-rows > div')
      .allInnerTexts();
    return lines.map((line) => line.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  async waitForClosed(): Promise<void> {
    await this.page.locator('.terminal-wrapper.active').waitFor({ state: 'hidden' });
  }
}
