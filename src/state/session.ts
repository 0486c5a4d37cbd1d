import type { ServersApi } from '../api/client.ts';
import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { AppError, isKind } from '../core/errors.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { ListQuery } from '../core/filter.ts';
import type { Server, ServerId } from '../core/server.ts';
import { loadGoneCheck } from './lazyModules.ts';
import { ListLoader } from './listLoader.ts';
import { ServerStore } from './serverStore.ts';
import type { Revision } from './serverStore.ts';

/** An API client for one account and token. */
export interface Connection extends Disposable {
  readonly api: ServersApi;
}

/** Connects to the API. For the sample account it starts the simulated API, and rejects when that fails. */
export type Connect = () => Promise<Connection>;

/**
 * A signed-in account: its servers and its connection to the API. Replacing the token creates a new connection and drops
 * replies to requests of the old one.
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
  /** The newest 401, until a later request succeeds. */
  #rejection: AppError | undefined;

  /** The label or the token changed, or the token was rejected or accepted again. */
  readonly onDidChange = this.#onDidChange.event;

  /** `onError` is called for every failed request. */
  constructor(
    account: Account,
    connect: Connect,
    clock: Clock,
    onError: (error: AppError) => void = () => undefined,
  ) {
    this.#account = account;
    this.#connect = connect;
    this.#onError = onError;
    this.#list = new ListLoader({
      servers: this.servers,
      clock,
      fetchList: (query, onWait) =>
        this.call((api, signal) => api.listServers(query, { signal, onWait })),
      fetchServer: (id) => this.#fetchServer(id),
    });
  }

  get account(): Account {
    return this.#account;
  }

  /** Why the API rejected the token; undefined while it does not. */
  get rejection(): AppError | undefined {
    return this.#rejection;
  }

  /** The API rejected the token. Nothing is sent in the background until there is a new one, or a request succeeds. */
  get isRejected(): boolean {
    return this.#rejection !== undefined;
  }

  /** Sets a new label or token. Keeps the servers and cancels requests of the old token. */
  replace(account: Account, connect: Connect): void {
    this.#account = account;
    this.#connect = connect;
    this.#disconnect();
    this.#rejection = undefined;
    this.servers.forgetError();
    this.#onDidChange.fire();
  }

  /**
   * Calls the API. A 401 marks the session as rejected.
   *
   * @throws AppError; of kind `cancelled` when `signal` aborts, the token is replaced or the account is signed out.
   */
  async call<T>(
    work: (api: ServersApi, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
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
      // A success of a request that was sent before the 401 proves nothing.
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
   * Loads the complete list into the store. Concurrent callers share one request.
   *
   * @throws AppError, which the store keeps too.
   */
  refresh(): Promise<void> {
    return this.#list.refresh();
  }

  /** Like `refresh`, but with a list that was requested at `revision` of the store or later. */
  refreshSince(revision: Revision): Promise<void> {
    return this.#list.refreshSince(revision);
  }

  /** Like `refresh`, but loads only the servers that match the query where the API can filter. */
  refreshShown(): Promise<void> {
    return this.#list.refreshShown();
  }

  /** Like `refresh`, unless a list was requested within the last `maxAgeMs`. */
  refreshIfOlder(maxAgeMs: number): Promise<void> {
    return this.#list.refreshIfOlder(maxAgeMs);
  }

  /** Sets the query of `refreshShown`. Returns whether it changed. */
  setQuery(query: ListQuery): boolean {
    return this.#list.setQuery(query);
  }

  /**
   * `GET /servers/{id}/` into the store. Resolves with undefined, and removes the server, when VPS.org answers 404 and a fresh
   * complete list lacks the server too.
   *
   * @throws AppError; `notFound` when no list confirms the 404. The server then stays in the store.
   */
  async loadServer(id: ServerId, signal?: AbortSignal): Promise<Server | undefined> {
    const sentAt = this.servers.nextRevision();
    try {
      return await this.#fetchServer(id, signal);
    } catch (error) {
      if (isKind(error, 'notFound') && (await this.checkGone(id, sentAt, signal)) === 'gone') {
        return undefined;
      }
      throw error;
    }
  }

  /** See `goneCheck.ts`, which is rarely needed. */
  async checkGone(
    id: ServerId,
    since = this.servers.nextRevision(),
    signal?: AbortSignal,
  ): Promise<Server | 'gone' | 'unknown'> {
    const { checkGone } = await loadGoneCheck();
    return checkGone(this, id, since, signal);
  }

  async #fetchServer(id: ServerId, signal?: AbortSignal): Promise<Server | undefined> {
    const sentAt = this.servers.nextRevision();
    const server = await this.call((api, abort) => api.getServer(id, { signal: abort }), signal);
    this.servers.applyServer(server, sentAt, true);
    return this.servers.get(id);
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

/** A function, because TypeScript narrows `signal.aborted` and assumes that it stays false. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
