import * as vscode from 'vscode';
import { fromCreateRequest } from '../../api/decode/serverMapping.ts';
import type { CreateValues } from '../../core/createFields.ts';
import { toCurl } from '../../core/curl.ts';
import { DisposableStore } from '../../core/event.ts';
import type { Disposable } from '../../core/event.ts';
import type { ServerRef } from '../../core/refs.ts';
import type { Server } from '../../core/server.ts';
import type { Session } from '../../state/session.ts';
import { describeServer } from '../../text/servers.ts';
import type { Handlers } from '../handlers.ts';
import type { PanelServices } from '../panelServices.ts';
import { WebviewPage } from '../webviewPage.ts';
import type { CreateDraft } from './drafts.ts';
import { CreateForm } from './form.ts';
import type { CreateFormDependencies, CreateStart } from './formOptions.ts';
import { createMessageSchema } from './protocol.ts';
import type { CreateFromWebview, CreateToWebview } from './protocol.ts';

export interface CreatePanelOptions
  extends
    PanelServices,
    Pick<CreateFormDependencies, 'creation' | 'planCatalog' | 'drafts' | 'usedIds'> {
  /** The API accepted the request. */
  readonly onDidCreate: (ref: ServerRef, server: Server, message?: string) => unknown;
  /** After a lost reply, the person chose to see the server that was probably created. */
  readonly onDidShowProbableMatch: (ref: ServerRef, server: Server) => unknown;
}

/** The create form in an editor tab. `dispose` does not close the tab. */
export class CreatePanel implements Disposable {
  readonly form: CreateForm;
  readonly #panel: vscode.WebviewPanel;
  readonly #options: CreatePanelOptions;
  readonly #disposables = new DisposableStore();
  readonly #page: WebviewPage<CreateFromWebview>;

  constructor(
    panel: vscode.WebviewPanel,
    options: CreatePanelOptions,
    start: CreateStart | CreateDraft,
  ) {
    this.#panel = panel;
    this.#options = options;
    this.form = this.#disposables.add(
      new CreateForm(
        {
          ...options,
          confirmSameName: (session, namesake) => this.#confirmSameName(session, namesake),
        },
        start,
      ),
    );
    this.#page = new WebviewPage(panel, options, {
      name: 'create',
      messageSchema: createMessageSchema,
      handlers: this.#handlers(),
      stateMessage: (): CreateToWebview => ({ type: 'state', state: this.form.state }),
    });
    this.#disposables.add(this.form.onDidChange(() => this.#page.update()));
    this.#disposables.add(options.sessions.onDidChangeAccounts(() => this.#updateAccounts()));
    panel.onDidDispose(() => this.dispose());
    options.visibility.add(panel);
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
      edited: ({ values }) => form.setValues(values),
      create: ({ values, attempt }) => this.#create(values, attempt),
      copyCurl: ({ values }) => this.#copyCurl(values),
      retryPlans: () => form.retryPlans(),
      openPanel: () => form.panelUrl && vscode.env.openExternal(vscode.Uri.parse(form.panelUrl)),
      showProbableMatch: () => this.#showProbableMatch(),
      dismissProbableMatch: () => form.dismissProbableMatch(),
      cancel: () => this.#cancel(),
    };
  }

  #updateAccounts(): void {
    if (this.form.session) {
      this.#page.update();
    } else {
      // Signing out closes every panel of the account.
      this.#panel.dispose();
    }
  }

  async #create(values: CreateValues, attempt: number): Promise<void> {
    const outcome = await this.form.create(values, attempt);
    if (outcome?.kind === 'done') {
      this.#panel.dispose();
      await this.#options.onDidCreate(outcome.ref, outcome.server, outcome.message);
    } else if (outcome && this.#page.isClosed) {
      this.#reportAfterClose();
    }
  }

  #confirmSameName(session: Session, namesake: Server): Promise<boolean> {
    return this.#options.messages.confirm({
      message: vscode.l10n.t(
        'A server named "{0}" already exists. Create another one?',
        namesake.name,
      ),
      detail: [
        describeServer(session, namesake),
        vscode.l10n.t(
          'Two servers can have the same name. If you tried to create this server a moment ago, it may be the one above.',
        ),
      ].join('\n\n'),
      confirm: vscode.l10n.t('Create Another One'),
    });
  }

  /** Reports a failure that nobody would see, because the tab was closed before the reply arrived. */
  #reportAfterClose(): void {
    const { message, errors } = this.form.view;
    const why = message ?? Object.values(errors).join(' ');
    this.#options.messages.warn(vscode.l10n.t('Create Server: {0}', why), {
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
          // The port of the sample account differs in every session.
          baseUrl: account.kind === 'sample' ? undefined : account.apiUrl,
          path: '/servers/',
          body: fromCreateRequest(request),
        }),
      );
      this.#options.messages.flash(vscode.l10n.t('Copied as cURL, without the token'));
      const answer: CreateToWebview = { type: 'copiedCurl' };
      this.#page.post(answer);
    }
  }

  async #showProbableMatch(): Promise<void> {
    const { session, view } = this.form;
    if (session && view.probableMatch) {
      await this.#options.drafts.setDraft(undefined);
      this.#panel.dispose();
      const ref = { accountId: session.account.id, serverId: view.probableMatch.id };
      await this.#options.onDidShowProbableMatch(ref, view.probableMatch);
    }
  }

  async #cancel(): Promise<void> {
    // A running request continues. If it fails, the draft can still be opened.
    if (!this.form.isOccupied) {
      await this.#options.drafts.setDraft(undefined);
    }
    this.#panel.dispose();
  }
}
