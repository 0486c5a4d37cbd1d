import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../src/core/errors.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { PlanCatalog } from '../../../src/state/planCatalog.ts';
import type { WaitResult } from '../../../src/state/statusWaiter.ts';
import type { ActionOutcome } from '../../../src/state/serverActions.ts';
import { target } from '../table.ts';
import type { FaultRow, RequestId } from '../table.ts';
import { newServer, newSettings } from './clientRunner.ts';
import { describeServers, knownServers } from './knownServers.ts';
import type { KnownServers } from './knownServers.ts';
import { describeRequests, FaultHarness } from './faultHarness.ts';
import type { ReceivedRequest } from './faultHarness.ts';
import { stateWorld } from './stateWorld.ts';
import type { StateWorld } from './stateWorld.ts';
import { describeCreation } from './messageTexts.ts';
import { errorText } from '../../../src/text/errors.ts';
import { describeOutcome } from '../../../src/text/outcomes.ts';

export interface StoreObservation {
  readonly message: string;
  readonly servers: string;
  readonly requests: string;
  readonly afterwards: string;
  /** All requests while the fault was active. */
  readonly received: readonly ReceivedRequest[];
  /** Requests that arrived at the other origin. */
  readonly strays: readonly IncomingMessage[];
  /** Differences from the servers of VPS.org after the fault ended and the list was refreshed. */
  readonly differences: readonly string[];
}

type Cells = Pick<StoreObservation, 'message' | 'servers' | 'requests' | 'afterwards'>;
type Runner = (harness: FaultHarness, world: StateWorld, row: FaultRow) => Promise<Cells>;

const ref = { accountId: 'account-1', serverId: target.id };

/** Runs a row through the state layer, signed in. */
export async function observeStore(row: FaultRow): Promise<StoreObservation> {
  const harness = await FaultHarness.start(row);
  const world = await stateWorld(harness);
  try {
    const cells = await runners[row.request](harness, world, row);
    const strays = [...harness.otherOrigin.received];
    const received = [...harness.received];
    world.poller.setViewed(false);
    harness.sandbox.faults.clear();
    await harness.runUntil(
      () => world.statusWaiter.count === 0 && !world.session.servers.load.isLoading,
    );
    await harness.runUntilSettled(world.session.refresh());
    return { ...cells, received, strays, differences: findDifferences(harness, world) };
  } finally {
    world.dispose();
    await harness.close();
  }
}

/** A refresh in the background, by the poller. */
const list: Runner = async (harness, { session, poller }, row) => {
  const { received, clock } = harness;
  const { servers } = session;
  poller.setViewed(true);
  await harness.runUntil(() => servers.load.loadedAt !== undefined);
  const before = knownServers(session);
  await clock.advance(59_000);
  harness.scriptFaults(row);
  const earlier = received.length;
  await harness.runUntil(() => received.length > earlier);
  const startMs = received[earlier]?.atMs ?? clock.now();
  await harness.runUntil(() => !servers.load.isLoading);
  const cells = describeEffects(harness, before, knownServers(session), earlier, startMs);
  const now = received.length;
  const message = servers.load.error ? errorText(servers.load.error) : '-';
  await harness.runUntil(() => received.length > now || clock.pendingCount === 0);
  const afterwards =
    received.length > now
      ? `polls again after ${((received[now]?.atMs ?? 0) - startMs) / 1000} s`
      : 'polling stops';
  return { ...cells, message, afterwards };
};

/** The first fetch while waiting for the end of a reboot. */
const server: Runner = async (harness, { session, statusWaiter }, row) => {
  harness.sandbox.world.setStatus(target.id, 'rebooting');
  await harness.runUntilSettled(session.refresh());
  const before = knownServers(session);
  const fetches: { error: unknown }[] = [];
  const load = session.loadServer.bind(session);
  session.loadServer = (...args) =>
    load(...args).then(
      (loaded) => {
        fetches.push({ error: loaded ? undefined : 'gone' });
        return loaded;
      },
      (error: unknown) => {
        fetches.push({ error });
        throw error;
      },
    );
  const ends: WaitResult[] = [];
  statusWaiter.onDidEnd((end) => ends.push(end));
  harness.scriptFaults(row);
  const earlier = harness.received.length;
  const rebooting = session.servers.get(target.id);
  if (rebooting) {
    statusWaiter.waitFor(ref, rebooting, 'active');
  }
  await harness.runUntil(() => harness.received.length > earlier);
  const startMs = harness.clock.now();
  await harness.runUntil(() => fetches.length > 0);
  const cells = describeEffects(harness, before, knownServers(session), earlier, startMs);
  harness.sandbox.faults.clear();
  await harness.runUntil(() => ends.length > 0);
  const error = fetches[0]?.error;
  const message = error instanceof AppError ? errorText(error) : error === 'gone' ? gone : '-';
  return { ...cells, message, afterwards: `waiting: ${ends[0]?.end}` };
};

