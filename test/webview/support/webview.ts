import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ensureBrowser, quietBrowserFlags } from '../../../scripts/browser.mjs';
import { pageHtml } from '../../../src/webviews/pageHtml.ts';
import { bundle } from './bundle.ts';
import type { PageName } from './bundle.ts';
import { theme } from './themes.ts';
import type { ThemeName } from './themes.ts';
import { vscodeScript } from './vscodeScript.ts';

// Acts as VS Code for a page: its HTML, the theme, and the other end of the messages.

const origin = 'https://webview.test';

interface Recorder {
  posted: unknown[];
}

/** A page that is open in the browser. */
export interface Webview<ToWebview, FromWebview> {
  readonly page: Page;
  /** Sends a message of the host. Resolves when the page has handled it. */
  readonly send: (message: ToWebview) => Promise<void>;
  /** The messages that the page has posted since it was loaded. */
  readonly posted: () => Promise<FromWebview[]>;
  /** Reloads the page with its persisted state, as when a hidden tab is shown again. */
  readonly reload: () => Promise<void>;
}

export interface WebviewOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly language?: string;
  readonly translations?: Readonly<Record<string, string>>;
}

/** The HTML of the host, with the style sheet and the body class that VS Code adds. */
function documentOf(
  page: PageName,
  bodyClass: string,
  { language = 'en', translations }: WebviewOptions,
): string {
  const html = pageHtml({
    language,
    translations,
    title: 'web-server-01',
    cspSource: origin,
    nonce: 'n0nce',
    styleUri: `${origin}/${page}.css`,
    scriptUri: `${origin}/${page}.js`,
  });
  return html
    .replace('<head>', `<head><style>${vscodeStyles}</style>`)
    .replace('<body>', `<body class="${bodyClass}">`);
}

/** The rules of VS Code's webview/browser/pre/index.html that affect our pages. */
const vscodeStyles = `
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background);
    background: var(--vscode-editor-background); }
  body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size);
    margin: 0; padding: 0 20px; }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }`;

/** For a `describe`: opens a browser for its tests. Every test gets new pages; one that logs an error fails its test. */
export function useWebviews(): <ToWebview, FromWebview>(
  page: PageName,
  options?: WebviewOptions,
) => Promise<Webview<ToWebview, FromWebview>> {
  let browser: Browser;
  let context: BrowserContext;
  const pages: Page[] = [];
  const pageErrors: string[] = [];
  before(async () => {
    const executablePath = process.env.CHROME_PATH ?? (await ensureBrowser());
    browser = await chromium.launch({
      executablePath,
      args: [...quietBrowserFlags, '--no-sandbox', '--process-per-site'],
    });
    context = await browser.newContext();
    // Keeps the process of the pages, which takes longer to start than most tests.
    const first = await context.newPage();
    await first.route(`${origin}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '' }),
    );
    await first.goto(`${origin}/`);
  });
  after(() => browser.close());
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    assert.deepEqual(pageErrors.splice(0), [], 'The page logged errors');
  });

  return async (name, options = {}) => {
    const { theme: themeName = 'darkModern', width = 1200 } = options;
    const { script, styles } = await bundle(name);
    const { variables, bodyClass } = theme(themeName);
    const page = await context.newPage();
    pages.push(page);
    await page.setViewportSize({ width, height: 900 });
    page.setDefaultTimeout(5_000);
    page.on('pageerror', (error) => pageErrors.push(String(error)));
    page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') {
        pageErrors.push(line.text());
      }
    });
    await page.route(`${origin}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const [contentType, body] = pathname.endsWith('.js')
        ? ['text/javascript', script]
        : pathname.endsWith('.css')
          ? ['text/css', styles]
          : ['text/html', documentOf(name, bodyClass, options)];
      return route.fulfill({ contentType, body });
    });
    await page.addInitScript({ content: vscodeScript(variables) });
    await page.goto(`${origin}/`);
    return {
      page,
      send: (message) =>
        page.evaluate((data) => {
          window.dispatchEvent(new MessageEvent('message', { data }));
        }, message as object),
      posted: () => page.evaluate(() => (window as unknown as Recorder).posted) as Promise<never[]>,
      reload: async () => {
        await page.reload();
      },
    };
  };
}
