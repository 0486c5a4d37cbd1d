import type { ServerList } from '../api/api.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { AppError } from '../core/errors.ts';
import { isSameServer } from '../core/server.ts';
import type { Server, ServerFragment, ServerId } from '../core/server.ts';

/** A moment in the store's history. Answers to a request are applied as of the moment at which it was sent. */
export type Moment = number;
/** What was known before the store began: any answer is newer. */
const beforeAll: Moment = 0;

/** How the last list request went. */
export interface LoadState {
  readonly isLoading: boolean;
  /** Milliseconds since 1970 of the last list that arrived; undefined before the first. */
  readonly loadedAt: number | undefined;
  /** Milliseconds since 1970 at which a list arrived in an earlier run, while there is nothing newer than that list. */
  readonly keptFrom: number | undefined;
  /** Why the newest list request failed; undefined after a success. */
  readonly error: AppError | undefined;
  /** How many servers the API says there are: more than are here where it kept some back. */
  readonly total: number;
}

/** What changed: servers whose facts differ, those that came, those that went, and whether the load state differs. */
export interface StoreChange {
  readonly changed: ReadonlySet<ServerId>;
  readonly added: ReadonlySet<ServerId>;
  readonly removed: ReadonlySet<ServerId>;
  readonly loadState: boolean;
}

interface ServerChange {
  readonly changed: Set<ServerId>;
  readonly added: Set<ServerId>;
  readonly removed: Set<ServerId>;
}

function noChange(): ServerChange {
  return { changed: new Set(), added: new Set(), removed: new Set() };
}

interface Entry {
  server: Server;
  /** The moment as of which the server is known. */
  touched: Moment;
}

/** So many deletions are remembered where no list proves anybody gone: more than can matter while a request is under way. */
const mostGone = 1_000;

/** What only detail replies carry is kept when another reply leaves it out; the rest is replaced. Usage gets old at once. */
function merge(before: Server | undefined, now: Server, isDetail: boolean): Server {
  if (!before) {
    return now;
  }
  return {
    ...now,
    ipv6Address: now.ipv6Address === undefined ? before.ipv6Address : now.ipv6Address,
    backupsEnabled: now.backupsEnabled ?? before.backupsEnabled,
    usage: isDetail ? now.usage : (now.usage ?? before.usage),
    plan:
      now.plan && before.plan && now.plan.id === before.plan.id
        ? { ...now.plan, bandwidthGB: now.plan.bandwidthGB ?? before.plan.bandwidthGB }
        : now.plan,
  };
}

/**
 * The servers of one account, as far as they are known. An answer never overwrites what was learned after its request was
 * sent: a slow list does not turn "starting" back into "stopped", and does not bring back a server deleted meanwhile.
 */
export class ServerStore implements Disposable {
  readonly #entries = new Map<ServerId, Entry>();
  readonly #gone = new Map<ServerId, Moment>();
  /** When the newest list was asked for that proves gone who is not in it: older answers bring nobody back. */
  #listed = beforeAll;
  readonly #onDidChange = new Emitter<StoreChange>();
  #moment: Moment = 0;
  #load: LoadState = { isLoading: false, loadedAt: undefined, keptFrom: undefined, error: undefined, total: 0 };
  #list: readonly Server[] | undefined;

  readonly onDidChange = this.#onDidChange.event;

  get load(): LoadState {
    return this.#load;
  }

  /** All servers, in no particular order. The same array until something changes. */
  get servers(): readonly Server[] {
    this.#list ??= [...this.#entries.values()].map((entry) => entry.server);
    return this.#list;
  }

  get(id: ServerId): Server | undefined {
    return this.#entries.get(id)?.server;
  }

  /** Shows a list that was kept from an earlier run, until the first answer. Does nothing when one has arrived meanwhile. */
  restore(servers: readonly Server[], keptFrom: number): void {
    if (this.#load.loadedAt !== undefined) {
      return;
    }
    const change = noChange();
    for (const server of servers) {
      if (!this.#entries.has(server.id)) {
        this.#put(server, beforeAll, change);
      }
    }
    this.#fire(change, { ...this.#load, keptFrom, total: this.#entries.size });
  }

  /** To be taken before a request is sent, and given to the method that applies its answer. */
  now(): Moment {
    this.#moment += 1;
    return this.#moment;
  }

  startLoading(): void {
    this.#setLoad({ ...this.#load, isLoading: true });
  }

  /** A list request failed: what is known stays. `error` undefined: it was called off. */
  failLoading(error: AppError | undefined): void {
    this.#setLoad({ ...this.#load, isLoading: false, error: error ?? this.#load.error });
  }

  /** What went wrong is of no meaning any more: there is a new token. */
  forgetError(): void {
    this.#setLoad({ ...this.#load, isLoading: false, error: undefined });
  }

