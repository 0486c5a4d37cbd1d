import type { ServerList } from '../api/servers.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { isNarrow, isSameQuery, matchesQuery } from '../core/filter.ts';
import type { ListQuery } from '../core/filter.ts';
import { isInTransition } from '../core/server.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { Revision, ServerStore } from './serverStore.ts';

export interface ListLoaderOptions {
  readonly servers: ServerStore;
  readonly clock: Clock;
  /** `GET /servers/`. `onWait` is called before each wait for a repetition, with the error that is the reason. */
  readonly fetchList: (
    query: ListQuery,
    onWait: (waitMs: number, error: AppError) => void,
  ) => Promise<ServerList>;
  /** Applies `GET /servers/{id}/` to the store, which a failure does not change. */
  readonly fetchServer: (id: ServerId) => Promise<Server | undefined>;
}

interface Running {
  readonly query: ListQuery;
  /** Revision of the store before the request was sent. */
  readonly startedAt: Revision;
  readonly done: Promise<void>;
}

type Scope = 'all' | 'shown';

/** While a filter narrows the requests, the complete list is still fetched this often, to keep counts correct. */
const fullListIntervalMs = 10 * 60_000;
/** A shorter wait within a request is no news. */
const noticeableMs = 2_000;
/** Up to this many servers are fetched one by one; for more, a list request is cheaper. */
export const maxSingleRequests = 5;

/** The few items whose turn it is to be fetched one by one. */
export function itemsInTurn<T>(items: readonly T[], turn: number): readonly T[] {
  const first = (turn % Math.ceil(items.length / maxSingleRequests)) * maxSingleRequests;
  return items.slice(first, first + maxSingleRequests);
}

/**
 * Loads the list of one account into its store, one request at a time. A filter may narrow the request (`?status=`,
 * `?location=`). A server that is missing from a narrowed list has changed or is gone, so it is fetched by itself.
 */
export class ListLoader {
  readonly #options: ListLoaderOptions;
  readonly #queued = new Map<Scope, Promise<void>>();
  #query: ListQuery = {};
  #running: Running | undefined;
  /** When the newest complete list was requested. */
  #fullListAt: number | undefined;
  /** The newest list request, if it failed: `refreshIfOlder` does not repeat it at once. */
  #failure: { readonly at: number; readonly error: AppError } | undefined;
  #turn = 0;
  /** Changes with each `reset`. */
  #generation = 0;
  /** False once the API omitted a server that matches the query: its filters cannot be trusted. */
  #canNarrow = true;

  constructor(options: ListLoaderOptions) {
    this.#options = options;
  }

