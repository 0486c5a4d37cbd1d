import type { ListQuery, ServerList } from '../api/api.ts';
import type { Clock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import { isNarrow, isSameQuery, matchesQuery } from '../core/filter.ts';
import { isInTransition } from '../core/server.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { ServerStore } from './serverStore.ts';

export interface ListLoaderOptions {
  readonly servers: ServerStore;
  readonly clock: Clock;
  /** `GET /servers/` (endpoint 1). */
  readonly fetchList: (query: ListQuery) => Promise<ServerList>;
  /** `GET /servers/{id}/` (endpoint 3) into the store; a 404 takes the server out of it. */
  readonly loadServer: (id: ServerId) => Promise<Server | undefined>;
}

interface Running {
  readonly query: ListQuery;
  readonly done: Promise<void>;
}

type Scope = 'whole' | 'shown';

/** While a filter narrows the requests, the whole list is still asked for this often: counts and other groups stay true. */
const wholeEveryMs = 10 * 60_000;
/** So many servers are looked at one by one; for more the whole list is the cheaper answer. */
export const fewServers = 5;

/** Those few of many whose turn it is to be looked at by themselves, where the list cannot tell. */
export function inTurn<T>(many: readonly T[], turn: number): readonly T[] {
  const first = (turn % Math.ceil(many.length / fewServers)) * fewServers;
  return many.slice(first, first + fewServers);
}

/**
 * Fetches the list of one account into its store, one request at a time. A filter may narrow what is asked for (`?status=`,
 * `?location=`); a server that should be in such a list and is not has changed or is gone, and is looked at before anything
 * is said of it.
 */
export class ListLoader {
  readonly #options: ListLoaderOptions;
  readonly #queued = new Map<Scope, Promise<void>>();
  #query: ListQuery = {};
  #running: Running | undefined;
  /** When the last whole list was asked for that arrived. */
  #wholeAt: number | undefined;
  /** Why the newest list request failed, and when: nobody who can wait asks again at once. */
  #failed: { readonly at: number; readonly error: AppError } | undefined;
  #turn = 0;
  /** Another one after each `reset`. */
  #era = 0;
  /** An API that leaves out what it should list is not asked for parts again. */
  #narrows = true;

  constructor(options: ListLoaderOptions) {
    this.#options = options;
  }

  /** What `refreshShown` asks for from now on. True where that is something else than before. */
  setQuery(query: ListQuery): boolean {
    const isOther = !isSameQuery(this.#query, query);
    this.#query = query;
    return isOther;
  }

  /**
   * The whole list. Callers share the request that is under way.
   *
   * @throws AppError, which is stored too.
   */
  refresh(): Promise<void> {
    return this.#running && !isNarrow(this.#running.query) ? this.#running.done : this.#next('whole');
  }

  /** As much of the list as the filter lets through; now and then, and the first time, the whole of it. */
  refreshShown(): Promise<void> {
    if (!this.#mayNarrow()) {
      return this.refresh();
    }
    const isAskedFor = this.#running && (!isNarrow(this.#running.query) || isSameQuery(this.#running.query, this.#query));
    return this.#running && isAskedFor ? this.#running.done : this.#next('shown');
  }

  /**
   * The whole list, unless one arrived that was asked for within the last `maxAgeMs`.
   *
   * @throws AppError, also that of the last request, where it failed within that time or asked for more patience.
   */
  async refreshIfOlder(maxAgeMs: number): Promise<void> {
    if (this.#isWithin(maxAgeMs, this.#wholeAt)) {
      return;
    }
    const failed = this.#failed;
    if (failed && this.#isWithin(Math.max(maxAgeMs, failed.error.retryAfterMs ?? 0), failed.at)) {
      throw failed.error;
    }
    await this.refresh();
  }

  /** The token is another one: what is under way does not count any more, and what the API can do is open again. */
  reset(): void {
    this.#running = undefined;
    this.#queued.clear();
    this.#narrows = true;
    this.#failed = undefined;
    this.#era += 1;
  }

  #mayNarrow(): boolean {
    return this.#narrows && isNarrow(this.#query) && this.#isWithin(wholeEveryMs, this.#wholeAt);
  }

  /** A clock that was set back makes ages negative: then nothing is known of them. */
  #isWithin(ms: number, at = -Infinity): boolean {
    const ageMs = this.#options.clock.now() - at;
    return ageMs >= 0 && ageMs < ms;
  }

  #next(scope: Scope): Promise<void> {
    const running = this.#running;
    if (!running) {
      return this.#start(scope === 'whole' ? {} : this.#query);
    }
    const queued = this.#queued.get(scope);
    if (queued) {
      return queued;
    }
    const next = running.done.catch(() => undefined).then(async () => {
      if (this.#queued.get(scope) === next) {
        this.#queued.delete(scope);
      }
      await (scope === 'whole' ? this.refresh() : this.refreshShown());
    });
    this.#queued.set(scope, next);
    return next;
  }

  #start(query: ListQuery): Promise<void> {
    const done = (isNarrow(query) ? this.#loadPart(query) : this.#loadWhole()).finally(() => {
      if (this.#running?.done === done) {
        this.#running = undefined;
      }
    });
    this.#running = { query, done };
    return done;
  }

  async #loadWhole(): Promise<void> {
    const { servers, clock } = this.#options;
    const askedAt = clock.now();
    let unseen: readonly ServerId[] = [];
    await this.#load({}, (list, sentAt) => {
      unseen = servers.applyList(list, sentAt, clock.now());
      this.#wholeAt = askedAt;
      if (!list.isDoubtful && list.total > list.servers.length) {
        // What was kept back may stay so for good: what changes in it is seen by a look alone.
        const listed = new Set(list.servers.map(({ id }) => id));
        unseen = servers.servers.flatMap(({ id, status }) => (isInTransition(status) && !listed.has(id) ? id : []));
      }
    });
    await this.#lookAt(inTurn(unseen, this.#turn++));
  }

  async #loadPart(query: ListQuery): Promise<void> {
    const { servers, clock } = this.#options;
    let missing: readonly ServerId[] = [];
    await this.#load(query, (list, sentAt) => {
      missing = servers.applyPart(list, (server) => matchesQuery(server, query), sentAt, clock.now());
    });
    let seen: readonly (Server | undefined)[];
    if (missing.length > fewServers) {
      await this.#loadWhole();
      seen = missing.map((id) => servers.get(id));
    } else {
      seen = await this.#lookAt(missing);
    }
    this.#narrows &&= !seen.some((server) => server && matchesQuery(server, query));
  }

  /** The list is there: that one of them cannot be seen makes no failure of it. */
  #lookAt(ids: readonly ServerId[]): Promise<readonly (Server | undefined)[]> {
    return Promise.all(ids.map((id) => this.#options.loadServer(id).catch(() => undefined)));
  }

  async #load(query: ListQuery, apply: (list: ServerList, sentAt: number) => void): Promise<void> {
    const { servers, fetchList, clock } = this.#options;
    const sentAt = servers.now();
    const era = this.#era;
    servers.startLoading();
    try {
      apply(await fetchList(query), sentAt);
      this.#failed = undefined;
    } catch (thrown) {
      const error = AppError.from(thrown);
      // What a new token called off must not end the loading that was begun with that one.
      if (era === this.#era) {
        this.#failed = { at: clock.now(), error };
        servers.failLoading(error.kind === 'cancelled' ? undefined : error);
      }
      throw error;
    }
  }
}
