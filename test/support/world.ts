import type { ServersApi } from '../../src/api/client.ts';
import type { StoredAccount } from '../../src/state/accountStore.ts';
import { anAccount } from './builders.ts';
import { fakeApi } from './fakeApi.ts';
import { FakeClock } from './fakeClock.ts';
import { MemorySecrets } from './memorySecrets.ts';
import { firstSession, startStateLayer } from './stateLayer.ts';
import type { StateLayerOptions } from './stateLayer.ts';

/** The state layer with a scripted API, signed in with one or more accounts. */
export async function signedIn(
  answers: Partial<ServersApi>,
  accounts: readonly StoredAccount[] = [anAccount()],
  options: Pick<StateLayerOptions, 'memento'> = {},
) {
  const clock = new FakeClock();
  const secrets = MemorySecrets.withAccounts(accounts);
  const { api, calls } = fakeApi(answers);
  const connected: string[] = [];
  const layer = await startStateLayer({
    ...options,
    clock,
    secrets,
    connect: (account) => {
      connected.push(account.token);
      return Promise.resolve({ api, dispose: () => undefined });
    },
  });
  return { ...layer, clock, secrets, session: firstSession(layer), api, calls, connected };
}
