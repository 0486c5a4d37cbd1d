import type { ServersApi } from '../../src/api/api.ts';
import { AccountStore } from '../../src/state/accountStore.ts';
import type { StoredAccount } from '../../src/state/accountStore.ts';
import { Follower } from '../../src/state/follower.ts';
import { ServerActions } from '../../src/state/serverActions.ts';
import { Sessions } from '../../src/state/sessions.ts';
import { anAccount } from './builders.ts';
import { fakeApi } from './fakeApi.ts';
import { FakeClock } from './fakeClock.ts';
import { MemorySecrets } from './memorySecrets.ts';

/** The state layer around an API whose answers a test writes, signed in with one account or several. */
export async function signedIn(answers: Partial<ServersApi>, accounts: readonly StoredAccount[] = [anAccount()]) {
  const clock = new FakeClock();
  const secrets = new MemorySecrets();
  secrets.values.set('vpsOrg.accounts', JSON.stringify({ version: 1, accounts }));
  const accountStore = new AccountStore(secrets, () => 'new-id', () => undefined);
  await accountStore.load();
  const { api, calls } = fakeApi(answers);
  const connected: string[] = [];
  const sessions = new Sessions(
    accountStore,
    (account) => {
      connected.push(account.token);
      return Promise.resolve({ api, dispose: () => undefined });
    },
    clock,
  );
  const follower = new Follower(sessions, clock);
  const actions = new ServerActions(sessions, follower);
  const [session] = sessions.all;
  if (!session) {
    throw new Error('No account to sign in with');
  }
  return { clock, secrets, accountStore, sessions, session, follower, actions, calls, connected };
}
