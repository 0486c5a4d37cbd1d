import type { AccountOwner } from '../core/account.ts';
import type { Plan } from '../core/plan.ts';
import type { CreateRequest, ServerSettings } from '../core/requests.ts';
import type { PowerAction, Server, ServerFragment, ServerId } from '../core/server.ts';

/** Common to all calls. `signal` calls the request off: the promise rejects with kind `cancelled`. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ListQuery {
  /** Sent as `?status=`. */
  readonly status?: string | undefined;
  /** A datacenter code, sent as `?location=`. */
  readonly location?: string | undefined;
}

/** What a list call brought. */
export interface ServerList {
  /** In the order of the API, each id once. */
  readonly servers: readonly Server[];
  /** How many the API says there are; more than `servers.length` where it kept some back ("N of M"). */
  readonly total: number;
  /**
   * All that the API counts arrived, but an entry could not be read, or the list changed while its pages were fetched: a
   * server that is not in it may exist all the same.
   */
  readonly isDoubtful?: boolean;
}

/** The reply to a power call (endpoints 7 to 9). */
export interface PowerReply {
  /** Undefined where the reply named no usable server: the caller fetches it. */
  readonly server: ServerFragment | undefined;
  /** The server's words, one line of plain text. */
  readonly message: string | undefined;
}

export interface CreateReply {
  readonly server: Server;
  readonly message: string | undefined;
}

/**
 * The VPS.org REST API with one token, as documented in api.md. Every call rejects with an `AppError` and nothing else.
 * GET requests are repeated on passing faults; nothing else is ever sent twice.
 */
export interface ServersApi {
  /** `GET /servers/`, all pages. */
  listServers(query?: ListQuery, options?: CallOptions): Promise<ServerList>;
  /**
   * `POST /servers/`. Costs money: never repeated.
   *
   * @throws AppError; where `isUnclear` holds for it (also a good status without a server) it may have been made.
   */
  createServer(request: CreateRequest, options?: CallOptions): Promise<CreateReply>;
  /** `GET /servers/{id}/`. */
  getServer(id: ServerId, options?: CallOptions): Promise<Server>;
  /** `GET /servers/{id}/`, parsed but not interpreted: whatever JSON the API sent. */
  getServerJson(id: ServerId, options?: CallOptions): Promise<unknown>;
  /** `PUT /servers/{id}/`. Resolves with the server as the reply shows it, or undefined where it shows none. */
  replaceServer(id: ServerId, settings: ServerSettings, options?: CallOptions): Promise<Server | undefined>;
  /** `PATCH /servers/{id}/` with the named fields only. */
  updateServer(
    id: ServerId,
    settings: Partial<ServerSettings>,
    options?: CallOptions,
  ): Promise<Server | undefined>;
  /** `DELETE /servers/{id}/`. Cannot be undone; never repeated. */
  deleteServer(id: ServerId, options?: CallOptions): Promise<void>;
  /** `POST /servers/{id}/start/`, `/stop/` or `/reboot/`. Never repeated. A good status suffices to resolve. */
  power(id: ServerId, action: PowerAction, options?: CallOptions): Promise<PowerReply>;
  /**
   * `GET /account/me/` (companion). Undefined on 403, 404, 405 and 501 and for a reply that shows no owner: a normal day.
   * It does not say that the token is good then; `listServers` does.
   */
  getOwner(options?: CallOptions): Promise<AccountOwner | undefined>;
  /** `GET /plans/` (companion). Undefined on 403, 404, 405 and 501. */
  listPlans(location?: string, options?: CallOptions): Promise<readonly Plan[] | undefined>;
}
