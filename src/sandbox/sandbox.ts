import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../core/clock.ts';
import type { Disposable, Event } from '../core/event.ts';
import { basePath, exchange, type ExchangeContext, type Intervene, type RecordedRequest } from './exchange.ts';
import { seedServers, type Seed } from './seed.ts';
import { readSnapshot } from './snapshot.ts';
import { World } from './world.ts';

const host = '127.0.0.1';
const maxRecorded = 1000;

export interface SandboxOptions {
  readonly clock?: Clock;
  /** How many times faster than life things happen, default 1. */
  readonly speed?: number;
  /** Default: a random one. */
  readonly token?: string;
  /** Default: any that is free. */
  readonly port?: number;
  /** A snapshot of an earlier run, which goes before `seed` and `credit`; anything else is ignored. */
  readonly state?: unknown;
  /** US dollars of monthly price that can be spent, default 100. */
  readonly credit?: number;
  /** Default `sample`. */
  readonly seed?: Seed;
  /** Is asked before every answer: how `faultySandbox.ts` makes things go wrong. */
  readonly intervene?: Intervene;
}

/** A running sample account. */
export interface Sandbox {
  /** The base URL, `http://127.0.0.1:PORT/api/v1`. */
  readonly url: string;
  /** The one token that is let in. */
  readonly token: string;
  readonly world: World;
  /** The last 1000 requests, the oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** The world changed: time to keep a snapshot. */
  readonly onDidChange: Event<void>;
  /** All that `state` needs to go on from here: JSON-safe, without the token. */
  snapshot(): unknown;
  /** Ends at once: open connections are cut, no timer is left. */
  close(): Promise<void>;
}

/**
 * Starts a simulated VPS.org on loopback: the servers endpoints, `/plans/` and `/account/me/`, over real HTTP.
 *
 * @throws Error (rejects) when the port cannot be had
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock = systemClock, speed = 1, credit = 100, seed = 'sample' } = options;
  const token = options.token ?? `vps_sample_${randomBytes(32).toString('hex')}`;
  const state = readSnapshot(options.state) ?? { credit, nextId: 12345, servers: seedServers(seed, clock.now()) };
  const world = new World(state, clock, speed > 0 ? speed : 1);
  const requests: RecordedRequest[] = [];
  const timers = new Set<Disposable>();

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    exchange(context, request, response).catch((error: unknown) => {
      // The sender went away half-way and will not see this, or there is a mistake here that must show.
      if (response.headersSent) {
        response.destroy();
      } else {
        response.writeHead(500, { 'Content-Type': 'text/plain' }).end(String(error));
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const context: ExchangeContext = {
    clock,
    token,
    port,
    world,
    intervene: options.intervene,
    timers,
    record: (request) => {
      requests.push(request);
      requests.splice(0, requests.length - maxRecorded);
    },
  };

  let closed: Promise<void> | undefined;
  return {
    url: `http://${host}:${port}${basePath}`,
    token,
    world,
    requests,
    onDidChange: world.onDidChange,
    snapshot: () => world.snapshot(),
    close: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        timers.forEach((timer) => timer.dispose());
        timers.clear();
      })),
  };
}
