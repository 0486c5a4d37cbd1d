import { systemClock } from '../../src/core/clock.ts';
import type { Disposable } from '../../src/core/event.ts';
import type { Exchange } from '../../src/sandbox/exchange.ts';
import { firstId } from '../../src/sandbox/sampleServers.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { applyFault } from './applyFault.ts';
import { Faults, type Fault } from './faults.ts';
import { RequestLog, type RecordedRequest } from './requestLog.ts';
import { seedServers, type Seed } from './seedServers.ts';

/** A sample account with scripted faults and a request log, for tests and `npm run sandbox`. */
export interface FaultySandbox extends Sandbox {
  /** Only this process can script faults, never the network. */
  readonly faults: Faults;
  /** The last 1000 requests, oldest first. */
  readonly requests: readonly RecordedRequest[];
}

export interface FaultySandboxOptions extends Omit<SandboxOptions, 'intercept'> {
  /** US dollars of monthly price that can be spent; default 100. A `state` takes precedence. */
  readonly credit?: number;
  /** Default `sample`. A `state` takes precedence. */
  readonly seed?: Seed;
  /** Called with every request and its fault, before the response. */
  readonly onRequest?: (exchange: Exchange, fault: Fault | undefined) => void;
}

/**
 * As `startSandbox`, with faults.
 *
 * @throws Error (rejects) when the port is not available
 */
export async function startFaultySandbox(
  options: FaultySandboxOptions = {},
): Promise<FaultySandbox> {
  const { clock = systemClock, credit = 100, seed = 'sample', onRequest, ...rest } = options;
  const faults = new Faults();
  const log = new RequestLog(clock);
  const timers = new Set<Disposable>();
  const sandbox = await startSandbox({
    ...rest,
    clock,
    state: rest.state ?? { credit, nextId: firstId, servers: seedServers(seed, clock.now()) },
    intercept: (exchange) => {
      log.record(exchange);
      const fault = faults.take(exchange.method, exchange.path);
      onRequest?.(exchange, fault);
      if (fault) {
        applyFault(fault, exchange, { clock, timers });
      }
      return fault !== undefined;
    },
  });
  return {
    ...sandbox,
    faults,
    requests: log.requests,
    close: async () => {
      timers.forEach((timer) => timer.dispose());
      timers.clear();
      await sandbox.close();
    },
  };
}
