import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { toServerRef } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';

const scheme = 'vps-org';

/** Read-only documents with what the API says about one server, as it says it (`GET /servers/{id}/`). */
export class JsonDocuments implements Disposable {
  readonly #sessions: Sessions;
  readonly #disposables = new DisposableStore();
  readonly #fetched = new Map<string, string>();
  readonly #onDidChange = this.#disposables.add(new vscode.EventEmitter<vscode.Uri>());

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#disposables.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#onDidChange.event,
        provideTextDocumentContent: (uri) => this.#take(uri),
      }),
    );
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#closeOthers()));
  }

  /** What is open of accounts that are not signed in any more closes. */
  #closeOthers(): void {
    const isOver = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputText && input.uri.scheme === scheme && this.#sessionOf(input.uri) === undefined;
    void vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOver)));
  }

  #sessionOf(uri: vscode.Uri): Session | undefined {
    const ref = parseQuery(uri.query);
    return ref && this.#sessions.get(ref.accountId);
  }

  /**
   * Opens the document, or fetches it anew where it is open already.
   *
   * @throws AppError
   */
  async show(ref: ServerRef, name: string): Promise<void> {
    const uri = vscode.Uri.from({
      scheme,
      path: `/${name.replace(/[^\w.-]+/gu, '_')}.json`,
      query: JSON.stringify({ accountId: ref.accountId, serverId: ref.serverId }),
    });
    // Fetched here, where a failure is told in words; the provider could only fail with VS Code's own.
    this.#fetched.set(uri.toString(), await this.#fetch(uri));
    this.#onDidChange.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #take(uri: vscode.Uri): Promise<string> | string {
    const key = uri.toString();
    const fetched = this.#fetched.get(key);
    this.#fetched.delete(key);
    return fetched ?? this.#fetch(uri);
  }

  async #fetch(uri: vscode.Uri): Promise<string> {
    const ref = parseQuery(uri.query);
    const session = this.#sessionOf(uri);
    if (!ref || !session) {
      throw new AppError('notFound', 'This document names no server of an account that is signed in.');
    }
    const reply = await session.call((api, signal) => api.getServerJson(ref.serverId, { signal }));
    return `${JSON.stringify(reply, undefined, 2)}\n`;
  }
}

function parseQuery(query: string): ServerRef | undefined {
  try {
    return toServerRef(JSON.parse(query));
  } catch {
    return undefined;
  }
}
