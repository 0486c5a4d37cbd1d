import type { ServersApi } from '../../src/api/client.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Server } from '../../src/core/server.ts';
import { aList, aServer } from '../support/builders.ts';
import { signedIn } from '../support/world.ts';

/** Number of requests in one hour, at the default interval of 60 seconds. */
export interface Budget {
  readonly title: string;
  /** `GET /servers/`. */
  readonly list: number;
  /** `GET /servers/{id}/`. */
  readonly single: number;
}

interface Scene {
  readonly title: string;
  readonly servers: readonly Server[];
  readonly isViewed?: boolean;
  /** Waits for all servers, as after an action. */
  readonly actedOn?: true;
  readonly fails?: AppError;
}

const hourMs = 3_600_000;

function fleet(count: number, inTransition: number): readonly Server[] {
  return Array.from({ length: count }, (_, index) =>
    aServer({ id: String(index + 1), status: index < inTransition ? 'rebooting' : 'active' }),
  );
}

const scenes: readonly Scene[] = [
  {
    title: 'the view is hidden or the window is inactive',
    servers: fleet(40, 40),
    isViewed: false,
  },
  { title: 'idle, 40 servers', servers: fleet(40, 0) },
  { title: '1 server is always in transition', servers: fleet(40, 1) },
  { title: '5 servers are always in transition', servers: fleet(40, 5) },
  { title: '40 servers are always in transition, without an action', servers: fleet(40, 40) },
  {
    title: '40 servers never settle after an action',
    servers: fleet(40, 40),
    actedOn: true,
  },
  {
    title: 'the token is rejected',
    servers: fleet(40, 0),
    fails: new AppError('unauthorized', '401', { status: 401 }),
  },
  {
    title: 'VPS.org does not respond',
    servers: fleet(40, 0),
    fails: new AppError('network', 'cut'),
  },
];

/** Counts the requests of the hour after the first list. */
export async function observeBudget(): Promise<readonly Budget[]> {
  const budgets: Budget[] = [];
  for (const scene of scenes) {
    budgets.push(await observe(scene));
  }
  return budgets;
}

async function observe({
  title,
  servers,
  isViewed = true,
  actedOn,
  fails,
}: Scene): Promise<Budget> {
  let isDown = false;
  const answers: Partial<ServersApi> = {
    listServers: () =>
      isDown && fails ? Promise.reject(fails) : Promise.resolve(aList(...servers)),
    getServer: (id) =>
      Promise.resolve(servers.find((server) => server.id === id) ?? aServer({ id })),
  };
  const { session, statusWaiter, poller, clock, calls, dispose } = await signedIn(answers);
  await session.refresh();
  poller.setViewed(isViewed);
  statusWaiter.setViewed(isViewed);
  for (const server of actedOn ? servers : []) {
    statusWaiter.waitFor({ accountId: session.account.id, serverId: server.id }, server, 'active');
  }
  isDown = true;
  const before = calls.length;
  await clock.advance(hourMs);
  const methods = calls.slice(before).map(({ method }) => method);
  dispose();
  const count = (name: string): number => methods.filter((method) => method === name).length;
  return { title, list: count('listServers'), single: count('getServer') };
}
