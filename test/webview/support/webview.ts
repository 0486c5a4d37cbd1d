import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ensureBrowser, quietBrowserFlags } from '../../../scripts/browser.mjs';
import { bundle } from './bundle.ts';
import { theme } from './themes.ts';
import type { ThemeName } from './themes.ts';
import { vscodeScript } from './vscodeScript.ts';

// Plays VS Code for a webview: the document that the host makes, the theme, and the other end of the messages.

const origin = 'https://webview.test';

interface Recorder {
  posted: unknown[];
}

/** A panel's page, open in the browser. */
export interface Webview<ToWebview, FromWebview> {
  readonly page: Page;
  /** Hands a message of the host to the page, and returns when the page has dealt with it. */
  readonly send: (message: ToWebview) => Promise<void>;
  /** What the page has posted, since it was loaded. */
  readonly posted: () => Promise<FromWebview[]>;
  /** As when the tab was hidden: the page is thrown away and made anew, with what it kept. */
  readonly reload: () => Promise<void>;
}

export interface WebviewOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly language?: string;
}

/** The document as the host makes it, below the style sheet that VS Code puts before everything. */
function documentOf(panel: string, language: string, bodyClass: string): string {
  const csp = `default-src 'none'; style-src ${origin}; script-src 'nonce-n0nce'; img-src ${origin}`;
  return `<!DOCTYPE html><html lang="${language}"><head><style>${vscodeStyles}</style><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<link rel="stylesheet" href="${origin}/main.css"><title>web-server-01</title></head>
<body class="${bodyClass}"><main id="root" data-page="${panel}"></main><script nonce="n0nce" src="${origin}/main.js"></script></body></html>`;
}

/** From VS Code's webview/browser/pre/index.html, the part that touches what we use. */
const vscodeStyles = `
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background);
    background: var(--vscode-editor-background); }
  body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size);
    margin: 0; padding: 0 20px; }
  a:focus, input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }`;

/** For a `describe`: a browser for its tests, each of which gets pages of its own. A page that reports an error fails its test. */
export function useWebviews(): <ToWebview, FromWebview>(
  panel: 'details' | 'create',
  options?: WebviewOptions,
) => Promise<Webview<ToWebview, FromWebview>> {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];
  before(async () => {
    const executablePath = process.env.CHROME_PATH ?? (await ensureBrowser());
    browser = await chromium.launch({ executablePath, args: [...quietBrowserFlags, '--no-sandbox'] });
  });
  after(() => browser.close());
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    assert.deepEqual(complaints.splice(0), [], 'The page complained');
  });

  return async (panel, { theme: themeName = 'darkModern', width = 1200, language = 'en' } = {}) => {
    const { script, styles } = await bundle();
    const { variables, bodyClass } = theme(themeName);
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (line) => {
      if (line.type() === 'error' || line.type() === 'warning') {
        complaints.push(line.text());
      }
    });
    await context.route(`${origin}/**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const [contentType, body] = pathname.endsWith('.js')
        ? ['text/javascript', script]
        : pathname.endsWith('.css')
          ? ['text/css', styles]
          : ['text/html', documentOf(panel, language, bodyClass)];
      return route.fulfill({ contentType, body });
    });
    await context.addInitScript({ content: vscodeScript(variables) });
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
