import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { toServerRef } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import { documentScheme as scheme } from '../ids.ts';

/** Read-only documents about one server: the reply of `GET /servers/{id}/`, and texts. */
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
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#closeOrphans()));
  }

  /** Closes the documents of accounts that are no longer signed in. */
  #closeOrphans(): void {
    const isOrphan = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputText &&
      input.uri.scheme === scheme &&
      this.#sessionOf(input.uri) === undefined;
    void vscode.window.tabGroups.close(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOrphan)),
    );
  }

  #sessionOf(uri: vscode.Uri): Session | undefined {
    const ref = parseQuery(uri.query);
    return ref && this.#sessions.get(ref.accountId);
  }

  /**
   * Opens the document, or updates it where it is already open.
   *
   * @throws AppError
   */
  async show(ref: ServerRef, name: string): Promise<void> {
    const uri = toUri(`${name}.json`, ref);
    // Fetched here, because an error in the provider would be shown in VS Code's words.
    this.#fetched.set(uri.toString(), await this.#fetch(uri));
    this.#onDidChange.fire(uri);
    await open(uri);
  }

  /** Opens a document with a short text. The URI contains the text, so that it survives a restart of the window. */
  async showText(ref: ServerRef, title: string, text: string): Promise<void> {
    await open(toUri(`${title}.txt`, ref, text));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #take(uri: vscode.Uri): Promise<string> | string {
    if (uri.path.endsWith('.txt')) {
      return String(Reflect.get(JSON.parse(uri.query) as object, 'text'));
    }
    const key = uri.toString();
    const fetched = this.#fetched.get(key);
    this.#fetched.delete(key);
    return fetched ?? this.#fetch(uri);
  }

  async #fetch(uri: vscode.Uri): Promise<string> {
    const ref = parseQuery(uri.query);
    const session = this.#sessionOf(uri);
    if (!ref || !session) {
      throw new AppError('notFound', 'This document belongs to no server of a signed-in account.');
    }
    const reply = await session.call((api, signal) => api.getServerJson(ref.serverId, { signal }));
    return `${JSON.stringify(reply, undefined, 2)}\n`;
  }
}

function toUri(file: string, { accountId, serverId }: ServerRef, text?: string): vscode.Uri {
  return vscode.Uri.from({
    scheme,
    path: `/${file.replace(/[^\w.-]+/gu, '_')}`,
    query: JSON.stringify({ accountId, serverId, text }),
  });
}

async function open(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
}

function parseQuery(query: string): ServerRef | undefined {
  try {
    return toServerRef(JSON.parse(query));
  } catch {
    return undefined;
  }
}
