import type { Clock } from '../../../src/core/clock.ts';
import { anAccount } from '../../support/builders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { firstSession, startStateLayer } from '../../support/stateLayer.ts';
import type { FaultHarness } from './faultHarness.ts';

/** The state layer, signed in to the VPS.org of a harness. The caller disposes it. */
export async function stateWorld(harness: FaultHarness, clock: Clock = harness.clock) {
  const account = anAccount({ apiUrl: harness.environment.baseUrl, token: harness.token });
  const api = harness.api(clock);
  const layer = await startStateLayer({
    clock,
    secrets: MemorySecrets.withAccounts([account]),
    connect: () => Promise.resolve({ api, dispose: () => undefined }),
  });
  return { ...layer, session: firstSession(layer) };
}

export type StateWorld = Awaited<ReturnType<typeof stateWorld>>;
