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
  /** Returns 0 to 1; spreads retries. */
  readonly random: () => number;
  /** Milliseconds between refreshes while no server is in transition; 0 turns polling off. Read before every refresh. */
  readonly intervalMs: () => number;
}

interface PollState {
  timer: Disposable | undefined;
  /** The account for which this state holds: `Session.replace` gives the session another account object. */
  account: Account;
  /** A new token must be tried at once, even when polling is off. */
  isDue: boolean;
  /** Refreshes that failed in a row. */
  failures: number;
  /** End of the pause that Retry-After requested. */
  notBefore: number;
  /** Length of that pause. */
  pauseMs: number;
  /** When the poller last requested the list, or any list last arrived. */
  lastRefreshAt: number;
  /** `LoadState.loadedAt` of the last list that was taken into account. */
  loadedAt: number | undefined;
}

/** Longest interval while a server is in transition. `StatusWaiter` polls a few servers faster. */
const maxBusyIntervalMs = 15_000;
/** The interval doubles after every failure, up to this. */
const maxBackoffMs = 10 * 60_000;

/**
 * Refreshes every account in the background while the servers are visible. Stops after a 401 and with an interval of 0.
 * Failures only appear in `ServerStore.load`.
 */
export class Poller implements Disposable {
  readonly #options: PollerOptions;
  readonly #disposables = new DisposableStore();
  readonly #states = new Map<Session, PollState>();
  #isViewed = false;

  constructor(options: PollerOptions) {
    this.#options = options;
    this.#disposables.add(options.sessions.onDidChangeAccounts(() => this.#schedule()));
    this.#disposables.add(
      options.sessions.onDidChange(({ session, store }) => {
        if (!store || store.loadState || store.changed.size + store.added.length > 0) {
          this.#scheduleFor(session);
        }
      }),
    );
  }

  /** Whether the view or a panel is visible in an active window. */
  setViewed(isViewed: boolean): void {
    if (isViewed !== this.#isViewed) {
      this.#isViewed = isViewed;
      this.#schedule();
    }
  }

  /** Call when the interval setting changes. */
  reschedule(): void {
    this.#schedule();
  }

  dispose(): void {
    this.#disposables.dispose();
    for (const state of this.#states.values()) {
      state.timer?.dispose();
    }
    this.#states.clear();
  }

  #schedule(): void {
    const sessions = new Set(this.#options.sessions.all);
    for (const [session, state] of this.#states) {
      if (!sessions.has(session)) {
        state.timer?.dispose();
        this.#states.delete(session);
      }
    }
    for (const session of sessions) {
      this.#scheduleFor(session);
    }
  }

  #scheduleFor(session: Session): void {
    const state = this.#stateOf(session);
    if (state.account !== session.account) {
      state.account = session.account;
      state.isDue = true;
      state.failures = 0;
      state.notBefore = 0;
    }
    state.timer?.dispose();
    state.timer = undefined;
    const { loadedAt, isLoading } = session.servers.load;
    if (loadedAt !== undefined && loadedAt !== state.loadedAt) {
      // A list arrived, requested by the poller or by something else.
      state.loadedAt = loadedAt;
      state.lastRefreshAt = loadedAt;
      state.failures = 0;
      state.notBefore = 0;
    }
    if (!this.#isViewed || session.isRejected || isLoading) {
      return;
    }
    const delayMs = this.#delayFor(session, state);
    if (delayMs !== undefined) {
      state.timer = this.#options.clock.setTimeout(
        () => void this.#refresh(session, state),
        delayMs,
      );
    }
  }

  #stateOf(session: Session): PollState {
    const known = this.#states.get(session);
    if (known) {
      return known;
    }
    const state: PollState = {
      timer: undefined,
      account: session.account,
      isDue: false,
      failures: 0,
      notBefore: 0,
      pauseMs: 0,
      lastRefreshAt: -Infinity,
      loadedAt: undefined,
    };
    this.#states.set(session, state);
    return state;
  }

  /** Milliseconds until the next refresh; undefined for never. The first refresh of an account is immediate. */
  #delayFor(session: Session, state: PollState): number | undefined {
    const { clock, intervalMs, random } = this.#options;
    const now = clock.now();
    // A clock that was set back must not stop polling, so no time may lie further ahead than when it was set.
    state.lastRefreshAt = Math.min(state.lastRefreshAt, now);
    state.notBefore = Math.min(state.notBefore, now + state.pauseMs);
    if (state.isDue || state.lastRefreshAt === -Infinity) {
      return 0;
    }
    const settingMs = intervalMs();
    if (settingMs <= 0) {
      return undefined;
    }
    const isBusy = session.servers.servers.some((server) => isInTransition(server.status));
    const baseMs = isBusy ? Math.min(settingMs, maxBusyIntervalMs) : settingMs;
    const backoffMs = Math.min(maxBackoffMs, baseMs * 2 ** state.failures) * (0.75 + random() / 2);
    const effectiveMs = state.failures === 0 ? baseMs : Math.max(baseMs, backoffMs);
    return Math.max(0, state.lastRefreshAt + effectiveMs - now, state.notBefore - now);
  }

  async #refresh(session: Session, state: PollState): Promise<void> {
    state.timer = undefined;
    state.isDue = false;
    state.lastRefreshAt = this.#options.clock.now();
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
      this.#scheduleFor(session);
    }
  }
}
