import * as vscode from 'vscode';
import { fromCreateRequest } from '../api/serverMapping.ts';
import type { CreateValues } from '../core/createForm.ts';
import { toCurl } from '../core/curl.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import { describeServer } from '../host/serverText.ts';
import { webPanelUrl } from '../ids.ts';
import type { CreateFromWebview, CreateToWebview } from '../protocol/create.ts';
import type { Session } from '../state/session.ts';
import { CreateForm } from './createForm.ts';
import type { CreateFormOptions, CreateStart } from './createForm.ts';
import type { CreateDraft } from './createMemory.ts';
import { createTexts, formTexts } from './createTexts.ts';
import type { Handlers } from './handlers.ts';
import { parseCreateMessage } from './messages.ts';
import type { PanelServices } from './panelServices.ts';
import { WebviewPage } from './webviewPage.ts';

export interface CreatePanelOptions extends PanelServices, Pick<CreateFormOptions, 'creation' | 'memory'> {
  /** A server is being made. */
  readonly onDidCreate: (ref: ServerRef, server: Server) => unknown;
  /** The person wants to see the server that was found after a lost answer. */
  readonly onDidShowLikely: (ref: ServerRef, server: Server) => unknown;
}

/** The create form in an editor tab: the host's side of its page. Like a details panel, `dispose` leaves the tab open. */
export class CreatePanel implements Disposable {
  readonly form: CreateForm;
  readonly #panel: vscode.WebviewPanel;
  readonly #options: CreatePanelOptions;
  readonly #disposables = new DisposableStore();
  readonly #page: WebviewPage<CreateFromWebview>;

  constructor(panel: vscode.WebviewPanel, options: CreatePanelOptions, start: CreateStart | CreateDraft) {
    this.#panel = panel;
    this.#options = options;
    this.form = this.#disposables.add(
      new CreateForm(
        { ...options, texts: formTexts, wantsSameName: (session, namesake) => this.#wantsSameName(session, namesake) },
        start,
      ),
    );
    this.#page = new WebviewPage(panel, options, {
      name: 'create',
      parse: parseCreateMessage,
      handlers: this.#handlers(),
      state: () => this.#message(),
    });
    this.#disposables.add(this.form.onDidChange(() => this.#page.update()));
    this.#disposables.add(options.sessions.onDidChangeAccounts(() => this.#followAccounts()));
    panel.onDidDispose(() => this.dispose());
    options.watch.add(panel);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #handlers(): Handlers<CreateFromWebview> {
    const { form } = this;
    return {
      ready: () => undefined,
      chooseAccount: ({ accountId }) => form.chooseAccount(accountId),
      edited: ({ values }) => form.keep(values),
      create: ({ values, attempt }) => this.#create(values, attempt),
      copyCurl: ({ values }) => this.#copyCurl(values),
      openPanel: () => vscode.env.openExternal(vscode.Uri.parse(webPanelUrl)),
      showLikely: () => this.#showLikely(),
      dismissLikely: () => form.dismissLikely(),
      cancel: () => this.#cancel(),
    };
  }

  #message(): CreateToWebview {
    return { type: 'state', texts: createTexts(), state: this.form.state };
  }

  #followAccounts(): void {
    if (this.form.session) {
      this.#page.update();
    } else {
      // Signed out: what is open of the account closes with it.
      this.#panel.dispose();
    }
  }

  async #create(values: CreateValues, attempt: number): Promise<void> {
    const outcome = await this.form.create(values, attempt);
    if (outcome?.kind === 'done') {
      this.#panel.dispose();
      await this.#options.onDidCreate(outcome.ref, outcome.server);
    } else if (outcome && this.#page.isClosed) {
      this.#tellClosed();
    }
  }

  #wantsSameName(session: Session, namesake: Server): Promise<boolean> {
    return this.#options.messages.confirm({
      message: vscode.l10n.t('A server called "{0}" exists already. Create another one?', namesake.name),
      detail: [
        describeServer(session, namesake),
        vscode.l10n.t('Two servers can have the same name. If you asked for this one a moment ago, it may be the one that you want.'),
      ].join('\n\n'),
      confirm: vscode.l10n.t('Create Another One'),
    });
  }

  /** The tab was closed before the answer came, which nobody would see otherwise. */
  #tellClosed(): void {
    const { message, errors } = this.form.view;
    const why = message ?? Object.values(errors).join(' ');
    this.#options.messages.warn(vscode.l10n.t('The server that you asked for: {0}', why), {
      title: vscode.l10n.t('Open Form'),
      run: () => vscode.commands.executeCommand('vpsOrg.server.create'),
    });
  }

  async #copyCurl(values: CreateValues): Promise<void> {
    const account = this.form.session?.account;
    const request = this.form.check(values);
    if (account && request) {
      await vscode.env.clipboard.writeText(
        toCurl({
          method: 'POST',
          // The sample account listens on another port every time.
          baseUrl: account.kind === 'sample' ? undefined : account.apiUrl,
          path: '/servers/',
          body: fromCreateRequest(request),
        }),
      );
      const answer: CreateToWebview = { type: 'copiedCurl' };
      this.#page.post(answer);
    }
  }

  async #showLikely(): Promise<void> {
    const { session, view } = this.form;
    if (session && view.likely) {
      await this.#options.memory.setDraft(undefined);
      this.#panel.dispose();
      const ref = { accountId: session.account.id, serverId: view.likely.id };
      await this.#options.onDidShowLikely(ref, view.likely);
    }
  }

  async #cancel(): Promise<void> {
    // A request that is under way goes on; should it fail, the form can be had again.
    if (!this.form.isOccupied) {
      await this.#options.memory.setDraft(undefined);
    }
    this.#panel.dispose();
  }
}
