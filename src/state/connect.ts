import type { createServersApi } from '../api/client.ts';
import type { Fetch } from '../api/fetch.ts';
import type { ApiLog } from '../api/apiLog.ts';
import type { ServersApi } from '../api/api.ts';
import type { Clock } from '../core/clock.ts';
import type { Disposable } from '../core/event.ts';
import type { StoredAccount } from './accountStore.ts';
import type { Connection } from './session.ts';

/** A sample account that runs: where it listens, its token, and how to end it. */
export interface RunningSample extends Disposable {
  readonly url: string;
  readonly token: string;
}

export interface ApiParts {
  readonly createServersApi: typeof createServersApi;
  readonly fetch: Fetch;
}

export interface ConnectorOptions {
  /** The client and what it sends with; asked for with the first request. */
  readonly load: () => Promise<ApiParts>;
  readonly clock: Clock;
  readonly log: ApiLog;
  readonly timeoutMs: () => number;
  readonly userAgent: string;
  /** Starts the sample account; rejects where no port can be had. */
  readonly startSample: () => Promise<RunningSample>;
}

/** Makes the ways to the API. A token is bound here to the address it was entered for, for as long as it lives. */
export class Connector {
  readonly #options: ConnectorOptions;

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  async makeApi(apiUrl: string, token: string): Promise<ServersApi> {
    const { load, clock, log, timeoutMs, userAgent } = this.#options;
    const parts = await load();
    return parts.createServersApi({ fetch: parts.fetch, baseUrl: apiUrl, token, clock, log, timeoutMs, userAgent });
  }

  async connect(account: StoredAccount): Promise<Connection> {
    if (account.kind === 'token') {
      return { api: await this.makeApi(account.apiUrl, account.token), dispose: () => undefined };
    }
    const sample = await this.#options.startSample();
    return { api: await this.makeApi(sample.url, sample.token), dispose: () => sample.dispose() };
  }
}
