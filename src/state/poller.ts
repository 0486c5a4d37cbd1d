import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { isInTransition } from '../core/server.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

export interface PollerOptions {
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** Between 0 and 1; spreads retries. */
  readonly random: () => number;
  /** Milliseconds between refreshes in quiet times; 0: never. Read anew each time. */
  readonly intervalMs: () => number;
}

interface PollState {
  timer: Disposable | undefined;
  /** For which token the rest was learned: `Session.replace` gives the session another account object. */
  account: Account;
  /** A new token came, which is to be tried at once, also where nothing is refreshed by itself. */
  isDue: boolean;
  /** How many refreshes failed in a row. */
  failures: number;
  /** The server asked not to be called before this time, which was so long ahead. */
  notBefore: number;
  pauseMs: number;
  /** When the list was last asked for by this, or arrived by whoever asked. */
  lastMs: number;
  /** The list that was last seen, by its time. */
  loadedAt: number | undefined;
}

/** With servers in transition the list is asked at least this often; each of a few is followed by itself besides. */
const busyIntervalMs = 15_000;
/** After failures the interval doubles up to this. */
const longestIntervalMs = 10 * 60_000;

/**
 * Refreshes every account in the background while somebody is looking. Quiet when nobody is, after a 401, and with an
 * interval of 0. Never tells anybody of a failure: the store knows.
 */
export class Poller implements Disposable {
  readonly #options: PollerOptions;
  readonly #disposables = new DisposableStore();
  readonly #states = new Map<Session, PollState>();
  #isWatched = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#disposables.add(options.sessions.onDidChangeAccounts(() => this.#plan()));
    this.#disposables.add(
      options.sessions.onDidChange(({ session, store }) => {
        if (!store || store.loadState || store.changed.size > 0 || store.added.size > 0) {
          this.#planFor(session);
        }
      }),
    );
  }

  /** Whether somebody is looking: the view or a panel is visible and the window is active. */
  setWatched(isWatched: boolean): void {
    if (isWatched !== this.#isWatched) {
      this.#isWatched = isWatched;
      this.#plan();
    }
  }

  /** To be called when the interval setting changes. */
  reschedule(): void {
    this.#plan();
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const state of this.#states.values()) {
      state.timer?.dispose();
    }
    this.#states.clear();
  }

  #plan(): void {
    const sessions = new Set(this.#options.sessions.all);
    for (const [session, state] of this.#states) {
      if (!sessions.has(session)) {
        state.timer?.dispose();
        this.#states.delete(session);
      }
    }
    for (const session of sessions) {
      this.#planFor(session);
    }
  }

  #planFor(session: Session): void {
    let state = this.#states.get(session);
    if (!state) {
      state = {
        ...{ timer: undefined, account: session.account, isDue: false, failures: 0, notBefore: 0, pauseMs: 0 },
        ...{ lastMs: -Infinity, loadedAt: undefined },
      };
      this.#states.set(session, state);
    }
    if (state.account !== session.account) {
      Object.assign(state, { account: session.account, isDue: true, failures: 0, notBefore: 0 });
    }
    state.timer?.dispose();
    state.timer = undefined;
    const { loadedAt, isLoading } = session.servers.load;
    if (loadedAt !== undefined && loadedAt !== state.loadedAt) {
      // Whoever asked, it went well.
      Object.assign(state, { loadedAt, lastMs: loadedAt, failures: 0, notBefore: 0 });
    }
    if (!this.#isWatched || session.isRejected || isLoading) {
      return;
    }
    const delayMs = this.#delayFor(session, state);
    if (delayMs !== undefined) {
      const current = state;
      state.timer = this.#options.clock.setTimeout(() => void this.#refresh(session, current), delayMs);
    }
  }

  /** Milliseconds until the next refresh; undefined: never. The first look at an account does not wait. */
  #delayFor(session: Session, state: PollState): number | undefined {
    const { clock, intervalMs, random } = this.#options;
    const now = clock.now();
    // A clock that was set back must not silence the view: nothing lies further ahead than it did.
    state.lastMs = Math.min(state.lastMs, now);
    state.notBefore = Math.min(state.notBefore, now + state.pauseMs);
    if (state.isDue || state.lastMs === -Infinity) {
      return 0;
    }
    const quietMs = intervalMs();
    if (quietMs <= 0) {
      return undefined;
    }
    const isBusy = session.servers.servers.some((server) => isInTransition(server.status));
    const baseMs = isBusy ? Math.min(quietMs, busyIntervalMs) : quietMs;
    const slowMs = Math.min(longestIntervalMs, baseMs * 2 ** state.failures) * (0.75 + random() / 2);
    const intervalNowMs = state.failures === 0 ? baseMs : Math.max(baseMs, slowMs);
    return Math.max(0, state.lastMs + intervalNowMs - now, state.notBefore - now);
  }

  async #refresh(session: Session, state: PollState): Promise<void> {
    state.timer = undefined;
    state.isDue = false;
    state.lastMs = this.#options.clock.now();
    try {
      await session.refreshShown();
      state.failures = 0;
    } catch (error) {
      if (!isKind(error, 'cancelled')) {
        state.failures += 1;
        state.pauseMs = AppError.from(error).retryAfterMs ?? 0;
        state.notBefore = this.#options.clock.now() + state.pauseMs;
      }
    }
    if (this.#states.has(session)) {
      this.#planFor(session);
    }
  }
}
