import nodeFetch from 'node-fetch';
import { createServersApi } from '../../../src/api/client.ts';
import type { ServersApi } from '../../../src/api/client.ts';
import type { Fetch } from '../../../src/api/http/attempt.ts';
import type { Clock } from '../../../src/core/clock.ts';
import type { Exchange } from '../../../src/sandbox/exchange.ts';
import type { Fault } from '../../sandbox/faults.ts';
import { startFaultySandbox } from '../../sandbox/faultySandbox.ts';
import type { FaultySandbox } from '../../sandbox/faultySandbox.ts';
import { FakeClock, settle } from '../../support/fakeClock.ts';
import { faultDefinition } from '../faultCatalog.ts';
import type { FaultEnvironment } from '../faultCatalog.ts';
import { scriptsOf } from '../table.ts';
import type { FaultRow } from '../table.ts';
import { startOtherOrigin } from './otherOrigin.ts';
import type { Loopback } from '../../support/loopback.ts';
import { startHttpsFront } from './httpsFront.ts';
import { RequestRecorder } from './requestRecorder.ts';
import { explainError } from '../../../src/text/connection.ts';

const token = 'vps_fault-Table_0123456789';
const timeoutMs = 30_000;
/** All delays in the product are multiples of this, so that times in the table are exact. */
const stepMs = 250;
const maxWaitMs = 60 * 60_000;

/** A request as the sandbox received it. */
export interface ReceivedRequest {
  /** Milliseconds since 1970, by the clock of VPS.org. */
  readonly atMs: number;
  readonly exchange: Exchange;
  readonly fault: Fault | undefined;
}

interface Started {
  readonly sandbox: FaultySandbox;
  readonly otherOrigin: Loopback;
  readonly baseUrl: string;
  readonly fetch: Fetch;
}

/** A simulated VPS.org over real HTTP, a second origin, and a fake clock that advances only when no response is on its way. */
export class FaultHarness {
  readonly received: ReceivedRequest[] = [];
  readonly clock = new FakeClock();
  readonly token = token;
  readonly #recorder = new RequestRecorder(this.received);
  readonly #closing: (() => Promise<void>)[] = [];
  #started: Started | undefined;

  /** Starts everything that `row` needs. `scriptFaults` adds its faults. */
  static async start(row?: FaultRow): Promise<FaultHarness> {
    const harness = new FaultHarness();
    const { clock, received } = harness;
    const sandbox = await startFaultySandbox({
      clock,
      token,
      onRequest: (exchange, fault) => received.push({ atMs: clock.now(), exchange, fault }),
    });
    const otherOrigin = await startOtherOrigin();
    harness.#closing.push(
      () => sandbox.close(),
      () => otherOrigin.close(),
    );
    harness.#started = { sandbox, otherOrigin, baseUrl: sandbox.url, fetch: nodeFetch };
    if (row && faultDefinition(row.id).https) {
      const front = await startHttpsFront(sandbox.url);
      harness.#closing.unshift(() => front.close());
      harness.#started = { ...harness.#started, baseUrl: front.baseUrl, fetch: front.fetch };
    }
    return harness;
  }

  get sandbox(): FaultySandbox {
    return this.#running.sandbox;
  }

  get otherOrigin(): Loopback {
    return this.#running.otherOrigin;
  }

  get environment(): FaultEnvironment {
    const { baseUrl, otherOrigin } = this.#running;
    return {
      baseUrl,
      otherOrigin: otherOrigin.origin,
      timeoutMs,
      retryAfterSeconds: 2,
      now: () => this.clock.now(),
    };
  }

  /** The API client, with a separate clock for tests in which the clock jumps. */
  api(clock: Clock = this.clock): ServersApi {
    const { baseUrl, fetch } = this.#running;
    return createServersApi({
      explain: explainError,
      fetch: this.#recorder.wrap(fetch),
      baseUrl,
      token,
      clock,
      random: () => 0.5,
      timeoutMs: () => timeoutMs,
    });
  }

  /** Adds the faults of a row to the sandbox. */
  scriptFaults(row: FaultRow): void {
    for (const script of scriptsOf(row, this.environment)) {
      this.sandbox.faults.add(script);
    }
  }

  /** Advances the clock until `work` settles, and returns its result. */
  async runUntilSettled<T>(work: Promise<T>): Promise<T> {
    const state = { isSettled: false };
    const end = (): void => void (state.isSettled = true);
    work.then(end, end);
    await this.runUntil(() => state.isSettled);
    return await work;
  }

  /** Advances the clock until a condition holds. */
  async runUntil(condition: () => boolean): Promise<void> {
    for (let passedMs = 0; ;) {
      await settle();
      if (condition()) {
        return;
      }
      if (passedMs > maxWaitMs) {
        throw new Error('The condition did not hold within an hour.');
      }
      if (this.#recorder.isQuiet && !hasWork()) {
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
      throw new Error('The harness was not started.');
    }
    return this.#started;
  }
}

/** Whether the client continues in the next turn of the event loop: it reads large bodies in portions. */
function hasWork(): boolean {
  return process.getActiveResourcesInfo().includes('Immediate');
}

/** For the table: `1 POST, 2 GET in 0.75 s`. */
export function describeRequests(received: readonly ReceivedRequest[], tookMs: number): string {
  const methods = received.map(({ exchange }) => exchange.method);
  const counts = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET']
    .map((method) => [methods.filter((each) => each === method).length, method] as const)
    .filter(([count]) => count > 0)
    .map(([count, method]) => `${count} ${method}`);
  return `${counts.join(', ')}${tookMs > 0 ? ` in ${tookMs / 1000} s` : ''}`;
}