  /** Sets the query of `refreshShown`. Returns whether it changed. */
  setQuery(query: ListQuery): boolean {
    const hasChanged = !isSameQuery(this.#query, query);
    this.#query = query;
    return hasChanged;
  }

  /**
   * Loads the complete list. Concurrent callers share one request.
   *
   * @throws AppError, which the store keeps too.
   */
  refresh(): Promise<void> {
    return this.#running && !isNarrow(this.#running.query) ? this.#running.done : this.#next('all');
  }

  /** Loads a complete list that was requested at `revision` or later. Concurrent callers share requests. */
  refreshSince(revision: Revision): Promise<void> {
    const running = this.#running;
    return running && running.startedAt >= revision ? this.refresh() : this.#next('all');
  }

  /** Loads the servers that match the query; the first time, and every ten minutes, the complete list. */
  refreshShown(): Promise<void> {
    if (!this.#shouldNarrow()) {
      return this.refresh();
    }
    const isCovered =
      this.#running &&
      (!isNarrow(this.#running.query) || isSameQuery(this.#running.query, this.#query));
    return this.#running && isCovered ? this.#running.done : this.#next('shown');
  }

  /**
   * Loads the complete list unless one was requested within the last `maxAgeMs`.
   *
   * @throws AppError; that of the last request when it failed within `maxAgeMs` or its Retry-After has not passed.
   */
  async refreshIfOlder(maxAgeMs: number): Promise<void> {
    if (this.#isWithin(maxAgeMs, this.#fullListAt)) {
      return;
    }
    const failure = this.#failure;
    if (
      failure &&
      this.#isWithin(Math.max(maxAgeMs, failure.error.retryAfterMs ?? 0), failure.at)
    ) {
      throw failure.error;
    }
    await this.refresh();
  }

  /** Forgets requests under way and what was learned about the API, because the token changed. */
  reset(): void {
    this.#running = undefined;
    this.#queued.clear();
    this.#canNarrow = true;
    this.#failure = undefined;
    this.#generation += 1;
  }

  #shouldNarrow(): boolean {
    return (
      this.#canNarrow &&
      isNarrow(this.#query) &&
      this.#isWithin(fullListIntervalMs, this.#fullListAt)
    );
  }

  /** A clock that was set back makes ages negative: such times count as too old. */
  #isWithin(ms: number, at = -Infinity): boolean {
    const ageMs = this.#options.clock.now() - at;
    return ageMs >= 0 && ageMs < ms;
  }

  #next(scope: Scope): Promise<void> {
    const running = this.#running;
    if (!running) {
      return this.#start(scope === 'all' ? {} : this.#query);
    }
    const queued = this.#queued.get(scope);
    if (queued) {
      return queued;
    }
    const next = running.done
      .catch(() => undefined)
      .then(async () => {
        if (this.#queued.get(scope) === next) {
          this.#queued.delete(scope);
        }
        await (scope === 'all' ? this.refresh() : this.refreshShown());
      });
    this.#queued.set(scope, next);
    return next;
  }

  #start(query: ListQuery): Promise<void> {
    const startedAt = this.#options.servers.nextRevision();
    const done = (isNarrow(query) ? this.#loadPart(query) : this.#loadAll()).finally(() => {
      if (this.#running?.done === done) {
        this.#running = undefined;
      }
    });
    this.#running = { query, startedAt, done };
    return done;
  }

  async #loadAll(): Promise<void> {
    const { servers, clock } = this.#options;
    const requestedAt = clock.now();
    let missing: readonly ServerId[] = [];
    await this.#load({}, (list, sentAt) => {
      missing = servers.applyList(list, sentAt, clock.now());
      this.#fullListAt = requestedAt;
      if (!list.mayBeIncomplete && list.total > list.servers.length) {
        // The API may withhold these servers for good, so their transitions only show in single requests.
        const listed = new Set(list.servers.map(({ id }) => id));
        missing = servers.servers.flatMap(({ id, status }) =>
          isInTransition(status) && !listed.has(id) ? id : [],
        );
      }
    });
    const inTurn = itemsInTurn(missing, this.#turn++);
    const since = servers.nextRevision();
    const each = await this.#loadEach(inTurn);
    if (each.includes('notFound')) {
      // Only a complete list confirms a 404, and the next one may be complete.
      await this.#load({}, (list, sentAt) => servers.applyList(list, sentAt, clock.now()));
      inTurn
        .filter((_id, index) => each[index] === 'notFound')
        .forEach((id) => servers.removeUnlisted(id, since));
    }
  }

  async #loadPart(query: ListQuery): Promise<void> {
    const { servers, clock } = this.#options;
    let missing: readonly ServerId[] = [];
    await this.#load(query, (list, sentAt) => {
      missing = servers.applyPart(
        list,
        (server) => matchesQuery(server, query),
        sentAt,
        clock.now(),
      );
    });
    const isMany = missing.length > maxSingleRequests;
    const each = isMany ? [] : await this.#loadEach(missing);
    if (isMany || each.includes('notFound')) {
      await this.#loadAll();
    }
    const found = isMany ? missing.map((id) => servers.get(id)) : each;
    this.#canNarrow &&= !found.some(
      (server) => typeof server === 'object' && matchesQuery(server, query),
    );
  }

  /** A single server that cannot be fetched does not make the list request a failure. */
  #loadEach(ids: readonly ServerId[]): Promise<readonly (Server | 'notFound' | undefined)[]> {
    return Promise.all(
      ids.map(async (id) => {
        try {
          return await this.#options.fetchServer(id);
        } catch (error) {
          return isKind(error, 'notFound') ? 'notFound' : undefined;
        }
      }),
    );
  }

  async #load(query: ListQuery, apply: (list: ServerList, sentAt: number) => void): Promise<void> {
    const { servers, fetchList, clock } = this.#options;
    const sentAt = servers.nextRevision();
    const generation = this.#generation;
    servers.startLoading();
    try {
      const onWait = (waitMs: number, error: AppError): void => {
        if (waitMs >= noticeableMs && generation === this.#generation) {
          servers.noteError(error);
        }
      };
      apply(await fetchList(query, onWait), sentAt);
      this.#failure = undefined;
    } catch (thrown) {
      const error = AppError.from(thrown);
      // A request of the previous token must not end the loading of the current one.
      if (generation === this.#generation) {
        this.#failure = { at: clock.now(), error };
        servers.failLoading(error.kind === 'cancelled' ? undefined : error);
      }
      throw error;
    }
  }
}
