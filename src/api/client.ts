import type { AccountOwner } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { isKind } from '../core/errors.ts';
import type { Plan } from '../core/plan.ts';
import type { CreateRequest, ServerSettings } from '../core/requests.ts';
import type { PowerAction, Server, ServerId } from '../core/server.ts';
import type { CallOptions, CreateReply, ListQuery, PowerReply, ServerList, ServersApi } from './api.ts';
import type { ApiLog } from './apiLog.ts';
import { toOwner, toPlan } from './companionMapping.ts';
import { badResponse } from './failure.ts';
import type { Fetch } from './fetch.ts';
import { isRecord } from './json.ts';
import { mapEntries } from './listMapping.ts';
import type { MappedList } from './listMapping.ts';
import { fetchEntries } from './pages.ts';
import { clamp } from './plainText.ts';
import { ReplyReader } from './replyReader.ts';
import { serverPath } from './request.ts';
import type { ApiRequest } from './request.ts';
import { maxMessageLength, serverLine } from './serverLine.ts';
import { fromCreateRequest, fromSettings, serverMapper, toFragment, toServer } from './serverMapping.ts';
import { createTransport, onlyAppErrors } from './transport.ts';
import type { Transport } from './transport.ts';

export interface ServersApiOptions {
  /** node-fetch, or a stand-in. */
  readonly fetch: Fetch;
  /** With or without a slash at the end. The token is sent to this origin and to no other. */
  readonly baseUrl: string;
  readonly token: string;
  readonly clock: Clock;
  /** 0 up to 1; spreads the waits between repeats. */
  readonly random?: () => number;
  /** Milliseconds for one attempt, headers and body together; read anew for each. */
  readonly timeoutMs: () => number;
  readonly log?: ApiLog;
  /** `vps-org-vscode/<version>`. */
  readonly userAgent?: string;
}

const silentLog: ApiLog = { debug: () => undefined, warn: () => undefined };

/** The client for one token. Holds no connection and no timer between calls; nothing is to be disposed. */
export function createServersApi(options: ServersApiOptions): ServersApi {
  return new Client({ random: Math.random, log: silentLog, userAgent: 'vps-org-vscode', ...options });
}

class Client implements ServersApi {
  readonly #transport: Transport;
  readonly #reader: ReplyReader;
  readonly #log: ApiLog;

  constructor(options: Required<ServersApiOptions>) {
    this.#transport = createTransport(options);
    this.#reader = new ReplyReader(options.log);
    this.#log = options.log;
  }

