import * as vscode from 'vscode';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { createViewType } from '../ids.ts';
import type { Session } from '../state/session.ts';
import type { CreateStart } from './createForm.ts';
import type { CreateDraft } from './createMemory.ts';
import { CreatePanel } from './createPanel.ts';
import type { CreatePanelOptions } from './createPanel.ts';
import { isHalfFilled } from './createStart.ts';
import { formTexts } from './createTexts.ts';
import { parseKeptCreate } from './messages.ts';
import { webviewOptions } from './webviewPage.ts';

/** What a person asked for by opening the form: all of it may be left open. */
export type CreateWish = Partial<CreateStart>;

/** The create form: one for each window, found again after a reload of the window, and after it was closed half-filled. */
export class CreatePanels implements Disposable {
  readonly #options: CreatePanelOptions;
  readonly #disposables = new DisposableStore();
  #panel: CreatePanel | undefined;

  constructor(options: CreatePanelOptions) {
    this.#options = options;
    this.#disposables.add({ dispose: () => this.#panel?.dispose() });
  }

  /** Shows the form, filled as wished. What a person typed into it is not thrown away without a question. */
  async open(wish: CreateWish): Promise<void> {
    const start = this.#toStart(wish);
    if (!start) {
      return;
    }
    const open = this.#panel;
    if (open) {
      open.reveal();
      if (isFilling(wish, open.form.session) && !open.form.isOccupied && (!open.form.isHalfFilled || (await this.#mayReplace()))) {
        open.form.restart(start);
      }
      return;
    }
    const from = await this.#continueOr(start);
    if (from && !this.#panel) {
      const { extensionUri } = this.#options;
      const title = vscode.l10n.t('Create Server');
      this.#add(
        vscode.window.createWebviewPanel(createViewType, title, vscode.ViewColumn.Active, webviewOptions(extensionUri)),
        from,
      );
    }
  }

  /** Fills the form that VS Code found again, by what its webview kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const { memory, sessions } = this.#options;
    const kept = parseKeptCreate(state);
    const known = memory.draft;
    const draft = kept && { initial: known?.formId === kept.formId ? known.initial : kept.values, ...kept };
    const from = draft && sessions.get(draft.values.accountId) ? draft : this.#toStart({});
    if (this.#panel || !from) {
      panel.dispose();
    } else {
      this.#add(panel, from);
    }
  }

  /** Accounts came or went: what was typed for those that went is forgotten. */
  async forgetAccounts(): Promise<void> {
    const { memory, sessions } = this.#options;
    await memory.keepOnly(sessions.all.map(({ account }) => account.id));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #toStart(wish: CreateWish): CreateStart | undefined {
    const accountId = wish.accountId ?? this.#defaultSession()?.account.id;
    return accountId === undefined ? undefined : { ...wish, accountId };
  }

  /** A real account goes before the sample account. */
  #defaultSession(): Session | undefined {
    const { all } = this.#options.sessions;
    return all.find(({ account }) => account.kind === 'token') ?? all[0];
  }

  #mayReplace(): Promise<boolean> {
    return this.#options.messages.confirm({
      message: vscode.l10n.t('The form is filled in already. Fill it anew?'),
      detail: vscode.l10n.t('What you typed will be lost.'),
      confirm: vscode.l10n.t('Fill Anew'),
    });
  }

  /** The form that was left half-filled, where the person wants it back. Undefined: they changed their mind. */
  async #continueOr(start: CreateStart): Promise<CreateStart | CreateDraft | undefined> {
    const { memory, messages, sessions } = this.#options;
    const { draft } = memory;
    const session = draft && sessions.get(draft.values.accountId);
    if (!session || !isHalfFilled(draft.values, draft.initial)) {
      return start;
    }
    const { name } = draft.values;
    const goOn = vscode.l10n.t('Continue');
    const anew = vscode.l10n.t('Start Anew');
    const answer = await messages.decide(
      vscode.l10n.t('You left this form half-filled. Continue with it?'),
      // It may be of another account than the one that was asked for.
      [name && vscode.l10n.t('Name: {0}', name), vscode.l10n.t('Account: {0}', formTexts().account(session.account))].filter(Boolean).join('\n'),
      [goOn, anew],
    );
    return answer === undefined ? undefined : answer === goOn ? draft : start;
  }

  #add(panel: vscode.WebviewPanel, from: CreateStart | CreateDraft): void {
    const created = new CreatePanel(panel, this.#options, from);
    this.#panel = created;
    panel.onDidDispose(() => {
      if (this.#panel === created) {
        this.#panel = undefined;
      }
    });
  }
}

/** Whether a wish says anything about what is to be in the form, which is of an account already. */
function isFilling({ accountId, location, like }: CreateWish, now: Session | undefined): boolean {
  return location !== undefined || like !== undefined || (accountId !== undefined && accountId !== now?.account.id);
}
