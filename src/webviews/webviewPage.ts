import { randomBytes } from 'node:crypto';
import type * as v from 'valibot';
import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import { errorText } from '../text/errors.ts';
import { dispatch } from './handlers.ts';
import type { Handlers } from './handlers.ts';
import { describeMessage, parseWith } from './messages.ts';
import { pageHtml } from './pageHtml.ts';
import type { PanelServices } from './panelServices.ts';

export interface WebviewPageOptions<In extends { readonly type: string }> {
  /** Name of the page's script and style sheet in dist/webview. */
  readonly name: 'details' | 'create';
  readonly messageSchema: v.GenericSchema<unknown, In>;
  readonly handlers: Handlers<In>;
  /** The message with the whole current state; undefined while there is nothing to show. */
  readonly stateMessage: () => object | undefined;
}

/** Options of every webview: it may load files from dist/webview only. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
  };
}

/**
 * The page inside a panel. VS Code discards a hidden page and creates it again when it is shown; it then posts `ready` and
 * receives the whole state. Messages from the page are checked before they are handled.
 */
export class WebviewPage<In extends { readonly type: string }> {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #options: WebviewPageOptions<In>;
  #isReady = false;
  #isClosed = false;
  #lastState: string | undefined;

  constructor(
    panel: vscode.WebviewPanel,
    services: PanelServices,
    options: WebviewPageOptions<In>,
  ) {
    this.#panel = panel;
    this.#services = services;
    this.#options = options;
    const { webview } = panel;
    panel.onDidDispose(() => (this.#isClosed = true));
    // One icon for all themes: its blue is visible on light and dark backgrounds.
    panel.iconPath = vscode.Uri.joinPath(services.extensionUri, 'media', 'tab.svg');
    webview.options = webviewOptions(services.extensionUri);
    webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    panel.onDidChangeViewState(() => {
      this.#isReady &&= panel.visible;
    });
    const file = (name: string): string =>
      webview
        .asWebviewUri(vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview', name))
        .toString();
    webview.html = pageHtml({
      language: vscode.env.language,
      translations: vscode.l10n.bundle,
      title: panel.title,
      cspSource: webview.cspSource,
      nonce: randomBytes(24).toString('base64url'),
      styleUri: file(`${options.name}.css`),
      scriptUri: file(`${options.name}.js`),
    });
  }

  /** Whether the tab is closed. VS Code's panel throws on any access then. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends the state if it differs from the one that was sent last. */
  update(): void {
    const message = this.#isReady && !this.#isClosed ? this.#options.stateMessage() : undefined;
    const state = message && JSON.stringify(message);
    if (state !== undefined && state !== this.#lastState) {
      this.#lastState = state;
      this.post(message);
    }
  }

  post(message: unknown): void {
    if (!this.#isClosed) {
      void this.#panel.webview.postMessage(message);
    }
  }

  async #receive(raw: unknown): Promise<void> {
    const message = parseWith(this.#options.messageSchema, raw);
    if (!message) {
      this.#services.log.warn(
        `Ignored an invalid message from the ${this.#options.name} page: ${describeMessage(raw)}`,
      );
      return;
    }
    if (message.type === 'ready') {
      this.#isReady = true;
      this.#lastState = undefined;
      this.update();
    }
    try {
      await dispatch(this.#options.handlers, message);
    } catch (error) {
      this.#report(message.type, AppError.from(error));
    }
  }

  #report(type: string, error: AppError): void {
    const { log, messages } = this.#services;
    if (error.kind !== 'cancelled') {
      log.error(`${type} failed`, error);
      messages.error(errorText(error), { title: vscode.l10n.t('Show Log'), run: () => log.show() });
    }
  }
}
