import * as vscode from 'vscode';
import { isOnThisComputer } from '../../core/address.ts';
import { toCopyable } from '../../core/copyable.ts';
import { DisposableStore } from '../../core/event.ts';
import type { Disposable } from '../../core/event.ts';
import type { Price } from '../../core/pricing.ts';
import { isSameRef } from '../../core/refs.ts';
import type { ServerRef } from '../../core/refs.ts';
import type { PowerAction, Server } from '../../core/server.ts';
import { webPanelOf } from '../../core/webPanel.ts';
import type { NoTargetReason, SshTarget } from '../../ssh/profile.ts';
import type { Session } from '../../state/session.ts';
import { goneText, noticeText } from './notice.ts';
import { notCopiedText } from '../../text/copying.ts';
import type { Handlers } from '../handlers.ts';
import { WebviewPage } from '../webviewPage.ts';
import type { DetailsPanelOptions, DetailsPanelStart } from './panelOptions.ts';
import { detailsMessageSchema } from './protocol.ts';
import type { CopyableFact, DetailsFromWebview, DetailsToWebview } from './protocol.ts';
import { buildDetailsState } from './state.ts';
import { UsagePoller } from './usagePoller.ts';
import { UsageSamples } from './usageSamples.ts';

/**
 * One server in an editor tab. Disposes itself when its tab is closed. `dispose` does not close the tab, because VS Code
 * disposes everything before a window reload and restores the tab afterwards.
 */
export class DetailsPanel implements Disposable {
  readonly ref: ServerRef;
  readonly #panel: vscode.WebviewPanel;
  readonly #options: DetailsPanelOptions;
  readonly #disposables = new DisposableStore();
  readonly #page: WebviewPage<DetailsFromWebview>;
  readonly #poller: UsagePoller;
  readonly #samples = new UsageSamples();
  /** The last known state, which is still shown after the server was deleted. */
  #server: Server | undefined;
  #session: Session | undefined;
  #isDeleted = false;
  #isPreview: boolean;
  /** A question about saving is open. */
  #isAsking = false;
  /** The page still has to reset its form. */
  #isDiscarding = false;
  readonly #onDidChange: () => void;

  constructor(
    ref: ServerRef,
    panel: vscode.WebviewPanel,
    options: DetailsPanelOptions,
    { isPreview, onDidChange, onDidCloseUnsaved }: DetailsPanelStart,
  ) {
    this.ref = ref;
    this.#isPreview = isPreview;
    this.#onDidChange = onDidChange;
    this.#panel = panel;
    this.#options = options;
    const { sessions, actions, visibility, clock, profiles, planCatalog } = options;
    this.#poller = this.#disposables.add(
      new UsagePoller(clock, {
        isWanted: () =>
          visibility.isViewing(panel) &&
          !this.#isDeleted &&
          sessions.get(ref.accountId)?.isRejected === false,
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
    this.#disposables.add(
      actions.onDidChange((changed) => isSameRef(changed, ref) && this.#update()),
    );
    this.#disposables.add(profiles.onDidChange(() => this.#update()));
    this.#disposables.add(planCatalog.onDidChange(() => this.#update()));
    // Fires for marks too.
    this.#disposables.add(actions.protection.onDidChange(() => this.#update()));
    this.#disposables.add(visibility.onDidChange(() => this.#poller.schedule()));
    const look = (): void => {
      if (visibility.isViewing(panel)) {
        options.changedServers.delete(ref);
      }
    };
    this.#disposables.add(visibility.onDidChange(look));
    this.#disposables.add(options.changedServers.onDidChange(look));
    panel.onDidChangeViewState(onDidChange);
    panel.onDidDispose(() => {
      this.dispose();
      if (this.#isDeleted) {
        void options.drafts.set(ref, undefined);
      } else if (options.drafts.get(ref) && sessions.get(ref.accountId)) {
        onDidCloseUnsaved(this.#server?.name ?? ref.serverId);
      }
    });
    this.#page = new WebviewPage(panel, options, {
      name: 'details',
      messageSchema: detailsMessageSchema,
      handlers: this.#handlers(),
      stateMessage: () => this.#stateMessage(),
    });
    visibility.add(panel);
    this.#update();
  }

  get isActive(): boolean {
    return !this.#page.isClosed && this.#panel.active;
  }

  get viewColumn(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  /** Whether the next server that is previewed replaces this one. */
  get isPreview(): boolean {
    return this.#isPreview;
  }

  /** Keeps a preview open. */
  keep(): void {
    if (this.#isPreview) {
      this.#isPreview = false;
      this.#page.update();
      this.#onDidChange();
    }
  }

  /** Discards unsaved settings. A hidden page resets its form when it is shown. */
  async discardChanges(): Promise<void> {
    this.#isDiscarding = true;
    await this.#options.drafts.set(this.ref, undefined);
    this.#page.update();
  }

  /** Closes the tab. */
  close(): void {
    this.#panel.dispose();
  }

  reveal(preserveFocus = false): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #handlers(): Handlers<DetailsFromWebview> {
    const run = (
      command: PowerAction | 'delete' | 'protect' | 'unprotect' | 'openWeb' | 'openTerminal',
    ) => vscode.commands.executeCommand(`vpsOrg.server.${command}`, this.ref);
    return {
      ready: () => this.#poller.schedule(),
      power: ({ action }) => run(action),
      delete: () => run('delete'),
      protect: () => run('protect'),
      unprotect: () => run('unprotect'),
      openWeb: () => run('openWeb'),
      openTerminal: () => run('openTerminal'),
      signIn: () =>
        vscode.commands.executeCommand('vpsOrg.signIn', { accountId: this.ref.accountId }),
      copy: ({ fact }) => this.#copy(fact),
      edited: ({ draft }) => {
        if (draft) {
          this.keep();
        } else {
          this.#isDiscarding = false;
        }
        return this.#options.drafts.set(this.ref, draft);
      },
      save: async (message) => {
        const answer = await this.#options.saver.save(this.ref, message, (isAsking) => {
          this.#isAsking = isAsking;
          this.#page.update();
        });
        if (answer.type === 'saved') {
          await this.#options.drafts.set(this.ref, undefined);
        }
        // The page expects the state that contains the result before the answer.
        this.#update();
        this.#post(answer);
        const problem =
          answer.type === 'notSaved' &&
          [answer.message, ...Object.values(answer.errors)].filter(Boolean).join(' ');
        if (problem && (this.#page.isClosed || !this.#panel.visible)) {
          // A hidden or closed page does not receive the answer.
          this.#options.messages.warn(`"${this.#server?.name ?? this.ref.serverId}": ${problem}`);
        }
      },
    };
  }

