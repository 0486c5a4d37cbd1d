import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../core/clock.ts';
import type { Event } from '../core/event.ts';
import { basePath, exchange, type ExchangeContext, type Interceptor } from './exchange.ts';
import { firstId, sampleServers } from './sampleServers.ts';
import { readSnapshot } from './snapshot.ts';
import { World } from './world.ts';

const host = '127.0.0.1';
/** Limits for every connection, so that no program on this computer can exhaust the extension host. */
const limits = {
  keepAliveTimeout: 60_000,
  headersTimeout: 10_000,
  /** For the whole request, not for the response, which a test may delay. */
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};
const maxConnections = 256;

/** US dollars of monthly price that a new sample account can spend. */
const startingCredit = 100;

export interface SandboxOptions {
  readonly clock?: Clock;
  /** Factor by which transitions and usage run faster than real time; default 1. */
  readonly speed?: number;
  /** Default: a random one. */
  readonly token?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** A snapshot of an earlier run; any other value starts with the sample servers. */
  readonly state?: unknown;
  /** Called before each response. */
  readonly intercept?: Interceptor;
}

/** A running sample account. */
export interface Sandbox {
  /** The base URL, `http://127.0.0.1:PORT/api/v1`. */
  readonly url: string;
  /** The only token that is accepted. */
  readonly token: string;
  readonly world: World;
  /** Fires when there is a new snapshot to store. */
  readonly onDidChange: Event<void>;
  /** JSON-safe state for the `state` option of a later run, without the token. */
  snapshot(): unknown;
  /** Cuts open connections and stops the server. */
  close(): Promise<void>;
}

/**
 * Starts a simulated VPS.org on loopback: the servers endpoints, `/plans/` and `/account/me/`, over real HTTP.
 *
 * @throws Error (rejects) when the port is not available
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock = systemClock, speed = 1 } = options;
  const token = options.token ?? `vps_sample_${randomBytes(32).toString('hex')}`;
  const state = readSnapshot(options.state) ?? {
    credit: startingCredit,
    nextId: firstId,
    servers: sampleServers(clock.now()),
  };
  const world = new World(state, clock, speed > 0 ? speed : 1);

  const server = createServer(limits, (request, response) => {
    exchange(context, request, response).catch((error: unknown) => {
      // Either the sender disconnected, and nobody reads this, or there is a bug, which must be visible.
      if (response.headersSent) {
        response.destroy();
      } else {
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
      }
    });
  });
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const context: ExchangeContext = { token, port, world, intercept: options.intercept };

  let closed: Promise<void> | undefined;
  return {
    url: `http://${host}:${port}${basePath}`,
    token,
    world,
    onDidChange: world.onDidChange,
    snapshot: () => world.snapshot(),
    close: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}