  listServers(query: ListQuery = {}, options?: CallOptions): Promise<ServerList> {
    return this.#call(async () => {
      const request = { method: 'GET', path: '/servers/', query: { ...query } } as const;
      const { items: servers, ...rest } = await this.#list(request, serverMapper(), options);
      return { servers, ...rest };
    });
  }

  createServer(wanted: CreateRequest, options?: CallOptions): Promise<CreateReply> {
    return this.#call(async () => {
      const request = { method: 'POST', path: '/servers/', body: fromCreateRequest(wanted) } as const;
      const reply = await this.#transport.send(request, options);
      const body = this.#reader.json(request, reply);
      const server = this.#reader.read(request, (odd) => toServer(body, '', odd));
      if (server === undefined) {
        throw badResponse(request, 'wrongShape', reply.status);
      }
      return { server, message: this.#messageOf(body) };
    });
  }

  getServer(id: ServerId, options?: CallOptions): Promise<Server> {
    return this.#call(async () => {
      const request = { method: 'GET', path: serverPath(id) } as const;
      const reply = await this.#transport.send(request, options);
      const body = this.#reader.json(request, reply);
      const server = this.#reader.readAbout(id, request, (odd) => toServer(body, '', odd));
      if (server === undefined) {
        throw badResponse(request, 'wrongShape', reply.status);
      }
      return server;
    });
  }

  getServerJson(id: ServerId, options?: CallOptions): Promise<unknown> {
    return this.#call(async () => {
      const request = { method: 'GET', path: serverPath(id) } as const;
      const body = this.#reader.json(request, await this.#transport.send(request, options));
      // Shown as it is, so an echoed token would be too.
      return JSON.parse(JSON.stringify(body), (_key, value: unknown) =>
        typeof value === 'string' ? this.#transport.redactText(value) : value,
      ) as unknown;
    });
  }

  replaceServer(id: ServerId, settings: ServerSettings, options?: CallOptions): Promise<Server | undefined> {
    return this.#call(() => this.#change('PUT', id, settings, options));
  }

  updateServer(
    id: ServerId,
    settings: Partial<ServerSettings>,
    options?: CallOptions,
  ): Promise<Server | undefined> {
    return this.#call(() => this.#change('PATCH', id, settings, options));
  }

  deleteServer(id: ServerId, options?: CallOptions): Promise<void> {
    return this.#call(async () => {
      const request = { method: 'DELETE', path: serverPath(id) } as const;
      this.#reader.assertOfApi(request, await this.#transport.send(request, options));
    });
  }

  power(id: ServerId, action: PowerAction, options?: CallOptions): Promise<PowerReply> {
    return this.#call(async () => {
      const request = { method: 'POST', path: serverPath(id, action) } as const;
      const body = this.#reader.jsonIfAny(request, await this.#transport.send(request, options));
      const raw = isRecord(body) ? (body.server ?? undefined) : undefined;
      const server =
        raw === undefined
          ? undefined
          : this.#reader.readAbout(id, request, (odd) => toFragment(raw, 'server', odd));
      return { server, message: this.#messageOf(body) };
    });
  }

  getOwner(options?: CallOptions): Promise<AccountOwner | undefined> {
    return this.#call(async () => {
      const request = { method: 'GET', path: '/account/me/' } as const;
      try {
        const body = this.#reader.json(request, await this.#transport.send(request, options));
        return this.#reader.read(request, (odd) => toOwner(body, odd));
      } catch (error) {
        // A redirect is left to the caller: it can mean that this is not the API at all.
        if (isAbsent(error) || (isKind(error, 'badResponse') && error.reason !== 'redirect')) {
          return undefined;
        }
        throw error;
      }
    });
  }

  listPlans(location?: string, options?: CallOptions): Promise<readonly Plan[] | undefined> {
    return this.#call(async () => {
      const request = { method: 'GET', path: '/plans/', query: { location } } as const;
      try {
        return (await this.#list(request, toPlan, options)).items;
      } catch (error) {
        if (isAbsent(error)) {
          return undefined;
        }
        throw error;
      }
    });
  }

  async #list<T extends { readonly id: string }>(
    request: ApiRequest,
    toItem: Parameters<typeof mapEntries<T>>[1],
    options: CallOptions | undefined,
  ): Promise<MappedList<T>> {
    const list = await fetchEntries(request, {
      fetchBody: async (page) => {
        const reply = await this.#transport.send(page, options);
        return { value: this.#reader.json(page, reply), reply };
      },
      warn: (text) => this.#log.warn(text),
    });
    return this.#reader.readInTurns(request, (odd) => mapEntries(list, toItem, odd));
  }

  /**
   * The status says that the change took effect: a reply that cannot be read costs the server in it, no more. Likewise one
   * that shows the settings alone, as many APIs answer a change.
   */
  async #change(
    method: 'PUT' | 'PATCH',
    id: ServerId,
    settings: Partial<ServerSettings>,
    options: CallOptions | undefined,
  ): Promise<Server | undefined> {
    const request = { method, path: serverPath(id), body: fromSettings(settings) };
    const body = this.#reader.jsonIfAny(request, await this.#transport.send(request, options));
    const server =
      body === undefined
        ? undefined
        : this.#reader.readAbout(id, request, (odd) => toServer(body, '', odd));
    return server?.ipAddress === undefined || server.status === 'unknown' ? undefined : server;
  }

  #messageOf(body: unknown): string | undefined {
    const message = isRecord(body) && typeof body.message === 'string' ? body.message : '';
    return clamp(serverLine(message, this.#transport.redactText), maxMessageLength) || undefined;
  }

  #call<T>(call: () => Promise<T>): Promise<T> {
    return onlyAppErrors(this.#transport, call);
  }
}

/** Whether a companion endpoint is simply not there for us. */
function isAbsent(error: unknown): boolean {
  return (
    isKind(error, 'forbidden', 'notFound') ||
    (isKind(error, 'server') && (error.status === 405 || error.status === 501))
  );
}
