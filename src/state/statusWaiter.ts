import type { AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { isKind } from '../core/errors.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { isInTransition } from '../core/server.ts';
import type { Server, ServerStatus } from '../core/server.ts';
import { maxSingleRequests } from './listLoader.ts';
import type { Sessions } from './sessions.ts';
import type { pollUntilSettled, Wait, WaitEnd } from './waitPolling.ts';

export interface WaitResult {
  readonly ref: ServerRef;
  /** The last known state of the server, also when it is gone. */
  readonly server: Server;
  readonly end: WaitEnd;
  /** The expected status after an action; undefined when the transition was only noticed. */
  readonly target: ServerStatus | undefined;
}

/**
 * Waits for servers until their status settles: polls after 2 seconds, slowing to 10, for at most 10 minutes. Polls a few
 * servers one by one and many with the list. Also waits for transitions that it notices, unless there are many, which the
 * regular refreshes cover. Stopping does not affect the action at VPS.org.
 */
export class StatusWaiter implements Disposable {
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #loadPolling: () => Promise<typeof pollUntilSettled>;
  readonly #waits = new Map<string, Wait>();
  /** Transitions that are not waited for again until the status changes. */
  readonly #abandoned = new Map<
    string,
    { readonly ref: ServerRef; readonly status: ServerStatus }
  >();
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<ServerRef>());
  readonly #onDidEnd = this.#disposables.add(new Emitter<WaitResult>());
  #isViewed = false;

  /** Waiting for a server started or ended. */
  readonly onDidChange = this.#onDidChange.event;
  readonly onDidEnd = this.#onDidEnd.event;

  /** @param loadPolling is called when the first wait begins */
  constructor(
    sessions: Sessions,
    clock: Clock,
    loadPolling = async (): Promise<typeof pollUntilSettled> =>
      (await import('./waitPolling.ts')).pollUntilSettled,
  ) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#loadPolling = loadPolling;
    this.#disposables.add(sessions.onDidChange(({ store }) => store && this.#noticeTransitions()));
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#dropSignedOut()));
  }

  /** Number of servers that are waited for. */
  get count(): number {
    return this.#waits.size;
  }

  /** The servers that are waited for, oldest first. */
  get refs(): readonly ServerRef[] {
    return [...this.#waits.values()].map(({ ref }) => ref);
  }

  isWaiting(ref: ServerRef): boolean {
    return this.#waits.has(refKey(ref));
  }

  /** Waits until a server settles, preferably in `target`. Updates the target when it is already being waited for. */
  waitFor(ref: ServerRef, server: Server, target?: ServerStatus): void {
    const key = refKey(ref);
    this.#abandoned.delete(key);
    const known = this.#waits.get(key);
    if (known?.abort.signal.aborted === false) {
      known.target = target ?? known.target;
      return;
    }
    const abort = new AbortController();
    const aborted = new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
    const wait: Wait = { ref, abort, aborted, server, target, usesList: false };
    this.#waits.set(key, wait);
    this.#onDidChange.fire(ref);
    void this.#run(key, wait);
  }

  /** Stops waiting. Refreshes continue to update the status. */
  stop(ref: ServerRef): void {
    const key = refKey(ref);
    const wait = this.#waits.get(key);
    if (wait) {
      this.#abandoned.set(key, { ref, status: wait.server.status });
      wait.abort.abort();
    }
  }

  /** While the servers are visible, also waits for transitions that started elsewhere or before a reload. */
  setViewed(isViewed: boolean): void {
    this.#isViewed = isViewed;
    if (isViewed) {
      this.#noticeTransitions();
      return;
    }
    for (const wait of this.#waits.values()) {
      if (wait.target === undefined) {
        wait.abort.abort();
      }
    }
  }

  dispose(): void {
    for (const wait of this.#waits.values()) {
      wait.abort.abort();
    }
    this.#disposables.dispose();
  }

  #noticeTransitions(): void {
    if (!this.#isViewed) {
      return;
    }
    for (const [key, { ref, status }] of this.#abandoned) {
      if (this.#sessions.find(ref)?.server.status !== status) {
        this.#abandoned.delete(key);
      }
    }
    for (const session of this.#sessions.all.filter(({ isRejected }) => !isRejected)) {
      const { id: accountId } = session.account;
      const started = session.servers.servers.filter((server) =>
        this.#isUnattended(accountId, server),
      );
      // Refreshes cover many servers soon enough.
      if (this.#waits.size + started.length <= maxSingleRequests) {
        started.forEach((server) => this.waitFor({ accountId, serverId: server.id }, server));
      }
    }
  }

  /** Whether a server is in transition, is not being waited for and was not abandoned. */
  #isUnattended(accountId: AccountId, { id: serverId, status }: Server): boolean {
    // Runs for every server on every change; nearly all return here.
    if (!isInTransition(status)) {
      return false;
    }
    const ref = { accountId, serverId };
    return !this.#abandoned.has(refKey(ref)) && !this.isWaiting(ref);
  }

  #dropSignedOut(): void {
    const accounts = new Set(this.#sessions.all.map((session) => session.account.id));
    for (const wait of this.#waits.values()) {
      if (!accounts.has(wait.ref.accountId)) {
        wait.abort.abort();
      }
    }
  }

  async #run(key: string, wait: Wait): Promise<void> {
    const { ref } = wait;
    let end: WaitEnd;
    try {
      const poll = await this.#loadPolling();
      end = await poll(
        {
          sessions: this.#sessions,
          clock: this.#clock,
          waitsOf: (accountId) =>
            [...this.#waits.values()].filter((other) => other.ref.accountId === accountId),
        },
        wait,
      );
    } catch (error) {
      end = isKind(error, 'cancelled') && wait.abort.signal.aborted ? 'stopped' : 'unreachable';
    }
    // After stop() and waitFor() in quick succession the entry belongs to the newer wait.
    if (this.#waits.get(key) === wait) {
      this.#waits.delete(key);
    }
    const wasForbidden =
      end === 'unreachable' && this.#sessions.get(ref.accountId)?.isRejected === false;
    if (end === 'gaveUp' || wasForbidden) {
      this.#abandoned.set(key, { ref, status: wait.server.status });
    }
    this.#onDidChange.fire(ref);
    this.#onDidEnd.fire({ ref, server: wait.server, end, target: wait.target });
    this.#noticeTransitions();
  }
}