const plans: Runner = async (harness, { session }, row) => {
  await harness.runUntilSettled(session.refresh());
  const before = knownServers(session);
  harness.scriptFaults(row);
  const earlier = harness.received.length;
  const startMs = harness.clock.now();
  const outcome = await harness.runUntilSettled(
    new PlanCatalog(harness.clock).load(session).then(
      (loaded) => ({ message: '-', afterwards: describePlans(loaded) }),
      (error: unknown) => ({ message: errorText(AppError.from(error)), afterwards: '-' }),
    ),
  );
  return {
    ...describeEffects(harness, before, knownServers(session), earlier, startMs),
    ...outcome,
  };
};

const gone = describeOutcome({ kind: 'gone' }, 'stop', target.name).text;

function runChange(
  action: Parameters<typeof describeOutcome>[1],
  send: (world: StateWorld) => Promise<ActionOutcome>,
): Runner {
  return async (harness, world, row) => {
    const { session, statusWaiter } = world;
    await harness.runUntilSettled(session.refresh());
    const before = knownServers(session);
    harness.scriptFaults(row);
    const earlier = harness.received.length;
    const startMs = harness.clock.now();
    const outcome = await harness.runUntilSettled(send(world));
    return {
      ...describeEffects(harness, before, knownServers(session), earlier, startMs),
      message: describeOutcome(outcome, action, target.name).text,
      afterwards: describeNext(world, statusWaiter.isWaiting(ref)),
    };
  };
}

const create: Runner = async (harness, world, row) => {
  const { session, creation, statusWaiter } = world;
  await harness.runUntilSettled(session.refresh());
  const before = knownServers(session);
  harness.scriptFaults(row);
  const earlier = harness.received.length;
  const startMs = harness.clock.now();
  const outcome = await harness.runUntilSettled(creation.create(session, newServer));
  return {
    ...describeEffects(harness, before, knownServers(session), earlier, startMs),
    message: describeCreation(outcome),
    afterwards: describeNext(world, statusWaiter.count > 0),
  };
};

const runners: Readonly<Record<RequestId, Runner>> = {
  list,
  server,
  plans,
  power: runChange('stop', ({ actions }) => actions.power(ref, 'stop')),
  beforeCreate: create,
  create,
  delete: runChange('delete', ({ actions }) => actions.delete(ref)),
  rename: runChange('rename', ({ actions }) =>
    actions.update(ref, 'rename', { name: newSettings.name }),
  ),
  save: runChange('rename', ({ actions }) => actions.replace(ref, newSettings)),
};

function describePlans(plans: readonly Plan[] | undefined): string {
  const locations = plans?.map((plan) => plan.locations.length) ?? [];
  return plans
    ? `offers ${plans.length} plans in up to ${Math.max(...locations)} locations`
    : 'offers a field for the plan ID';
}

function describeEffects(
  harness: FaultHarness,
  before: KnownServers,
  now: KnownServers,
  earlier: number,
  startMs: number,
): Omit<Cells, 'message' | 'afterwards'> {
  const received = harness.received.slice(earlier);
  return {
    servers: describeServers(before, now),
    requests: describeRequests(received, harness.clock.now() - startMs),
  };
}

function describeNext({ session }: StateWorld, isWaiting: boolean): string {
  return session.isRejected ? 'polling stops' : isWaiting ? 'waits for the status' : '-';
}

/** Differences between the store and VPS.org. */
function findDifferences(harness: FaultHarness, { session }: StateWorld): readonly string[] {
  const line = (server: { id: string | number; name: string; status: string }): string =>
    `${server.id} ${server.name} ${server.status}`;
  const real = harness.sandbox.world.servers.map(line);
  const shown = session.servers.servers.map(line);
  return [
    ...real.filter((each) => !shown.includes(each)).map((each) => `missing: ${each}`),
    ...shown.filter((each) => !real.includes(each)).map((each) => `extra: ${each}`),
    ...(session.servers.load.error ? [`error: ${session.servers.load.error.kind}`] : []),
    ...(session.isRejected ? ['still rejected'] : []),
  ];
}