  #post(message: DetailsToWebview): void {
    this.#page.post(message);
  }

  async #copy(fact: CopyableFact): Promise<void> {
    const server = this.#server;
    const account = this.#session?.account;
    const value =
      server && toCopyable(server, fact, account !== undefined && isOnThisComputer(account));
    if (value !== undefined) {
      await vscode.env.clipboard.writeText(value);
      this.#post({ type: 'copied', fact });
    } else if (server?.[fact]) {
      this.#options.messages.warn(notCopiedText(fact, [server]));
    }
  }

  async #load(signal: AbortSignal): Promise<void> {
    const { sessions, planCatalog } = this.#options;
    const session = sessions.get(this.ref.accountId);
    if (session) {
      // Here, because a panel loads its server only while it is visible.
      void planCatalog.request(session).then(() => this.#update());
    }
    const server = await session?.loadServer(this.ref.serverId, signal);
    if (session && server) {
      this.#samples.add(server, this.#options.clock.now());
    } else {
      this.#isDeleted = true;
    }
  }

  /** Reads the store and shows its state. */
  #update(): void {
    if (this.#page.isClosed) {
      return;
    }
    const { sessions } = this.#options;
    const session = sessions.get(this.ref.accountId);
    if (!session && (this.#session || sessions.isLoaded)) {
      // Signing out closes every panel of the account.
      this.#panel.dispose();
      return;
    }
    this.#session = session;
    const server = session?.servers.get(this.ref.serverId);
    if (server) {
      this.#server = server;
      this.#isDeleted = false;
    }
    const name = this.#server?.name;
    if (name !== undefined) {
      const title = this.#isDeleted ? vscode.l10n.t('{0} (deleted)', name) : name;
      if (this.#panel.title !== title) {
        this.#panel.title = title;
      }
    }
    this.#page.update();
    this.#poller.schedule();
  }

  #stateMessage(): DetailsToWebview {
    const account = this.#session?.account;
    const state = buildDetailsState({
      accountLabel: account?.label ?? '',
      isSample: account?.kind === 'sample',
      canOpenWeb: account !== undefined && webPanelOf(account) !== undefined,
      server: this.#server,
      ssh: this.#sshTarget(),
      price: this.#price(),
      fallbackName: this.#panel.title,
      marks: this.#options.marks.get(this.ref),
      gone: goneText(this.#session, this.#isDeleted),
      isDeleted: this.#isDeleted,
      protection: this.#server && this.#options.actions.protection.reasonOf(this.ref, this.#server),
      notice: this.#isDeleted ? undefined : noticeText(this.#session, this.#server, this.#poller),
      isRejected: this.#session?.isRejected ?? false,
      isAsking: this.#isAsking,
      isBusy: this.#options.actions.running(this.ref) !== undefined,
      samplesOf: (name) => this.#samples.of(name),
    });
    return {
      type: 'state',
      ref: this.ref,
      isPreview: this.#isPreview,
      draft: this.#options.drafts.get(this.ref),
      isDiscarding: this.#isDiscarding,
      state,
    };
  }

  #sshTarget(): SshTarget | NoTargetReason | undefined {
    const [server, session] = [this.#server, this.#session];
    return server && session && this.#options.profiles.targetOf({ ref: this.ref, server, session });
  }

  #price(): Price | 'loading' | undefined {
    const [server, session] = [this.#server, this.#session];
    return server && session && this.#options.planCatalog.priceOf(session, server);
  }
}
