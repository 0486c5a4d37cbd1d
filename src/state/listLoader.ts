import type { ListQuery, ServerList } from '../api/api.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { isNarrow, isSameQuery, matchesQuery } from '../core/filter.ts';
import type { ServerId } from '../core/server.ts';
import type { ServerStore } from './serverStore.ts';

export interface ListLoaderOptions {
  readonly servers: ServerStore;
  readonly clock: Clock;
  /** `GET /servers/` (endpoint 1). */
  readonly fetchList: (query: ListQuery) => Promise<ServerList>;
  /** `GET /servers/{id}/` (endpoint 3) into the store; a 404 takes the server out of it. */
  readonly loadServer: (id: ServerId) => Promise<unknown>;
}

interface Running {
  readonly query: ListQuery;
  readonly done: Promise<void>;
}

type Scope = 'whole' | 'shown';

/** While a filter narrows the requests, the whole list is still asked for this often: counts and other groups stay true. */
const wholeEveryMs = 10 * 60_000;
/** So many servers that left a narrowed list are looked at one by one; for more the whole list is the cheaper answer. */
const fewServers = 5;

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

  /** The whole list, unless one arrived that was asked for within the last `maxAgeMs`. */
  async refreshIfOlder(maxAgeMs: number): Promise<void> {
    const ageMs = this.#options.clock.now() - (this.#wholeAt ?? -Infinity);
    // A clock that was set back makes ages negative: then nothing is known of them.
    if (ageMs < 0 || ageMs > maxAgeMs) {
      await this.refresh();
    }
  }

  /** The token is another one: what is under way does not count any more, and what the API can do is open again. */
  reset(): void {
    this.#running = undefined;
    this.#queued.clear();
    this.#narrows = true;
  }

  #mayNarrow(): boolean {
    const ageMs = this.#options.clock.now() - (this.#wholeAt ?? -Infinity);
    return this.#narrows && isNarrow(this.#query) && ageMs >= 0 && ageMs < wholeEveryMs;
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
    await this.#load({}, (list, sentAt) => {
      servers.applyList(list, sentAt, clock.now());
      this.#wholeAt = askedAt;
    });
  }

  async #loadPart(query: ListQuery): Promise<void> {
    const { servers, clock, loadServer } = this.#options;
    let missing: readonly ServerId[] = [];
    await this.#load(query, (list, sentAt) => {
      missing = servers.applyPart(list, (server) => matchesQuery(server, query), sentAt, clock.now());
    });
    if (missing.length > fewServers) {
      await this.#loadWhole();
    } else {
      await Promise.all(missing.map(loadServer));
    }
    this.#narrows &&= !missing.some((id) => {
      const server = servers.get(id);
      return server !== undefined && matchesQuery(server, query);
    });
  }

  async #load(query: ListQuery, apply: (list: ServerList, sentAt: number) => void): Promise<void> {
    const { servers, fetchList } = this.#options;
    const sentAt = servers.now();
    servers.startLoading();
    try {
      apply(await fetchList(query), sentAt);
    } catch (error) {
      servers.failLoading(isKind(error, 'cancelled') ? undefined : AppError.from(error));
      throw error;
    }
  }
}
