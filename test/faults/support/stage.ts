import nodeFetch from 'node-fetch';
import { createServersApi } from '../../../src/api/client.ts';
import type { ServersApi } from '../../../src/api/api.ts';
import type { Fetch } from '../../../src/api/fetch.ts';
import type { Clock } from '../../../src/core/clock.ts';
import type { Exchange } from '../../../src/sandbox/exchange.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { startFaultySandbox } from '../../../src/sandbox/faultySandbox.ts';
import type { FaultySandbox } from '../../../src/sandbox/faultySandbox.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { scriptable } from '../catalogue.ts';
import type { Place } from '../catalogue.ts';
import { scriptsOf } from '../table.ts';
import type { FaultRow } from '../table.ts';
import { startElsewhere } from './elsewhere.ts';
import type { Elsewhere } from './elsewhere.ts';
import { startHttpsFront } from './httpsFront.ts';
import { Tap } from './tap.ts';

const token = 'vps_fault-Table_0123456789';
const timeoutMs = 30_000;
/** Every wait of the code is a multiple of this, so that times come out exact. */
const stepMs = 250;
const patienceMs = 60 * 60_000;

/** What one request met at the sandbox. */
export interface Met {
  /** By the clock of VPS.org. */
  readonly atMs: number;
  readonly exchange: Exchange;
  readonly fault: Fault | undefined;
}

interface Started {
  readonly sandbox: FaultySandbox;
  readonly elsewhere: Elsewhere;
  readonly baseUrl: string;
  readonly fetch: Fetch;
}

/** A simulated VPS.org over real HTTP, another origin beside it, and a time that moves only while nothing else can. */
export class Stage {
  readonly met: Met[] = [];
  readonly clock = new FakeClock();
  readonly token = token;
  readonly #tap = new Tap(this.met);
  readonly #closing: (() => Promise<void>)[] = [];
  #started: Started | undefined;

  /** Starts everything that `row` needs, without its fault: that is for `strike`. */
  static async start(row?: FaultRow): Promise<Stage> {
    const stage = new Stage();
    const { clock, met } = stage;
    const sandbox = await startFaultySandbox({
      clock,
      token,
      onRequest: (exchange, fault) => met.push({ atMs: clock.now(), exchange, fault }),
    });
    const elsewhere = await startElsewhere();
    stage.#closing.push(() => sandbox.close(), () => elsewhere.close());
    stage.#started = { sandbox, elsewhere, baseUrl: sandbox.url, fetch: nodeFetch };
    if (row && scriptable(row.id).https) {
      const front = await startHttpsFront(sandbox.url);
      stage.#closing.unshift(() => front.close());
      stage.#started = { ...stage.#started, baseUrl: front.baseUrl, fetch: front.fetch };
    }
    return stage;
  }

  get sandbox(): FaultySandbox {
    return this.#running.sandbox;
  }

  get elsewhere(): Elsewhere {
    return this.#running.elsewhere;
  }

  get place(): Place {
    const { baseUrl, elsewhere } = this.#running;
    return { baseUrl, elsewhere: elsewhere.origin, timeoutMs, retryAfterSeconds: 2, now: () => this.clock.now() };
  }

  /** The client, with a time of its own where its clock is to jump. */
  api(clock: Clock = this.clock): ServersApi {
    const { baseUrl, fetch } = this.#running;
    return createServersApi({
      fetch: this.#tap.wrap(fetch),
      baseUrl,
      token,
      clock,
      random: () => 0.5,
      timeoutMs: () => timeoutMs,
    });
  }

  /** From now on the row's fault strikes. */
  strike(row: FaultRow): void {
    for (const script of scriptsOf(row, this.place)) {
      this.sandbox.faults.add(script);
    }
  }

  /** Lets the network do its part, and time pass where only time can help, until `work` has ended. */
  async drive<T>(work: Promise<T>): Promise<T> {
    const state = { isOver: false };
    const end = (): void => void (state.isOver = true);
    work.then(end, end);
    await this.passUntil(() => state.isOver);
    return await work;
  }

  /** As `drive`, until something holds. */
  async passUntil(holds: () => boolean): Promise<void> {
    for (let passedMs = 0; ; ) {
      await settle();
      if (holds()) {
        return;
      }
      if (passedMs > patienceMs) {
        throw new Error('waited for an hour');
      }
      if (this.#tap.isQuiet) {
        await this.clock.advance(stepMs);
        passedMs += stepMs;
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#closing.map((close) => close()));
  }

  get #running(): Started {
    if (!this.#started) {
      throw new Error('The stage was not started');
    }
    return this.#started;
  }
}

/** For the table: `1 POST, 2 GET in 0.75 s`. */
export function requestsText(met: readonly Met[], tookMs: number): string {
  const methods = met.map(({ exchange }) => exchange.method);
  const counts = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET']
    .map((method) => [methods.filter((each) => each === method).length, method] as const)
    .filter(([count]) => count > 0)
    .map(([count, method]) => `${count} ${method}`);
  return `${counts.join(', ')}${tookMs > 0 ? ` in ${tookMs / 1000} s` : ''}`;
}