  /**
   * Applies a list. Servers that are not in it are gone, unless the API says that it kept some back: then absence proves
   * nothing, and only a 404 of the server itself does. What an earlier run knew and this list does not is not shown on.
   * Returns the ids of servers that a doubtful list leaves out: a look at each tells whether it is gone.
   */
  applyList(list: ServerList, sentAt: Moment, loadedAt: number): readonly ServerId[] {
    const change = this.#putAll(list, sentAt);
    const missing: ServerId[] = [];
    const isComplete = !list.isDoubtful && list.total <= list.servers.length;
    for (const [id, { touched }] of this.#entries) {
      if (isComplete ? touched < sentAt : touched === beforeAll) {
        this.#entries.delete(id);
        change.removed.add(id);
      } else if (list.isDoubtful && touched < sentAt) {
        missing.push(id);
      }
    }
    for (const [id, goneAt] of this.#gone) {
      if (isComplete ? goneAt <= sentAt : this.#gone.size > mostGone) {
        this.#gone.delete(id);
      }
    }
    if (isComplete) {
      this.#listed = Math.max(this.#listed, sentAt);
    }
    this.#fire(change, {
      isLoading: false,
      loadedAt,
      keptFrom: undefined,
      error: undefined,
      total: isComplete ? this.#entries.size : Math.max(list.total, this.#entries.size),
    });
    return missing;
  }

  /**
   * Applies a list of those servers that `matches` describes. Returns the ids of servers that are known to match and are not in
   * it: they changed or are gone, which only a look at each can tell. None where the API says that it kept some back.
   */
  applyPart(list: ServerList, matches: (server: Server) => boolean, sentAt: Moment, loadedAt: number): readonly ServerId[] {
    const change = this.#putAll(list, sentAt);
    const isComplete = list.isDoubtful === true || list.total <= list.servers.length;
    const missing = [...this.#entries.values()]
      .filter(({ server, touched }) => isComplete && touched < sentAt && matches(server))
      .map(({ server }) => server.id);
    this.#fire(change, { ...this.#withCount(), isLoading: false, loadedAt, error: undefined });
    return missing;
  }

  /** Applies one server's own reply (endpoints 2 to 5), as of the moment at which it was asked for. `isDetail`: to endpoint 3. */
  applyServer(server: Server, sentAt: Moment, isDetail = false): void {
    const change = noChange();
    this.#put(server, sentAt, change, isDetail);
    this.#fire(change, this.#withCount());
  }

  /** Applies what a power reply tells (endpoints 7 to 9). A server that is not known is left out. */
  applyFragment(fragment: ServerFragment, sentAt: Moment): void {
    const known = this.get(fragment.id);
    if (known) {
      this.applyServer({ ...known, status: fragment.status, name: fragment.name ?? known.name }, sentAt);
    }
  }

  /** The server does not exist any more: a 204 to a DELETE, or a 404. */
  remove(id: ServerId): void {
    this.#gone.set(id, this.now());
    if (this.#entries.delete(id)) {
      this.#fire({ ...noChange(), removed: new Set([id]) }, this.#withCount(1));
    }
  }

  dispose(): void {
    this.#onDidChange.dispose();
    this.#entries.clear();
    this.#gone.clear();
    this.#list = undefined;
  }

  /** Afterwards what is older than `sentAt` is what was not in the list. */
  #putAll({ servers }: ServerList, sentAt: Moment): ServerChange {
    const change = noChange();
    for (const server of servers) {
      this.#put(server, sentAt, change);
    }
    return change;
  }

  #put(server: Server, sentAt: Moment, change: ServerChange, isDetail = false): void {
    const entry = this.#entries.get(server.id);
    if ((entry?.touched ?? this.#gone.get(server.id) ?? this.#listed) > sentAt) {
      return;
    }
    const merged = merge(entry?.server, server, isDetail);
    if (!entry) {
      this.#entries.set(server.id, { server: merged, touched: sentAt });
      change.added.add(server.id);
      return;
    }
    entry.touched = sentAt;
    if (!isSameServer(entry.server, merged)) {
      entry.server = merged;
      change.changed.add(server.id);
    }
  }

  /** Servers that come by another way than the list are those that it kept back, as long as there are any. */
  #withCount(removed = 0): LoadState {
    return { ...this.#load, total: Math.max(this.#load.total - removed, this.#entries.size) };
  }

  #setLoad(load: LoadState): void {
    this.#fire(noChange(), load);
  }

  #fire(change: Omit<StoreChange, 'loadState'>, load: LoadState): void {
    const before = this.#load;
    const loadState =
      load.isLoading !== before.isLoading ||
      load.loadedAt !== before.loadedAt ||
      load.keptFrom !== before.keptFrom ||
      load.error !== before.error ||
      load.total !== before.total;
    this.#load = load;
    const servers = change.changed.size + change.added.size + change.removed.size > 0;
    if (servers) {
      this.#list = undefined;
    }
    if (servers || loadState) {
      this.#onDidChange.fire({ ...change, loadState });
    }
  }
}
