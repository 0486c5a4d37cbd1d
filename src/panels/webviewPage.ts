import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import { errorText } from '../host/errorText.ts';
import { dispatch } from './handlers.ts';
import type { Handlers } from './handlers.ts';
import { describeMessage } from './messages.ts';
import { pageHtml } from './pageHtml.ts';
import type { PageOptions } from './pageHtml.ts';
import type { PanelServices } from './panelServices.ts';

export interface WebviewPageOptions<In extends { readonly type: string }> {
  readonly name: PageOptions['page'];
  readonly parse: (message: unknown) => In | undefined;
  readonly handlers: Handlers<In>;
  /** The whole newest state; undefined while there is none to show. */
  readonly state: () => object | undefined;
}

/** Where the files of webviews are: nothing else can be loaded into them. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
}

/**
 * The page inside a panel, with its messages checked. A hidden page does not exist: it is built anew when it is shown, says
 * that it is ready, and gets the whole state.
 */
export class WebviewPage<In extends { readonly type: string }> {
  readonly #panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #options: WebviewPageOptions<In>;
  #isReady = false;
  #isClosed = false;
  #sent: string | undefined;

  constructor(panel: vscode.WebviewPanel, services: PanelServices, options: WebviewPageOptions<In>) {
    this.#panel = panel;
    this.#services = services;
    this.#options = options;
    const { webview } = panel;
    panel.onDidDispose(() => (this.#isClosed = true));
    // Its blue can be told from light and from dark.
    panel.iconPath = vscode.Uri.joinPath(services.extensionUri, 'media', 'tab.svg');
    webview.options = webviewOptions(services.extensionUri);
    webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    panel.onDidChangeViewState(() => {
      this.#isReady &&= panel.visible;
    });
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(services.extensionUri, 'dist', 'webview', name)).toString();
    webview.html = pageHtml({
      language: vscode.env.language,
      title: panel.title,
      page: options.name,
      cspSource: webview.cspSource,
      nonce: randomBytes(24).toString('base64url'),
      styleUri: file('main.css'),
      scriptUri: file('main.js'),
    });
  }

  /** Its tab is closed: VS Code lets nobody touch the panel any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends the state where it differs from what the page shows. */
  update(): void {
    const state = this.#isReady && !this.#isClosed ? this.#options.state() : undefined;
    const text = state && JSON.stringify(state);
    if (text !== undefined && text !== this.#sent) {
      this.#sent = text;
      this.post(state);
    }
  }

  post(message: unknown): void {
    if (!this.#isClosed) {
      void this.#panel.webview.postMessage(message);
    }
  }

  async #receive(raw: unknown): Promise<void> {
    const message = this.#options.parse(raw);
    if (!message) {
      this.#services.log.warn(`A message of the ${this.#options.name} page was dropped: ${describeMessage(raw)}`);
      return;
    }
    if (message.type === 'ready') {
      this.#isReady = true;
      this.#sent = undefined;
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
