import type { AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { sleep } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { isInTransition } from '../core/server.ts';
import type { Server, ServerStatus } from '../core/server.ts';
import { fewServers, inTurn } from './listLoader.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** Why following ended. `unreachable`: the account was signed out or its token rejected. */
export type FollowEnd = 'settled' | 'gone' | 'gaveUp' | 'stopped' | 'unreachable';

export interface Followed {
  readonly ref: ServerRef;
  /** The server when it was last heard of; its name outlives it. */
  readonly server: Server;
  readonly end: FollowEnd;
  /** The status that was hoped for, where an action of the person's was followed. */
  readonly target: ServerStatus | undefined;
}

interface Following {
  readonly ref: ServerRef;
  readonly abort: AbortController;
  /** Resolves when it is aborted. */
  readonly stopped: Promise<unknown>;
  server: Server;
  target: ServerStatus | undefined;
  /** Looked at by the list, to the end: when the others have settled nothing is gained by another way. */
  isOneOfMany: boolean;
}

const firstDelayMs = 2_000;
const longestDelayMs = 10_000;
const limitMs = 10 * 60_000;
/** A look that seems to have taken longer than this says that the clock was set. */
const longestLookMs = 3 * 60_000;
/** A server that never left a settled status after an action is believed after this long. */
const doubtMs = 30_000;
/** A list that others asked for just now will do: of this part of the time between two looks. */
const listAgeShare = 0.75;

/**
 * Watches servers until their status settles: every 2 seconds, slowing to 10, for at most 10 minutes; a few by their own
 * endpoint, many by the list. Many that nobody here asked for are not followed at all: the list tells.
 * Stopping to watch stops nothing at VPS.org.
 */
export class Follower implements Disposable {
  readonly #sessions: Sessions;
  readonly #clock: Clock;
  readonly #following = new Map<string, Following>();
  /** Not to be followed again by itself as long as the status stays that. */
  readonly #abandoned = new Map<string, { readonly ref: ServerRef; readonly status: ServerStatus }>();
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<ServerRef>());
  readonly #onDidEnd = this.#disposables.add(new Emitter<Followed>());
  #isWatched = false;

  /** A server began or ceased to be followed. */
  readonly onDidChange = this.#onDidChange.event;
  readonly onDidEnd = this.#onDidEnd.event;

  constructor(sessions: Sessions, clock: Clock) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#disposables.add(sessions.onDidChange(({ store }) => store && this.#notice()));
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#dropSignedOut()));
  }

  /** How many servers are followed. */
  get count(): number {
    return this.#following.size;
  }

  /** Those that are followed, the longest first. */
  get refs(): readonly ServerRef[] {
    return [...this.#following.values()].map(({ ref }) => ref);
  }

  isFollowing(ref: ServerRef): boolean {
    return this.#following.has(refKey(ref));
  }

  /** Follows a server until it settles, hopefully in `target`. One that is followed already gets the new target. */
  follow(ref: ServerRef, server: Server, target?: ServerStatus): void {
    const key = refKey(ref);
    this.#abandoned.delete(key);
    const known = this.#following.get(key);
    if (known?.abort.signal.aborted === false) {
      known.target = target ?? known.target;
      return;
    }
    const abort = new AbortController();
    const stopped = new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
    const following: Following = { ref, abort, stopped, server, target, isOneOfMany: false };
    this.#following.set(key, following);
    this.#onDidChange.fire(ref);
    void this.#run(key, following);
  }

  /** "Stop Waiting". The status goes on being shown as the list reports it. */
  stop(ref: ServerRef): void {
    const key = refKey(ref);
    const following = this.#following.get(key);
    if (following) {
      this.#abandoned.set(key, { ref, status: following.server.status });
      following.abort.abort();
    }
  }

  /** While somebody is looking, servers found in transition are followed too: after a reload, or when another window acted. */
  setWatched(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched) {
      this.#notice();
      return;
    }
    for (const following of this.#following.values()) {
      if (following.target === undefined) {
        following.abort.abort();
      }
    }
  }

  dispose(): void {
    for (const following of this.#following.values()) {
      following.abort.abort();
    }
    this.#disposables.dispose();
  }

  #notice(): void {
    if (!this.#isWatched) {
      return;
    }
    for (const [key, { ref, status }] of this.#abandoned) {
      if (this.#sessions.find(ref)?.server.status !== status) {
        this.#abandoned.delete(key);
      }
    }
    for (const session of this.#sessions.all.filter(({ isRejected }) => !isRejected)) {
      const { id: accountId } = session.account;
      const noticed = session.servers.servers.filter((server) => this.#isNews(accountId, server));
      // Of many, the list tells soon enough.
      if (this.#following.size + noticed.length <= fewServers) {
        noticed.forEach((server) => this.follow({ accountId, serverId: server.id }, server));
      }
    }
  }

  /** Whether a server is in transition, and nobody follows it or was told to stop. */
  #isNews(accountId: AccountId, { id: serverId, status }: Server): boolean {
    // Asked for every server at every change: most of the time that is all.
    if (!isInTransition(status)) {
      return false;
    }
    const ref = { accountId, serverId };
    return !this.#abandoned.has(refKey(ref)) && !this.isFollowing(ref);
  }

  #dropSignedOut(): void {
    const accounts = new Set(this.#sessions.all.map((session) => session.account.id));
    for (const following of this.#following.values()) {
      if (!accounts.has(following.ref.accountId)) {
        following.abort.abort();
      }
    }
  }

  async #run(key: string, following: Following): Promise<void> {
    const { ref } = following;
    let end: FollowEnd;
    try {
      end = await this.#watch(following);
    } catch (error) {
      end = isKind(error, 'cancelled') && following.abort.signal.aborted ? 'stopped' : 'unreachable';
    }
    // Stopped and begun anew at once, it is another's place.
    if (this.#following.get(key) === following) {
      this.#following.delete(key);
    }
    const isRefused = end === 'unreachable' && this.#sessions.get(ref.accountId)?.isRejected === false;
    if (end === 'gaveUp' || isRefused) {
      this.#abandoned.set(key, { ref, status: following.server.status });
    }
    this.#onDidChange.fire(ref);
    this.#onDidEnd.fire({ ref, server: following.server, end, target: following.target });
    this.#notice();
  }

  /**
   * A few are looked at one by one; for many the list is the cheaper look, one for all of them. Where it failed, or does not
   * name a server, a few at a time are looked at all the same; the others are what they were.
   */
  async #look(session: Session, following: Following, sinceLastMs: number): Promise<Server | undefined> {
    const { ref, abort: { signal }, stopped } = following;
    const all = [...this.#following.values()].filter((other) => other.ref.accountId === ref.accountId);
    following.isOneOfMany ||= all.length > fewServers;
    if (following.isOneOfMany) {
      let isListed = true;
      try {
        await Promise.race([session.refreshIfOlder(sinceLastMs * listAgeShare), stopped]);
      } catch (error) {
        // Who is asked for patience does not ask elsewhere instead.
        if (isKind(error, 'unauthorized', 'forbidden', 'rateLimited') || AppError.from(error).retryAfterMs !== undefined) {
          throw error;
        }
        isListed = false;
      }
      if (signal.aborted) {
        throw AppError.cancelled();
      }
      const known = session.servers.get(ref.serverId);
      const turn = Math.floor(this.#clock.now() / longestDelayMs);
      if ((isListed && known) || !inTurn(all, turn).includes(following)) {
        return known ?? following.server;
      }
    }
    return session.loadServer(ref.serverId, signal);
  }

  async #watch(following: Following): Promise<FollowEnd> {
    const { ref } = following;
    const { signal } = following.abort;
    let waitedMs = 0;
    let delayMs = firstDelayMs;
    for (;;) {
      const sinceLastMs = delayMs;
      const startedAt = this.#clock.now();
      await sleep(this.#clock, sinceLastMs, signal);
      delayMs = Math.min(longestDelayMs, delayMs * 1.5);
      const session = this.#sessions.get(ref.accountId);
      if (!session || session.isRejected) {
        return 'unreachable';
      }
      try {
        const server = await this.#look(session, following, sinceLastMs);
        if (!server) {
          return 'gone';
        }
        following.server = server;
      } catch (error) {
        // Passing faults do not end the watch; the limit does.
        if (signal.aborted || isKind(error, 'unauthorized', 'forbidden')) {
          throw error;
        }
        delayMs = Math.max(delayMs, AppError.from(error).retryAfterMs ?? 0);
      }
      const tookMs = this.#clock.now() - startedAt;
      // Not from end to end: the clock may be set meanwhile, or the computer sleep.
      waitedMs += tookMs >= sinceLastMs && tookMs <= sinceLastMs + longestLookMs ? tookMs : sinceLastMs;
      const { status } = following.server;
      const isHoped = following.target === undefined || following.target === status;
      if (!isInTransition(status) && (isHoped || waitedMs >= doubtMs)) {
        return 'settled';
      }
      if (waitedMs >= limitMs) {
        return 'gaveUp';
      }
    }
  }
}
