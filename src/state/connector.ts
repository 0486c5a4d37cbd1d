import type { createServersApi, ExplainError } from '../api/client.ts';
import type { Fetch } from '../api/http/attempt.ts';
import type { ApiLog } from '../api/http/transport.ts';
import type { ServersApi } from '../api/client.ts';
import type { Clock } from '../core/clock.ts';
import type { Disposable } from '../core/event.ts';
import type { StoredAccount } from './accountStore.ts';
import type { Connection } from './session.ts';

/** The running simulated API of the sample account; disposing it stops it. */
export interface RunningSample extends Disposable {
  readonly url: string;
  readonly token: string;
}

export interface ApiParts {
  readonly createServersApi: typeof createServersApi;
  readonly fetch: Fetch;
  readonly explain: ExplainError;
}

export interface ConnectorOptions {
  /** Loads the API client on first use. */
  readonly load: () => Promise<ApiParts>;
  readonly clock: Clock;
  readonly log: ApiLog;
  readonly timeoutMs: () => number;
  readonly userAgent: string;
  /** Rejects when no port is available. */
  readonly startSample: () => Promise<RunningSample>;
}

/** Creates connections to the API. Binds each token to the address that it was entered for. */
export class Connector {
  readonly #options: ConnectorOptions;

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  async makeApi(apiUrl: string, token: string): Promise<ServersApi> {
    const { load, clock, log, timeoutMs, userAgent } = this.#options;
    const parts = await load();
    return parts.createServersApi({
      fetch: parts.fetch,
      explain: parts.explain,
      baseUrl: apiUrl,
      token,
      clock,
      log,
      timeoutMs,
      userAgent,
    });
  }

  async connect(account: StoredAccount): Promise<Connection> {
    if (account.kind === 'token') {
      return { api: await this.makeApi(account.apiUrl, account.token), dispose: () => undefined };
    }
    const sample = await this.#options.startSample();
    return { api: await this.makeApi(sample.url, sample.token), dispose: () => sample.dispose() };
  }
}
