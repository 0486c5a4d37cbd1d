import type { ListQuery } from '../core/filter.ts';
import type { CreateRequest, ServerSettings } from '../core/requests.ts';
import type { PowerAction, Server, ServerFragment, ServerId } from '../core/server.ts';
import type { ApiCall } from './apiCall.ts';
import { fromCreateRequest, fromSettings, toFragment, toServer } from './decode/serverMapping.ts';
import { isRecord } from '../core/json.ts';
import { redactJson } from '../core/redactJson.ts';
import { badResponse } from './http/failure.ts';
import { serverPath } from './http/request.ts';
import type { CallOptions } from './http/transport.ts';

/** The result of `GET /servers/`. */
export interface ServerList {
  /** In the order of the API, each id once. */
  readonly servers: readonly Server[];
  /** The API's count; more than `servers.length` where the API held some back ("N of M"). */
  readonly total: number;
  /**
   * As many entries as the API counts arrived, but one could not be read or the list changed between its pages. A server
   * that is not in the list may still exist.
   */
  readonly mayBeIncomplete?: boolean;
  /** VPS.org's time when it sent the last page, in milliseconds since 1970; undefined where the reply has no `Date`. */
  readonly dateMs?: number | undefined;
}

export interface PowerReply {
  /** Undefined where the reply has no usable server: the caller fetches it. */
  readonly server: ServerFragment | undefined;
  /** The API's message, one line of plain text. */
  readonly message: string | undefined;
}

export interface CreateReply {
  readonly server: Server;
  /** The API's message, one line of plain text. */
  readonly message: string | undefined;
}

export interface ServerCalls {
  /** `GET /servers/`, all pages. */
  listServers(query?: ListQuery, options?: CallOptions): Promise<ServerList>;
  /**
   * `POST /servers/`. Costs money; never repeated.
   *
   * @throws AppError; where `isUnclear` holds for it (also a good status without a server) the server may exist.
   */
  createServer(request: CreateRequest, options?: CallOptions): Promise<CreateReply>;
  /** `GET /servers/{id}/`. */
  getServer(id: ServerId, options?: CallOptions): Promise<Server>;
  /** `GET /servers/{id}/`, the parsed JSON as sent, with the token redacted. */
  getServerJson(id: ServerId, options?: CallOptions): Promise<unknown>;
  /** `PUT /servers/{id}/`. Resolves with the server in the reply; undefined where the reply has none. */
  replaceServer(
    id: ServerId,
    settings: ServerSettings,
    options?: CallOptions,
  ): Promise<Server | undefined>;
  /** `PATCH /servers/{id}/` with the given settings only. Resolves as `replaceServer`. */
  updateServer(
    id: ServerId,
    settings: Partial<ServerSettings>,
    options?: CallOptions,
  ): Promise<Server | undefined>;
  /** `DELETE /servers/{id}/`. Cannot be undone; never repeated. */
  deleteServer(id: ServerId, options?: CallOptions): Promise<void>;
  /** `POST /servers/{id}/start/`, `/stop/` or `/reboot/`. Never repeated. Resolves on any good status. */
  power(id: ServerId, action: PowerAction, options?: CallOptions): Promise<PowerReply>;
}

export function createServerCalls(call: ApiCall): ServerCalls {
  /** Lists are searched for the plain token only, so the texts that customers choose are searched for its other forms. */
  const withoutToken = (server: Server): Server => {
    const name = call.redactToken(server.name);
    const hostname = server.hostname && call.redactToken(server.hostname);
    return name === server.name && hostname === server.hostname
      ? server
      : { ...server, name, hostname };
  };
  /**
   * A good status means that the change took effect. An unreadable reply costs the server in it, no more; so does one that
   * repeats only the settings, as many APIs do.
   */
  const change = async (
    method: 'PUT' | 'PATCH',
    id: ServerId,
    settings: Partial<ServerSettings>,
    options: CallOptions | undefined,
  ): Promise<Server | undefined> => {
    const request = { method, path: serverPath(id), body: fromSettings(settings) };
    const body = await call.changeJson(request, options);
    if (body === undefined) {
      return undefined;
    }
    const server = call.readAbout(id, request, (reportIssue) => toServer(body, '', reportIssue));
    return server?.ipAddress === undefined || server.status === 'unknown' ? undefined : server;
  };

  return {
    listServers: async (query, options) => {
      const request = { method: 'GET', path: '/servers/', query: { ...query } } as const;
      const { items, ...rest } = await call.list(request, toServer, options);
      return { servers: items.map(withoutToken), ...rest };
    },

    createServer: async (wanted, options) => {
      const request = {
        method: 'POST',
        path: '/servers/',
        body: fromCreateRequest(wanted),
      } as const;
      const { status, body } = await call.json(request, options);
      const server = call.read(request, (reportIssue) => toServer(body, '', reportIssue));
      if (server === undefined) {
        throw badResponse(request, 'wrongShape', status);
      }
      return { server, message: call.messageOf(body) };
    },

    getServer: async (id, options) => {
      const request = { method: 'GET', path: serverPath(id) } as const;
      const { status, body } = await call.json(request, options);
      const server = call.readAbout(id, request, (reportIssue) => toServer(body, '', reportIssue));
      if (server === undefined) {
        throw badResponse(request, 'wrongShape', status);
      }
      return server;
    },

    getServerJson: async (id, options) => {
      const { body } = await call.json({ method: 'GET', path: serverPath(id) }, options);
      // Shown as it is, and so would be a token that the API echoes.
      return redactJson(body, call.redactText);
    },

    replaceServer: (id, settings, options) => change('PUT', id, settings, options),
    updateServer: (id, settings, options) => change('PATCH', id, settings, options),

    deleteServer: async (id, options) => {
      await call.change({ method: 'DELETE', path: serverPath(id) }, options);
    },

    power: async (id, action, options) => {
      const request = { method: 'POST', path: serverPath(id, action) } as const;
      const body = await call.changeJson(request, options);
      const raw = isRecord(body) ? (body.server ?? undefined) : undefined;
      const server =
        raw === undefined
          ? undefined
          : call.readAbout(id, request, (reportIssue) => toFragment(raw, 'server', reportIssue));
      return { server, message: call.messageOf(body) };
    },
  };
}
