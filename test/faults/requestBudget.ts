import type { ServersApi } from '../../src/api/api.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Server } from '../../src/core/server.ts';
import { Poller } from '../../src/state/poller.ts';
import { aList, aServer } from '../support/builders.ts';
import { signedIn } from '../support/world.ts';

/** How many requests an hour brings, by what is going on, at the default interval of 60 seconds. */
export interface Budget {
  readonly words: string;
  /** `GET /servers/`. */
  readonly list: number;
  /** `GET /servers/{id}/`. */
  readonly single: number;
}

interface Scene {
  readonly words: string;
  readonly servers: readonly Server[];
  readonly isWatched?: boolean;
  /** Follow all of them, as after an action of a person's. */
  readonly actedOn?: true;
  readonly fails?: AppError;
}

const hourMs = 3_600_000;

function fleet(count: number, inTransition: number): readonly Server[] {
  return Array.from({ length: count }, (_, index) => aServer({ id: String(index + 1), status: index < inTransition ? 'rebooting' : 'active' }));
}

const scenes: readonly Scene[] = [
  { words: 'the view is hidden or the window is not active', servers: fleet(40, 40), isWatched: false },
  { words: 'idle, 40 servers', servers: fleet(40, 0) },
  { words: '1 server in transition all the time', servers: fleet(40, 1) },
  { words: '5 servers in transition all the time', servers: fleet(40, 5) },
  { words: '40 servers in transition all the time, noticed', servers: fleet(40, 40) },
  { words: '40 servers that a person acted on, never settling', servers: fleet(40, 40), actedOn: true },
  { words: 'the token is rejected', servers: fleet(40, 0), fails: new AppError('unauthorized', '401', { status: 401 }) },
  { words: 'VPS.org does not answer', servers: fleet(40, 0), fails: new AppError('network', 'cut') },
];

/** Counts the requests of an hour that begins when the view has shown its first list. */
export async function observeBudget(): Promise<readonly Budget[]> {
  const budgets: Budget[] = [];
  for (const scene of scenes) {
    budgets.push(await observe(scene));
  }
  return budgets;
}

async function observe({ words, servers, isWatched = true, actedOn, fails }: Scene): Promise<Budget> {
  let isDown = false;
  const answers: Partial<ServersApi> = {
    listServers: () => (isDown && fails ? Promise.reject(fails) : Promise.resolve(aList(...servers))),
    getServer: (id) => Promise.resolve(servers.find((server) => server.id === id) ?? aServer({ id })),
  };
  const { sessions, session, follower, clock, calls } = await signedIn(answers);
  const poller = new Poller({ sessions, clock, random: () => 0.5, intervalMs: () => 60_000 });
  await session.refresh();
  poller.setWatched(isWatched);
  follower.setWatched(isWatched);
  for (const server of actedOn ? servers : []) {
    follower.follow({ accountId: session.account.id, serverId: server.id }, server, 'active');
  }
  isDown = true;
  const before = calls.length;
  await clock.advance(hourMs);
  const methods = calls.slice(before).map(({ method }) => method);
  poller.dispose();
  follower.dispose();
  sessions.dispose();
  const count = (wanted: string): number => methods.filter((method) => method === wanted).length;
  return { words, list: count('listServers'), single: count('getServer') };
}
