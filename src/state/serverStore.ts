import type { ServerList } from '../api/servers.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { AppError } from '../core/errors.ts';
import { isSameServer } from '../core/server.ts';
import type { Server, ServerFragment, ServerId } from '../core/server.ts';
import { hasLoadChanged } from './loadState.ts';
import type { LoadState, NewLoadState } from './loadState.ts';
import { mergeServer } from './mergeServer.ts';
import { hasServerChanges, noServerChanges } from './storeChange.ts';
import type { ServerChanges, StoreChange } from './storeChange.ts';

/** Logical time of the store. A reply is applied as of the revision at which its request was sent. */
export type Revision = number;
/** Revision of data from an earlier run: every reply is newer. */
const cachedRevision: Revision = 0;

interface Entry {
  server: Server;
  /** The revision as of which `server` is known. */
  revision: Revision;
}

/** Limits memory while no complete list arrives. Far more than can be deleted while one request is under way. */
const maxTombstones = 1_000;

/**
 * The known servers of one account. A reply never overwrites what arrived after its request was sent: a slow list does not
 * turn "starting" back into "stopped", and does not bring back a server that was deleted meanwhile.
 */
export class ServerStore implements Disposable {
  readonly #entries = new Map<ServerId, Entry>();
  readonly #tombstones = new Map<ServerId, Revision>();
  /** Revision of the newest complete list. Older replies do not bring back a server that it lacks. */
  #listRevision = cachedRevision;
  /** As `#listRevision`, of the newest list whether complete or not. */
  #anyListRevision = cachedRevision;
  #listDateMs: number | undefined;
  readonly #onDidChange = new Emitter<StoreChange>();
  #revision: Revision = 0;
  #load: LoadState = {
    isLoading: false,
    loadedAt: undefined,
    cachedAt: undefined,
    knownAt: undefined,
    error: undefined,
    total: 0,
  };
  #list: readonly Server[] | undefined;

  readonly onDidChange = this.#onDidChange.event;

  get load(): LoadState {
    return this.#load;
  }

  /** All servers, in no particular order. The same array until a server changes. */
  get servers(): readonly Server[] {
    this.#list ??= [...this.#entries.values()].map((entry) => entry.server);
    return this.#list;
  }

  get(id: ServerId): Server | undefined {
    return this.#entries.get(id)?.server;
  }

  /** The server, if a request that was sent at `revision` or later returned it. */
  getSince(id: ServerId, revision: Revision): Server | undefined {
    const entry = this.#entries.get(id);
    return entry && entry.revision >= revision ? entry.server : undefined;
  }

  /** Whether a complete list lacks the server, or a deletion of it was confirmed. A 404 alone is no proof. */
  isProvenGone(id: ServerId): boolean {
    return (
      !this.#entries.has(id) && (this.#tombstones.has(id) || this.#listRevision > cachedRevision)
    );
  }

  /**
   * For a server that VPS.org answered 404 for, in an account whose lists are never complete and so can never confirm it: removes
   * it where no reply to a request since `revision` contains it, and one of them was a list. Returns whether it is gone.
   */
  removeUnlisted(id: ServerId, revision: Revision): boolean {
    if (this.#listRevision > cachedRevision || this.#anyListRevision < revision) {
      return false;
    }
    if ((this.#entries.get(id)?.revision ?? cachedRevision) < revision) {
      this.remove(id);
      return true;
    }
    return false;
  }

  /** Whether a list that was requested at `revision` or later contained every server. */
  isCompleteSince(revision: Revision): boolean {
    return this.#listRevision >= revision;
  }

  /** VPS.org's own time when it sent the newest list, in milliseconds since 1970; undefined where it is not known. */
  get listDateMs(): number | undefined {
    return this.#listDateMs;
  }

  /** Shows a list from an earlier run until the first reply. Does nothing when a list has already arrived. */
  restore(servers: readonly Server[], cachedAt: number): void {
    if (this.#load.loadedAt !== undefined) {
      return;
    }
    const changes = noServerChanges();
    for (const server of servers) {
      if (!this.#entries.has(server.id)) {
        this.#put(server, cachedRevision, changes);
      }
    }
    this.#fire(changes, { ...this.#load, cachedAt, total: this.#entries.size });
  }

  /** Call before sending a request, and pass the result to the method that applies the reply. */
  nextRevision(): Revision {
    this.#revision += 1;
    return this.#revision;
  }

  startLoading(): void {
    this.#setLoad({ ...this.#load, isLoading: true });
  }

  /** Says why the list is not loaded yet. Loading goes on. */
  noteError(error: AppError): void {
    this.#setLoad({ ...this.#load, error });
  }

  /** Ends loading and keeps the servers. `error` is undefined when the request was cancelled. */
  failLoading(error: AppError | undefined): void {
    this.#setLoad({ ...this.#load, isLoading: false, error: error ?? this.#load.error });
  }

  /** Ends loading and clears the error, because there is a new token. */
  forgetError(): void {
    this.#setLoad({ ...this.#load, isLoading: false, error: undefined });
  }

  /**
   * Applies a list. A complete list removes the servers that it lacks; no other reply to a GET does. Servers that are known
   * only from an earlier run are removed all the same.
   * Returns the ids that a list which may be incomplete lacks: fetch each to find out whether it is gone.
   */
  applyList(list: ServerList, sentAt: Revision, loadedAt: number): readonly ServerId[] {
    const changes = this.#putAll(list, sentAt);
    this.#listDateMs = list.dateMs;
    this.#anyListRevision = Math.max(this.#anyListRevision, sentAt);
    const missing: ServerId[] = [];
    const isComplete = !list.mayBeIncomplete && list.total <= list.servers.length;
    for (const [id, { server, revision }] of this.#entries) {
      if (isComplete ? revision < sentAt : revision === cachedRevision) {
        this.#entries.delete(id);
        changes.removed.set(id, server);
      } else if (list.mayBeIncomplete && revision < sentAt) {
        missing.push(id);
      }
    }
    for (const [id, removedAt] of this.#tombstones) {
      if (isComplete ? removedAt <= sentAt : this.#tombstones.size > maxTombstones) {
        this.#tombstones.delete(id);
      }
    }
    if (isComplete) {
      this.#listRevision = Math.max(this.#listRevision, sentAt);
    }
    this.#fire(changes, {
      isLoading: false,
      loadedAt,
      cachedAt: undefined,
      error: undefined,
      total: isComplete ? this.#entries.size : Math.max(list.total, this.#entries.size),
    });
    return missing;
  }

  /**
   * Applies a filtered list, which should contain every server for which `matches` holds. Returns the ids of matching servers
   * that it lacks: fetch each to find out whether it changed or is gone. Returns none when the API withholds servers.
   */
  applyPart(
    list: ServerList,
    matches: (server: Server) => boolean,
    sentAt: Revision,
    loadedAt: number,
  ): readonly ServerId[] {
    const changes = this.#putAll(list, sentAt);
    const isComplete = list.mayBeIncomplete === true || list.total <= list.servers.length;
    const missing = [...this.#entries.values()]
      .filter(({ server, revision }) => isComplete && revision < sentAt && matches(server))
      .map(({ server }) => server.id);
    this.#fire(changes, { ...this.#withTotal(), isLoading: false, loadedAt, error: undefined });
    return missing;
  }

  /** Applies a reply that contains one server. `isDetail`: the reply to `GET /servers/{id}/`, which has every field. */
  applyServer(server: Server, sentAt: Revision, isDetail = false): void {
    const changes = noServerChanges();
    this.#put(server, sentAt, changes, isDetail);
    this.#fire(changes, this.#withTotal());
  }

  /** Applies a power reply. Ignores an unknown server. */
  applyFragment(fragment: ServerFragment, sentAt: Revision): void {
    const known = this.get(fragment.id);
    if (known) {
      this.applyServer(
        { ...known, status: fragment.status, name: fragment.name ?? known.name },
        sentAt,
      );
    }
  }

  /** Removes a server whose deletion was confirmed. */
  remove(id: ServerId): void {
    this.#tombstones.set(id, this.nextRevision());
    const server = this.get(id);
    if (server) {
      this.#entries.delete(id);
      this.#fire({ ...noServerChanges(), removed: new Map([[id, server]]) }, this.#withTotal(1));
    }
  }

  dispose(): void {
    this.#onDidChange.dispose();
    this.#entries.clear();
    this.#tombstones.clear();
    this.#list = undefined;
  }

  /** Afterwards exactly the servers that the list lacks have a revision below `sentAt`. */
  #putAll({ servers }: ServerList, sentAt: Revision): ServerChanges {
    const changes = noServerChanges();
    for (const server of servers) {
      this.#put(server, sentAt, changes);
    }
    return changes;
  }

  #put(server: Server, sentAt: Revision, changes: ServerChanges, isDetail = false): void {
    const entry = this.#entries.get(server.id);
    if ((entry?.revision ?? this.#tombstones.get(server.id) ?? this.#listRevision) > sentAt) {
      return;
    }
    const merged = mergeServer(entry?.server, server, isDetail);
    if (!entry) {
      this.#entries.set(server.id, { server: merged, revision: sentAt });
      changes.added.push(merged);
      return;
    }
    entry.revision = sentAt;
    if (!isSameServer(entry.server, merged)) {
      changes.changed.set(server.id, { before: entry.server, after: merged });
      entry.server = merged;
    }
  }

  /** A server that arrives without a list counts as one that the list withheld, as long as there are any. */
  #withTotal(removed = 0): NewLoadState {
    return { ...this.#load, total: Math.max(this.#load.total - removed, this.#entries.size) };
  }

  #setLoad(load: NewLoadState): void {
    this.#fire(noServerChanges(), load);
  }

  #fire(changes: ServerChanges, load: NewLoadState): void {
    const before = this.#load;
    const loadState = hasLoadChanged(before, load);
    this.#load = { ...load, knownAt: load.loadedAt ?? load.cachedAt };
    const hasChanges = hasServerChanges(changes);
    if (hasChanges) {
      this.#list = undefined;
    }
    if (hasChanges || loadState) {
      this.#onDidChange.fire({ ...changes, loadState, comparedAt: before.knownAt });
    }
  }
}
