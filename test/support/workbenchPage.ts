import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Frame, Locator, Page } from 'playwright-core';
import { WorkbenchMenu } from './workbenchMenu.ts';
import { escapeRegExp, named } from './workbenchNames.ts';
import { findDialog, findNotification, notifications, type Prompt } from './workbenchPrompt.ts';
import { InputBox, Palette, QuickPick } from './workbenchQuickInput.ts';
import { WorkbenchTree } from './workbenchTree.ts';
import { waitUntil } from './workbenchWait.ts';

/** For a whole window: on a busy machine, beside another one, it takes a multiple of what one action takes. */
const openLimitMs = 90_000;

const screenshots = fileURLToPath(new URL('../../out/screenshots/', import.meta.url));

/** One window of VS Code, used as a person uses it: by role and name, waiting for what shows. */
export class WorkbenchPage {
  readonly quickPick: QuickPick;
  readonly inputBox: InputBox;
  readonly commands: Palette;

  constructor(
    /** For what has no helper here. */
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

  /** As a person does it: the extension host starts anew, open editors and secrets stay. */
  async reload(): Promise<void> {
    // The command writes down what is open before it reloads; the browser's own button may come before that is done.
    const loaded = this.page.waitForEvent('load', { timeout: openLimitMs });
    await this.palette('Developer: Reload Window');
    await loaded;
    await this.waitForReady();
  }

  private async waitForReady(): Promise<void> {
    await this.page.getByRole('tablist', { name: 'Active View Switcher' }).first().getByRole('tab').first().waitFor({ timeout: openLimitMs });
  }

  /** Runs a command from the palette by its whole title: "VPS.org: Stop...". */
  async palette(title: string): Promise<void> {
    await this.commands.run(title);
  }

  /** Shows a view container of the activity bar. Does nothing when it shows already. */
  async openView(container: string): Promise<void> {
    // With a badge it is called "VPS.org - 1 server is changing its status".
    const tab = this.page.getByRole('tab', { name: new RegExp(`^${escapeRegExp(container)}(?:$|,| \\(| - )`) }).first();
    await tab.waitFor();
    const heading = this.page.getByRole('heading', { name: new RegExp(`^${escapeRegExp(container)}`, 'i'), level: 2 }).first();
    const shows = (): Promise<boolean> => heading.waitFor({ timeout: 2_000 }).then(() => true, () => false);
    // After a reload VS Code may still be opening what was open before; a click on that would close it again.
    await waitUntil(async () => {
      if (await heading.isVisible()) return true;
      if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
      return await shows();
    }, `the view container "${container}"`);
  }

  tree(view: string): WorkbenchTree {
    return new WorkbenchTree(this.page, view);
  }

  /** A button in the title of the side bar; what does not fit is in the "..." menu, `viewMenu`. */
  async viewAction(action: string): Promise<void> {
    await this.viewToolbar().getByRole('button', { name: named(action) }).click();
  }

  /** Chooses from the "..." menu in the title of the side bar, submenus by name. */
  async viewMenu(...path: [string, ...string[]]): Promise<void> {
    await this.viewToolbar().hover();
    // Older VS Code gives this button a name and no role.
    await this.viewToolbar().getByLabel(/More Actions/).click();
    await (await WorkbenchMenu.opened(this.page)).choose(...path);
  }

  /** A button or a link on a welcome screen of the side bar. */
  welcome(name: string | RegExp): Locator {
    const body = this.page.locator('.sidebar .welcome-view-content');
    return body.getByRole('button', { name }).or(body.getByRole('link', { name }));
  }

  /** Text in the side bar: view messages, welcome screens. */
  sideBarText(text: string | RegExp): Locator {
    return this.page.locator('.part.sidebar').getByText(text);
  }

  /** Waits for a notification that contains these words. */
  async notification(text: string | RegExp): Promise<Prompt> {
    return await findNotification(this.page, text);
  }

  /** How many notifications with these words show now. */
  async countNotifications(text: string | RegExp = /.*/): Promise<number> {
    return await notifications(this.page, text).count();
  }

  /** Waits for a modal dialog that contains these words. */
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

  /** Waits for a webview panel by its title or the heading in it; the frame that holds its document. */
  async webviewFrame(title: string): Promise<Frame> {
    const isIt = async (frame: Frame): Promise<boolean> => {
      const element = await frame.frameElement();
      // VS Code loads a document in a "pending" frame and calls it "active" once it can be shown.
      const [id, itsTitle] = [await element.getAttribute('id'), await element.getAttribute('title')];
      if (id !== 'active-frame' || !(await element.isVisible())) return false;
      // The frame of a restored panel may still be called as the panel was before: its heading tells, too.
      return itsTitle === title || (await frame.getByRole('heading', { level: 1, name: title, exact: true }).count()) > 0;
    };
    const find = async (): Promise<Frame | undefined> => {
      for (const frame of this.page.frames()) {
        // Frames come and go while a panel opens.
        if (frame.parentFrame() && (await isIt(frame).catch(() => false))) return frame;
      }
      return undefined;
    };
    const frame = await waitUntil(find, `the webview "${title}"`);
    await frame.waitForLoadState();
    return frame;
  }

  /** Waits until a webview has the keyboard. It takes it a moment after it shows; a pick that is open by then closes. */
  async waitForWebviewFocus(): Promise<void> {
    // The style sheet's ":focus" does not hold for a frame of another origin.
    const look = (): Promise<boolean> => this.page.evaluate("document.activeElement?.matches('iframe.webview') === true");
    await waitUntil(look, 'a webview to have the keyboard');
  }

  /** The text of the editor that shows, as far as it is on screen. */
  async editorText(): Promise<string> {
    const lines = this.page.getByRole('main').locator('.monaco-editor .view-lines').first();
    await lines.waitFor();
    return (await lines.innerText()).replaceAll('\u00a0', ' ');
  }

  async clipboard(): Promise<string> {
    return await this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** Chooses a colour theme by its label, "Dark Modern", "Light Modern", "Dark High Contrast". */
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
    // What fades in is there already: half a menu tells nobody anything.
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  private viewToolbar(): Locator {
    return this.page.locator('.part.sidebar').getByRole('toolbar', { name: / actions$/ }).first();
  }
}
