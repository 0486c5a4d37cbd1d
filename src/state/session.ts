import type { ListQuery, ServersApi } from '../api/api.ts';
import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { Server, ServerId } from '../core/server.ts';
import { ListLoader } from './listLoader.ts';
import { ServerStore } from './serverStore.ts';

/** A way to the API for one account and one token. */
export interface Connection extends Disposable {
  readonly api: ServersApi;
}

/** Makes the way to the API. For the sample account this starts the simulated VPS.org; rejects where that fails. */
export type Connect = () => Promise<Connection>;

/**
 * One account at work: its servers, and the way to the API. When the token is replaced, the way is made anew and answers
 * that still come by the old one are dropped.
 */
export class Session implements Disposable {
  readonly servers = new ServerStore();
  readonly #list: ListLoader;
  readonly #onError: (error: AppError) => void;
  readonly #onDidChange = new Emitter<void>();
  #account: Account;
  #connect: Connect;
  #connection: Promise<Connection> | undefined;
  #abort = new AbortController();
  /** The newest 401, until it is made up for. */
  #rejection: AppError | undefined;

  /** The account's label changed, or its token was rejected, or accepted again. */
  readonly onDidChange = this.#onDidChange.event;

  /** `onError` hears of every request that failed. */
  constructor(account: Account, connect: Connect, clock: Clock, onError: (error: AppError) => void = () => undefined) {
    this.#account = account;
    this.#connect = connect;
    this.#onError = onError;
    this.#list = new ListLoader({
      servers: this.servers,
      clock,
      fetchList: (query) => this.call((api, signal) => api.listServers(query, { signal })),
      loadServer: (id) => this.loadServer(id),
    });
  }

  get account(): Account {
    return this.#account;
  }

  /** The API refused the token: nothing is asked any more until a new one comes. */
  get isRejected(): boolean {
    return this.#rejection !== undefined;
  }

  /** Takes a new label or token. The servers stay; what was under way with the old token is called off. */
  replace(account: Account, connect: Connect): void {
    this.#account = account;
    this.#connect = connect;
    this.#disconnect();
    this.#rejection = undefined;
    this.servers.forgetError();
    this.#onDidChange.fire();
  }

  /**
   * Speaks to the API. A 401 marks the session as rejected.
   *
   * @throws AppError; of kind `cancelled` when `signal` aborts, the token is replaced or the account signed out meanwhile.
   */
  async call<T>(work: (api: ServersApi, signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const own = this.#abort.signal;
    if (isAborted(own)) {
      throw AppError.cancelled();
    }
    try {
      this.#connection ??= this.#connect();
      const connection = this.#connection;
      const { api } = await connection.catch((error: unknown) => {
        if (this.#connection === connection) {
          this.#connection = undefined;
        }
        throw error;
      });
      const rejection = this.#rejection;
      const result = await work(api, signal ? AbortSignal.any([own, signal]) : own);
      own.throwIfAborted();
      // A success that was asked for before the 401 says nothing about it.
      if (rejection && rejection === this.#rejection) {
        this.#rejection = undefined;
        this.#onDidChange.fire();
      }
      return result;
    } catch (error) {
      if (isAborted(own)) {
        throw AppError.cancelled();
      }
      if (!isKind(error, 'cancelled')) {
        this.#onError(AppError.from(error));
      }
      if (isKind(error, 'unauthorized')) {
        const { isRejected } = this;
        this.#rejection = error;
        if (!isRejected) {
          this.#onDidChange.fire();
        }
      }
      throw AppError.from(error);
    }
  }

  /**
   * Fetches the whole list and stores it; one request at a time, callers share it.
   *
   * @throws AppError, which is stored too.
   */
  refresh(): Promise<void> {
    return this.#list.refresh();
  }

  /** As `refresh`; where the filter can be sent to the API, what it lets through will do. */
  refreshShown(): Promise<void> {
    return this.#list.refreshShown();
  }

  /** As `refresh`, unless a list arrived that was asked for within the last `maxAgeMs`. */
  refreshIfOlder(maxAgeMs: number): Promise<void> {
    return this.#list.refreshIfOlder(maxAgeMs);
  }

  /** What `refreshShown` asks for from now on. True where that is something else than before. */
  setQuery(query: ListQuery): boolean {
    return this.#list.setQuery(query);
  }

  /**
   * Fetches one server and stores it. Resolves with undefined when it does not exist any more; then the store forgets it.
   *
   * @throws AppError
   */
  async loadServer(id: ServerId, signal?: AbortSignal): Promise<Server | undefined> {
    const sentAt = this.servers.now();
    try {
      const server = await this.call((api, abort) => api.getServer(id, { signal: abort }), signal);
      this.servers.applyServer(server, sentAt, true);
      return this.servers.get(id);
    } catch (error) {
      if (isKind(error, 'notFound')) {
        this.servers.remove(id);
        return undefined;
      }
      throw error;
    }
  }

  dispose(): void {
    this.#disconnect();
    this.#abort.abort();
    this.#onDidChange.dispose();
    this.servers.dispose();
  }

  #disconnect(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#list.reset();
    this.#connection?.then(
      (connection) => connection.dispose(),
      () => undefined,
    );
    this.#connection = undefined;
  }
}

/** A function, because the compiler takes an aborted state that it saw once for settled. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
