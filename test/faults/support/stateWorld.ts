import type { Clock } from '../../../src/core/clock.ts';
import { AccountStore } from '../../../src/state/accountStore.ts';
import { Follower } from '../../../src/state/follower.ts';
import { Poller } from '../../../src/state/poller.ts';
import { ServerActions } from '../../../src/state/serverActions.ts';
import { ServerCreation } from '../../../src/state/serverCreation.ts';
import { Sessions } from '../../../src/state/sessions.ts';
import { anAccount } from '../../support/builders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import type { Stage } from './stage.ts';

/** The state layer as `app.ts` puts it together, signed in to the VPS.org of a stage. */
export async function stateWorld(stage: Stage, clock: Clock = stage.clock) {
  const secrets = new MemorySecrets();
  const account = anAccount({ apiUrl: stage.place.baseUrl, token: stage.token });
  await secrets.store('vpsOrg.accounts', JSON.stringify({ version: 1, accounts: [account] }));
  const accounts = new AccountStore(secrets, () => 'new-id', () => undefined);
  await accounts.load();
  const api = stage.api(clock);
  const sessions = new Sessions(accounts, () => Promise.resolve({ api, dispose: () => undefined }), clock);
  const follower = new Follower(sessions, clock);
  const [session] = sessions.all;
  if (!session) {
    throw new Error('No account to sign in with');
  }
  const poller = new Poller({ sessions, clock, random: () => 0.5, intervalMs: () => 60_000 });
  return {
    session,
    follower,
    poller,
    actions: new ServerActions(sessions, follower),
    creation: new ServerCreation(follower, clock),
    dispose: (): void => {
      poller.dispose();
      follower.dispose();
      sessions.dispose();
      accounts.dispose();
    },
  };
}

export type StateWorld = Awaited<ReturnType<typeof stateWorld>>;
