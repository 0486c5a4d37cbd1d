import * as vscode from 'vscode';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { isSameRef } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import { errorText, formatTime } from '../host/errorText.ts';
import type { CommandId } from '../ids.ts';
import type { CopyableFact, DetailsFromWebview, DetailsToWebview } from '../protocol/details.ts';
import type { ServerActions } from '../state/serverActions.ts';
import type { Session } from '../state/session.ts';
import { buildDetailsState } from './detailsState.ts';
import { detailsTexts, stateTexts } from './detailsTexts.ts';
import type { Handlers } from './handlers.ts';
import { parseDetailsMessage } from './messages.ts';
import type { PanelServices } from './panelServices.ts';
import type { SettingsSaver } from './settingsSaver.ts';
import { UsagePolling } from './usagePolling.ts';
import { UsageSamples } from './usageSamples.ts';
import { WebviewPage } from './webviewPage.ts';

export interface DetailsPanelOptions extends PanelServices {
  readonly actions: ServerActions;
  readonly saver: SettingsSaver;
}

const commands = {
  start: 'vpsOrg.server.start',
  stop: 'vpsOrg.server.stop',
  reboot: 'vpsOrg.server.reboot',
  delete: 'vpsOrg.server.delete',
} as const satisfies Record<string, CommandId>;

/**
 * One server in an editor tab: the host's side of the details page. Released when its tab is closed; disposing it leaves the
 * tab open, because VS Code disposes everything before a reload and brings the tab back afterwards.
 */
export class DetailsPanel implements Disposable {
  readonly ref: ServerRef;
  readonly #panel: vscode.WebviewPanel;
  readonly #options: DetailsPanelOptions;
  readonly #disposables = new DisposableStore();
  readonly #page: WebviewPage<DetailsFromWebview>;
  readonly #polling: UsagePolling;
  readonly #samples = new UsageSamples();
  /** As last heard of: what is shown of a server that is gone. */
  #server: Server | undefined;
  /** Its account's label and kind, which are gone when it is signed out. */
  #session: Session | undefined;
  #isDeleted = false;

  constructor(ref: ServerRef, panel: vscode.WebviewPanel, options: DetailsPanelOptions) {
    this.ref = ref;
    this.#panel = panel;
    this.#options = options;
    const { sessions, actions, watch, clock } = options;
    this.#polling = this.#disposables.add(
      new UsagePolling(clock, {
        isWanted: () => watch.isWatching(panel) && !this.#isDeleted && sessions.get(ref.accountId)?.isRejected === false,
        load: (signal) => this.#load(signal),
        onDidEnd: () => this.#update(),
      }),
    );
    this.#disposables.add(
      sessions.onDidChange(({ session, store }) => {
        if (session.account.id === ref.accountId) {
          this.#isDeleted ||= store?.removed.has(ref.serverId) ?? false;
          this.#update();
        }
      }),
    );
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#update()));
    this.#disposables.add(actions.onDidChange((changed) => isSameRef(changed, ref) && this.#update()));
    this.#disposables.add(watch.onDidChange(() => this.#polling.plan()));
    panel.onDidDispose(() => this.dispose());
    this.#page = new WebviewPage(panel, options, {
      name: 'details',
      parse: parseDetailsMessage,
      handlers: this.#handlers(),
      state: () => this.#message(),
    });
    watch.add(panel);
    this.#update();
  }

  get isVisible(): boolean {
    return this.#panel.visible;
  }

  reveal(preserveFocus = false): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #handlers(): Handlers<DetailsFromWebview> {
    return {
      ready: () => this.#polling.plan(),
      power: ({ action }) => vscode.commands.executeCommand(commands[action], this.ref),
      delete: () => vscode.commands.executeCommand(commands.delete, this.ref),
      copy: ({ fact }) => this.#copy(fact),
      save: async (message) => {
        const answer = await this.#options.saver.save(this.ref, message);
        // The state that shows the outcome comes before the answer.
        this.#update();
        this.#post(answer);
        const problem = answer.type === 'notSaved' && [answer.message, ...Object.values(answer.errors)].filter(Boolean).join(' ');
        if (problem && (this.#page.isClosed || !this.#panel.visible)) {
          // A hidden page hears nothing, nor does one that is gone.
          this.#options.messages.warn(`"${this.#server?.name ?? this.ref.serverId}": ${problem}`);
        }
      },
    };
  }

  #post(message: DetailsToWebview): void {
    this.#page.post(message);
  }

  async #copy(fact: CopyableFact): Promise<void> {
    const value = this.#server?.[fact];
    if (typeof value === 'string') {
      await vscode.env.clipboard.writeText(value);
      this.#post({ type: 'copied', fact });
    }
  }

  async #load(signal: AbortSignal): Promise<void> {
    const session = this.#options.sessions.get(this.ref.accountId);
    const server = await session?.loadServer(this.ref.serverId, signal);
    if (session && server) {
      this.#samples.add(server);
    } else {
      this.#isDeleted = true;
    }
  }

  /** Takes what the store knows now, and shows it. */
  #update(): void {
    if (this.#page.isClosed) {
      return;
    }
    const { sessions } = this.#options;
    const session = sessions.get(this.ref.accountId);
    if (this.#session && !session) {
      // Signed out: what is open of the account closes with it.
      this.#panel.dispose();
      return;
    }
    this.#session = session;
    const server = session?.servers.get(this.ref.serverId);
    if (server) {
      this.#server = server;
      this.#isDeleted = false;
      if (this.#panel.title !== server.name) {
        this.#panel.title = server.name;
      }
    }
    this.#page.update();
    this.#polling.plan();
  }

  #message(): DetailsToWebview {
    const account = this.#session?.account;
    const state = buildDetailsState(
      {
        accountLabel: account?.label ?? '',
        isSample: account?.kind === 'sample',
        server: this.#server,
        fallbackName: this.#panel.title,
        gone: this.#goneText(),
        notice: this.#noticeText(),
        isBusy: this.#options.actions.running(this.ref) !== undefined,
        samplesOf: (name) => this.#samples.of(name),
      },
      stateTexts(),
    );
    return { type: 'state', ref: this.ref, texts: detailsTexts(), state };
  }

  #goneText(): string | undefined {
    if (!this.#session) {
      return vscode.l10n.t('The account of this server is not signed in. Sign in and open the server from the Servers view.');
    }
    return this.#isDeleted ? vscode.l10n.t('This server was deleted. What you see is what was last known of it.') : undefined;
  }

  #noticeText(): string | undefined {
    const { error, succeededAt } = this.#polling;
    if (this.#isDeleted || !this.#session) {
      return undefined;
    }
    if (this.#session.isRejected) {
      return vscode.l10n.t('VPS.org rejected the token of this account. Sign in again to go on; this is what was last known.');
    }
    if (!error) {
      return this.#server ? undefined : vscode.l10n.t('Loading...');
    }
    const why = errorText(error);
    const { loadedAt, keptFrom } = this.#session.servers.load;
    const since = succeededAt ?? (this.#server && (loadedAt ?? keptFrom));
    return since === undefined ? why : vscode.l10n.t('{0} What you see is from {1}.', why, formatTime(since));
  }
}
