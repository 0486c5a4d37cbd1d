import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Locator, Page } from 'playwright-core';
import { WorkbenchMenu } from './workbenchMenu.ts';
import { escapeRegExp, named } from './workbenchNames.ts';
import { findDialog, findNotification, notifications, type Prompt } from './workbenchPrompt.ts';
import { InputBox, Palette, QuickPick } from './workbenchQuickInput.ts';
import { WorkbenchTree } from './workbenchTree.ts';
import { clickOnce, waitUntil } from './workbenchWait.ts';

/** Time limit for a whole window, which loads slowly on a busy machine. */
const openLimitMs = 90_000;

const screenshots = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));

/** A window of VS Code. Elements are found by role and name. */
export class WorkbenchPage {
  readonly quickPick: QuickPick;
  readonly inputBox: InputBox;
  readonly commands: Palette;

  constructor(
    /** For interactions without a helper in this class. */
    readonly page: Page,
  ) {
    this.quickPick = new QuickPick(page);
    this.inputBox = new InputBox(page);
    this.commands = new Palette(page);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url, { timeout: openLimitMs });
    await this.waitForReady();
  }

  /** Reloads the window. The extension host restarts; open editors and secrets persist. */
  async reload(): Promise<void> {
    // Unlike the reload button of the browser, the command saves the open editors first.
    const loaded = this.page.waitForEvent('load', { timeout: openLimitMs });
    await this.palette('Developer: Reload Window');
    await loaded;
    await this.waitForReady();
  }

  private async waitForReady(): Promise<void> {
    await this.page
      .getByRole('tablist', { name: 'Active View Switcher' })
      .first()
      .getByRole('tab')
      .first()
      .waitFor({ timeout: openLimitMs });
  }

  /** Runs a command from the palette by its full title, "VPS.org: Stop...". */
  async palette(title: string): Promise<void> {
    await this.commands.run(title);
  }

  /** Shows a view container of the activity bar, unless it is already visible. */
  async openView(container: string): Promise<void> {
    // With a badge it is called "VPS.org - 1 server is changing status".
    const tab = this.page
      .getByRole('tab', { name: new RegExp(`^${escapeRegExp(container)}(?:$|,| \\(| - )`) })
      .first();
    await tab.waitFor();
    const heading = this.page
      .getByRole('heading', { name: new RegExp(`^${escapeRegExp(container)}`, 'i'), level: 2 })
      .first();
    const appears = (): Promise<boolean> =>
      heading.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    // After a reload VS Code may still be opening the container, and a click would close it again.
    await waitUntil(async () => {
      if (await heading.isVisible()) return true;
      if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
      return await appears();
    }, `the view container "${container}"`);
  }

  tree(view: string): WorkbenchTree {
    return new WorkbenchTree(this.page, view);
  }

  /** Presses a button in the title of the side bar. Other actions are in the "..." menu; see `viewMenu`. */
  async viewAction(action: string): Promise<void> {
    await this.viewToolbar()
      .getByRole('button', { name: named(action) })
      .click();
  }

  /** Chooses an item of the "..." menu in the title of the side bar, through submenus by name. */
  async viewMenu(...path: [string, ...string[]]): Promise<void> {
    const open = async (limitMs: number): Promise<void> => {
      await this.viewToolbar().hover({ timeout: limitMs });
      // Older versions of VS Code give this button a name but no role.
      await clickOnce(this.viewToolbar().getByLabel(/More Actions/), limitMs);
    };
    await WorkbenchMenu.choose(this.page, open, path);
  }

  /** A button or a link of a welcome view in the side bar. */
  welcome(name: string | RegExp): Locator {
    const body = this.page.locator('.sidebar .welcome-view-content');
    return body.getByRole('button', { name }).or(body.getByRole('link', { name }));
  }

  /** Text in the side bar, such as view messages and welcome views. */
  sideBarText(text: string | RegExp): Locator {
    return this.page.locator('.part.sidebar').getByText(text);
  }

  /** Waits for a notification that contains this text. */
  async notification(text: string | RegExp): Promise<Prompt> {
    return await findNotification(this.page, text);
  }

  /** The number of visible notifications that contain this text. */
  async countNotifications(text: string | RegExp = /.*/): Promise<number> {
    return await notifications(this.page, text).count();
  }

  /** Waits for a modal dialog that contains this text. */
  async dialog(text: string | RegExp): Promise<Prompt> {
    return await findDialog(this.page, text);
  }

  /** An item of the status bar by its accessible name. */
  statusBar(name: string | RegExp): Locator {
    return this.page.getByRole('status').getByRole('button', { name });
  }

  /** A tab of the editor area. */
  editorTab(title: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('tab', { name: named(title) });
  }

  /** Waits for a webview panel with this title or heading. Returns the frame of its document. */
  async webviewFrame(title: string): Promise<Frame> {
    const matches = async (frame: Frame): Promise<boolean> => {
      const element = await frame.frameElement();
      // VS Code loads a document in a "pending" frame and renames the frame to "active" when it is ready.
      const [id, frameTitle] = [
        await element.getAttribute('id'),
        await element.getAttribute('title'),
      ];
      if (id !== 'active-frame' || !(await element.isVisible())) return false;
      // The frame of a restored panel may still have an old title, so the heading counts as well.
      return (
        frameTitle === title ||
        (await frame.getByRole('heading', { level: 1, name: title, exact: true }).count()) > 0
      );
    };
    const find = async (): Promise<Frame | undefined> => {
      for (const frame of this.page.frames()) {
        // Frames come and go while a panel opens.
        if (frame.parentFrame() && (await matches(frame).catch(() => false))) return frame;
      }
      return undefined;
    };
    const frame = await waitUntil(find, `the webview "${title}"`);
    await frame.waitForLoadState();
    return frame;
  }

  /** Waits until a webview has the focus. It takes the focus shortly after it appears, which closes an open pick. */
  async waitForWebviewFocus(): Promise<void> {
    // ":focus" does not match a frame of another origin.
    const isFocused = (): Promise<boolean> =>
      this.page.evaluate("document.activeElement?.matches('iframe.webview') === true");
    await waitUntil(isFocused, 'a webview to have the focus');
  }

  /** The visible text of the active editor. */
  async editorText(): Promise<string> {
    const lines = this.page.getByRole('main').locator('.monaco-editor .view-lines').first();
    await lines.waitFor();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  async clipboard(): Promise<string> {
    return await this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Selects a color theme by its label: "Dark Modern", "Light Modern", "Dark High Contrast". */
  async setTheme(label: string): Promise<void> {
    await this.palette('Preferences: Color Theme');
    await this.quickPick.filter(label);
    await this.quickPick.pick(label);
    await this.quickPick.waitForClosed();
  }

  /** Writes out/screenshots/NAME.png and returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(screenshots, `${name.replace(/[^\w.-]+/g, '-')}.png`);
    await mkdir(dirname(path), { recursive: true });
    // Completes animations, so that fading elements are fully visible.
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  private viewToolbar(): Locator {
    return this.page
      .locator('.part.sidebar')
      .getByRole('toolbar', { name: / actions$/ })
      .first();
  }
}
