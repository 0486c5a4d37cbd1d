import type { Clock } from '../core/clock.ts';
import type { ServerFilter } from '../core/filter.ts';
import type { ServerRef } from '../core/refs.ts';
import type { CommandRegistry } from '../host/commandRegistry.ts';
import type { Log } from '../host/log.ts';
import type { Messages } from '../host/messages.ts';
import type { Settings } from '../host/settings.ts';
import type { AccountStore } from '../state/accountStore.ts';
import type { Follower } from '../state/follower.ts';
import type { ServerActions } from '../state/serverActions.ts';
import type { Sessions } from '../state/sessions.ts';

/** What commands need of the servers view. */
export interface ViewControl {
  readonly isVisible: boolean;
  readonly filter: ServerFilter;
  setFilter(filter: ServerFilter): void;
  clearFilter(): void;
  /** Selects and shows a server's row. False where there is none, because the filter hides it. */
  reveal(ref: ServerRef): Promise<boolean>;
}

/** Everything that commands are made of; put together in `app.ts`. */
export interface CommandContext {
  readonly clock: Clock;
  readonly registry: CommandRegistry;
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly actions: ServerActions;
  readonly follower: Follower;
  readonly settings: Settings;
  readonly messages: Messages;
  readonly log: Log;
  readonly view: ViewControl;
}
