import type { Clock } from '../../src/core/clock.ts';
import { DisposableStore } from '../../src/core/event.ts';
import { AccountStore } from '../../src/state/accountStore.ts';
import type { SecretStore, StoredAccount } from '../../src/state/accountStore.ts';
import {
  loadAccountChanges,
  loadFailedAction,
  loadGoneCheck,
  loadMarkChanges,
} from '../../src/state/lazyModules.ts';
import { Poller } from '../../src/state/poller.ts';
import { Protection } from '../../src/state/protection.ts';
import { ServerActions } from '../../src/state/serverActions.ts';
import { ServerCreation } from '../../src/state/serverCreation.ts';
import type { Connection } from '../../src/state/session.ts';
import { Sessions } from '../../src/state/sessions.ts';
import { MarkStore } from '../../src/state/serverMarks.ts';
import { StatusWaiter } from '../../src/state/statusWaiter.ts';
import { pollUntilSettled } from '../../src/state/waitPolling.ts';
import { MemoryMemento } from './memoryMemento.ts';

// Tests with a fake clock rely on code that runs at once.
await Promise.all([loadAccountChanges(), loadFailedAction(), loadGoneCheck(), loadMarkChanges()]);

export interface StateLayerOptions {
  readonly clock: Clock;
  /** Holds the accounts to start with. */
  readonly secrets: SecretStore;
  readonly connect: (account: StoredAccount) => Promise<Connection>;
  readonly makeId?: () => string;
  /** Contains the marks of servers. */
  readonly memento?: MemoryMemento;
  /** Between 0 and 1; default always 0.5. */
  readonly random?: () => number;
}

export interface StateLayer {
  readonly accountStore: AccountStore;
  readonly sessions: Sessions;
  readonly marks: MarkStore;
  readonly statusWaiter: StatusWaiter;
  readonly actions: ServerActions;
  readonly creation: ServerCreation;
  /** Refreshes every minute once `setViewed(true)` was called. */
  readonly poller: Poller;
  readonly dispose: () => void;
}

/** The state layer as `app.ts` assembles it, without VS Code. The caller disposes it. */
export async function startStateLayer(options: StateLayerOptions): Promise<StateLayer> {
  const {
    clock,
    secrets,
    connect,
    makeId = () => 'new-id',
    random = () => 0.5,
    memento = new MemoryMemento(),
  } = options;
  const disposables = new DisposableStore();
  const accountStore = disposables.add(new AccountStore(secrets, makeId, () => undefined));
  await accountStore.load();
  const sessions = disposables.add(new Sessions(accountStore, connect, clock));
  const statusWaiter = disposables.add(
    new StatusWaiter(sessions, clock, () => Promise.resolve(pollUntilSettled)),
  );
  const marks = disposables.add(new MarkStore(memento));
  const protection = disposables.add(new Protection(marks));
  return {
    accountStore,
    sessions,
    marks,
    statusWaiter,
    actions: disposables.add(new ServerActions(sessions, statusWaiter, protection)),
    creation: new ServerCreation(statusWaiter, clock),
    poller: disposables.add(new Poller({ sessions, clock, random, intervalMs: () => 60_000 })),
    dispose: () => disposables.dispose(),
  };
}

/** The only session, or the first of several. */
export function firstSession({ sessions }: Pick<StateLayer, 'sessions'>): Sessions['all'][number] {
  const [session] = sessions.all;
  if (!session) {
    throw new Error('No account is signed in.');
  }
  return session;
}
