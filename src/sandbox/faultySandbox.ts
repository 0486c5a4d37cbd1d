import type { Exchange } from './exchange.ts';
import { Faults, type Fault } from './faults.ts';
import { misbehave } from './misbehave.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

/** A sample account in which things go wrong on demand. For tests and `npm run sandbox`: it is not in the package. */
export interface FaultySandbox extends Sandbox {
  /** The script of what goes wrong; only this process can write it, never the network. */
  readonly faults: Faults;
}

export interface FaultySandboxOptions extends Omit<SandboxOptions, 'intervene'> {
  /** Told of every request and of the fault that it meets, before it is answered. */
  readonly onRequest?: (exchange: Exchange, fault: Fault | undefined) => void;
}

/**
 * As `startSandbox`, with faults that can be scripted.
 *
 * @throws Error (rejects) when the port cannot be had
 */
export async function startFaultySandbox(options: FaultySandboxOptions = {}): Promise<FaultySandbox> {
  const faults = new Faults();
  const sandbox = await startSandbox({
    ...options,
    intervene: (exchange) => {
      const fault = faults.take(exchange.method, exchange.path);
      options.onRequest?.(exchange, fault);
      if (fault) {
        misbehave(fault, exchange);
      }
      return fault !== undefined;
    },
  });
  return { ...sandbox, faults };
}
