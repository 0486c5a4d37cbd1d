import type { ServersApi } from '../api/client.ts';
import type { AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import type { ServerFilter } from '../core/filter.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { RecordAction } from '../state/actionRecord.ts';
import type { AccountStore } from '../state/accountStore.ts';
import type { ErrorHistory } from '../state/errorHistory.ts';
import type { PlanCatalog } from '../state/planCatalog.ts';
import type { ServerActions } from '../state/serverActions.ts';
import type { MarkStore } from '../state/serverMarks.ts';
import type { Sessions } from '../state/sessions.ts';
import type { SshProfiles } from '../state/sshProfiles.ts';
import type { StatusWaiter } from '../state/statusWaiter.ts';
import type { ActivityDocument } from './activityDocument.ts';
import type { JsonDocuments } from './jsonDocuments.ts';
import type { Log } from './log.ts';
import type { Messages } from './messages.ts';
import type { Settings } from './settings.ts';

/** The servers view, as commands use it. */
export interface ViewControl {
  readonly isVisible: boolean;
  readonly filter: ServerFilter;
  /** The selected rows; empty while the view is hidden. */
  readonly selection: readonly unknown[];
  setFilter(filter: ServerFilter): void;
  clearFilter(): void;
  /** Selects and shows a server's row. False where the filter hides it. */
  reveal(ref: ServerRef): Promise<boolean>;
  /** Selects the server of the active panel, unless its row is selected already. */
  follow(ref: ServerRef): Promise<void>;
}

/** The initial values of the create form. Opening the form sends nothing. */
export interface CreateFormOptions {
  readonly accountId?: AccountId;
  /** A datacenter code. */
  readonly location?: string;
  /** The server whose settings the form copies. */
  readonly like?: Server;
}

/** The editor tabs of the extension. */
export interface PanelControl {
  /** With `keepsFocus` the keyboard stays in the tree. A preview is replaced by the next one, unless it is kept. */
  openDetails(
    ref: ServerRef,
    options?: { readonly keepsFocus?: boolean; readonly isPreview?: boolean },
  ): Promise<void>;
  /** Keeps the active details panel, if it is a preview. */
  keepOpen(): Promise<void>;
  openForm(options: CreateFormOptions): Promise<void>;
}

/** The services that commands use. */
export interface CommandContext {
  /** Version of the extension. */
  readonly version: string;
  readonly clock: Clock;
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly marks: MarkStore;
  readonly actions: ServerActions;
  readonly statusWaiter: StatusWaiter;
  readonly errorHistory: ErrorHistory;
  readonly settings: Settings;
  readonly messages: Messages;
  readonly log: Log;
  readonly view: ViewControl;
  readonly panels: PanelControl;
  /** Loaded on first use. */
  readonly documents: () => Promise<JsonDocuments>;
  /** Plans and prices. Loaded on first use. */
  readonly plans: () => Promise<PlanCatalog>;
  /** Records in the activity what no service records itself. */
  readonly recordAction: RecordAction;
  /** Loaded on first use. */
  readonly activity: () => Promise<ActivityDocument>;
  /** Loaded on first use. */
  readonly ssh: () => Promise<SshProfiles>;
  /** Whether there are unsaved settings of a server of this account, in this workspace. */
  readonly hasUnsavedSettings: (accountId: AccountId) => Promise<boolean>;
  /** Waits until SSH answers on a server, and reports it. False where its port cannot be reached from here. */
  readonly waitForSsh: (ref: ServerRef) => Promise<boolean>;
  /** Makes a client for a token that is not saved yet, to check it. */
  readonly makeApi: (apiUrl: string, token: string) => Promise<ServersApi>;
}
