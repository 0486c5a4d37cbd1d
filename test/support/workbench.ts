import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import {
  openVscodeSession,
  type VscodeSession,
  type VscodeSessionOptions,
} from '../../scripts/vscodeSession.mjs';
import { chooseAgainWhereRowIsLost } from './workbenchLostRow.ts';
import { WorkbenchPage } from './workbenchPage.ts';

export interface WorkbenchOptions extends Pick<
  VscodeSessionOptions,
  'version' | 'vsix' | 'settings' | 'logLevel' | 'env'
> {
  /** The folder to open; default an empty one. */
  folder?: string;
  /** The id of a color theme. `WorkbenchPage.setTheme` takes its label. */
  colorTheme?: string;
  viewport?: { width: number; height: number };
}

/** Time limit of one action on a slow machine. */
const actionLimitMs = 60_000;

/**
 * A panel that opened shortly before takes the focus late, more so on a busy machine. A person then opens the pick again; the
 * tests keep it open.
 */
const testSettings = { 'workbench.quickOpen.closeOnFocusLost': false };

/** A VS Code for one suite, with its own server, browser and data. */
export class Workbench {
  /** All open windows, in the order of opening. */
  readonly windows: WorkbenchPage[] = [];
  private readonly consoleLines: string[] = [];

  private constructor(
    private readonly session: VscodeSession,
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {}

  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const theme = options.colorTheme ? { 'workbench.colorTheme': options.colorTheme } : {};
    const session = await openVscodeSession({
      ...options,
      settings: { ...testSettings, ...theme, ...options.settings },
    });
    try {
      const folder = options.folder ?? join(session.dataDir, 'folder');
      await mkdir(folder, { recursive: true });
      const context = await session.newContext({
        viewport: options.viewport ?? { width: 1280, height: 800 },
        locale: 'en-US',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      context.setDefaultTimeout(actionLimitMs);
      const workbench = new Workbench(
        session,
        context,
        `http://${session.authority}/?folder=${encodeURI(folder)}`,
      );
      await workbench.openWindow();
      return workbench;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** The version of VS Code, such as "1.100.3". */
  get version(): string {
    return this.session.version;
  }

  /** The folder with settings, extension state and logs of this VS Code. */
  get dataDir(): string {
    return this.session.dataDir;
  }

  /** Whether this VS Code writes the logs of extensions; see `scripts/vscodeNative.mjs`. */
  get hasLogger(): boolean {
    return this.session.hasLogger;
  }

  /** The first window. */
  get window(): WorkbenchPage {
    const [first] = this.windows;
    if (!first) throw new Error('All windows are closed.');
    return first;
  }

  /** Opens another window on the same folder, with the same secrets and settings. */
  async openWindow(): Promise<WorkbenchPage> {
    const page = await this.context.newPage();
    this.listen(page);
    await chooseAgainWhereRowIsLost(page);
    const window = new WorkbenchPage(page);
    this.windows.push(window);
    page.once('close', () => this.windows.splice(this.windows.indexOf(window), 1));
    await window.open(this.url);
    return window;
  }

  /** Closes all windows but the first, which renders rarely while it is covered. */
  async closeOtherWindows(): Promise<void> {
    const [first, ...others] = this.windows;
    for (const { page } of others) await page.close();
    if (others.length > 0) await first?.page.bringToFront();
  }

  /** The console output of all windows, including the extension host, with the addresses of requests that failed. */
  consoleText(): string {
    return this.consoleLines.join('\n');
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.session.close();
  }

  private listen(page: Page): void {
    page.on('console', (message) =>
      this.consoleLines.push(`[${message.type()}] ${message.text()} ${message.location().url}`),
    );
    page.on('pageerror', (error) =>
      this.consoleLines.push(`[uncaught] ${error.stack ?? error.message}`),
    );
  }
}

/** Starts VS Code and waits until its first window is ready. The caller closes it. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  return await Workbench.start(options);
}
