import * as vscode from 'vscode';
import { DisposableStore } from '../../core/event.ts';
import type { Disposable } from '../../core/event.ts';
import { createViewType } from '../../ids.ts';
import type { Session } from '../../state/session.ts';
import { distinctAccountTexts } from '../../text/accounts.ts';
import { parseWith } from '../messages.ts';
import { webviewOptions } from '../webviewPage.ts';
import { defaultSession } from './accounts.ts';
import { isHalfFilled } from './defaults.ts';
import type { CreateDraft } from './drafts.ts';
import type { CreateStart } from './formOptions.ts';
import { CreatePanel } from './panel.ts';
import type { CreatePanelOptions } from './panel.ts';
import { persistedCreateSchema } from './protocol.ts';

/** What to fill the form with. Everything is optional. */
export type CreateFormOptions = Partial<CreateStart>;

/** The create form: at most one per window. Restored after a window reload, and after it was closed unfinished. */
export class CreatePanels implements Disposable {
  readonly #options: CreatePanelOptions;
  readonly #disposables = new DisposableStore();
  #panel: CreatePanel | undefined;

  constructor(options: CreatePanelOptions) {
    this.#options = options;
    this.#disposables.add({ dispose: () => this.#panel?.dispose() });
  }

  /** Opens the form or reveals it. Asks before it replaces what a person has entered. */
  async open(formOptions: CreateFormOptions): Promise<void> {
    const start = this.#toStart(formOptions);
    if (!start) {
      return;
    }
    const open = this.#panel;
    if (open) {
      open.reveal();
      if (
        hasContent(formOptions, open.form.session) &&
        !open.form.isOccupied &&
        (!open.form.isHalfFilled || (await this.#confirmReplace()))
      ) {
        open.form.restart(start);
      }
      return;
    }
    const content = await this.#draftOr(start);
    if (content && !this.#panel) {
      const { extensionUri } = this.#options;
      const title = vscode.l10n.t('Create Server');
      this.#add(
        vscode.window.createWebviewPanel(
          createViewType,
          title,
          vscode.ViewColumn.Active,
          webviewOptions(extensionUri),
        ),
        content,
      );
    }
  }

  /** Fills a panel that VS Code restored. `state` comes from the page. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const { drafts, sessions } = this.#options;
    const persisted = parseWith(persistedCreateSchema, state);
    const stored = drafts.draft;
    const draft = persisted && {
      formId: persisted.formId,
      initial: stored?.formId === persisted.formId ? stored.initial : persisted.values,
      values: persisted.values,
    };
    // The form of a signed-out account closes. Without readable values it starts over.
    const isSignedOut = draft !== undefined && !sessions.get(draft.values.accountId);
    const content = isSignedOut ? undefined : (draft ?? this.#toStart({}));
    if (this.#panel || !content) {
      panel.dispose();
    } else {
      this.#add(panel, content);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #toStart(formOptions: CreateFormOptions): CreateStart | undefined {
    const accountId =
      formOptions.accountId ?? defaultSession(this.#options.sessions.all)?.account.id;
    return accountId === undefined ? undefined : { ...formOptions, accountId };
  }

  #confirmReplace(): Promise<boolean> {
    return this.#options.messages.confirm({
      message: vscode.l10n.t('The form is already filled in. Replace what you entered?'),
      detail: vscode.l10n.t('Your entries will be lost.'),
      confirm: vscode.l10n.t('Replace'),
    });
  }

  /** The unfinished form if the person wants to continue it, otherwise `start`. Undefined if they cancelled. */
  async #draftOr(start: CreateStart): Promise<CreateStart | CreateDraft | undefined> {
    const { drafts, messages, sessions } = this.#options;
    const { draft } = drafts;
    const session = draft && sessions.get(draft.values.accountId);
    if (!session || !isHalfFilled(draft.values, draft.initial)) {
      return start;
    }
    const { name } = draft.values;
    const { account } = session;
    const accountName = distinctAccountTexts(sessions.all.map((each) => each.account)).get(
      account.id,
    );
    const continueLabel = vscode.l10n.t('Continue');
    const startOverLabel = vscode.l10n.t('Start Over');
    const answer = await messages.decide(
      vscode.l10n.t('You have an unfinished form. Continue with it?'),
      // The account may not be the requested one.
      [
        name && vscode.l10n.t('Name: {0}', name),
        vscode.l10n.t('Account: {0}', accountName ?? account.label),
      ]
        .filter(Boolean)
        .join('\n'),
      [continueLabel, startOverLabel],
    );
    return answer === undefined ? undefined : answer === continueLabel ? draft : start;
  }

  #add(panel: vscode.WebviewPanel, content: CreateStart | CreateDraft): void {
    const created = new CreatePanel(panel, this.#options, content);
    this.#panel = created;
    panel.onDidDispose(() => {
      if (this.#panel === created) {
        this.#panel = undefined;
      }
    });
  }
}

/** Whether the options would change a form of this session. */
function hasContent(
  { accountId, location, like }: CreateFormOptions,
  session: Session | undefined,
): boolean {
  return (
    location !== undefined ||
    like !== undefined ||
    (accountId !== undefined && accountId !== session?.account.id)
  );
}
