import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openVscodeSession, type VscodeSession, type VscodeSessionOptions } from '../../scripts/vscodeSession.mjs';
import { WorkbenchPage } from './workbenchPage.ts';

export interface WorkbenchOptions extends Pick<VscodeSessionOptions, 'version' | 'vsix' | 'settings' | 'env'> {
  /** The folder to open; an empty one otherwise. */
  folder?: string;
  /** The id of a colour theme; its label in `WorkbenchPage.setTheme`. */
  colorTheme?: string;
  viewport?: { width: number; height: number };
}

/** Only how long a slow machine may take: what a person waits for is there long before. */
const actionLimitMs = 30_000;

/** A VS Code of its own for a suite of tests: server, browser, data. */
export class Workbench {
  /** Every window that was opened and not closed, the first one first. */
  readonly windows: WorkbenchPage[] = [];
  private readonly consoleLines: string[] = [];

  private constructor(
    private readonly session: VscodeSession,
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {}

  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const theme = options.colorTheme ? { 'workbench.colorTheme': options.colorTheme } : {};
    const session = await openVscodeSession({ ...options, settings: { ...theme, ...options.settings } });
    try {
      const folder = options.folder ?? join(session.dataDir, 'folder');
      await mkdir(folder, { recursive: true });
      const context = await session.browser.newContext({
        viewport: options.viewport ?? { width: 1280, height: 800 },
        locale: 'en-US',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      context.setDefaultTimeout(actionLimitMs);
      // With a key from its server, VS Code seals secrets into the browser's storage; without one they end with the page.
      await context.route('**/mint-key*', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
      const workbench = new Workbench(session, context, `http://${session.authority}/?folder=${encodeURI(folder)}`);
      await workbench.openWindow();
      return workbench;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** As VS Code calls itself: "1.100.3". */
  get version(): string {
    return this.session.version;
  }

  /** The folder with all that this VS Code writes to disk: settings, state of extensions, logs. */
  get dataDir(): string {
    return this.session.dataDir;
  }

  /** The first window. */
  get window(): WorkbenchPage {
    const [first] = this.windows;
    if (!first) throw new Error('All windows are closed.');
    return first;
  }

  /** Another window on the same folder, of the same person: it sees the same secrets and settings. */
  async openWindow(): Promise<WorkbenchPage> {
    const page = await this.context.newPage();
    this.listen(page);
    const window = new WorkbenchPage(page);
    this.windows.push(window);
    page.once('close', () => this.windows.splice(this.windows.indexOf(window), 1));
    await window.open(this.url);
    return window;
  }

  /** Back to the first window: it draws little while another one lies over it. */
  async closeOtherWindows(): Promise<void> {
    const [first, ...others] = this.windows;
    for (const { page } of others) await page.close();
    if (others.length > 0) await first?.page.bringToFront();
  }

  /** What the windows wrote to their consoles, the extension host's output included. */
  consoleText(): string {
    return this.consoleLines.join('\n');
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.session.close();
  }

  private listen(page: Page): void {
    page.on('console', (message) => this.consoleLines.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.consoleLines.push(`[uncaught] ${error.stack ?? error.message}`));
  }
}

/** Starts VS Code and waits until its first window can be used. The caller closes it. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  return await Workbench.start(options);
}
