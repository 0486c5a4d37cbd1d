import { AppError } from '../../../src/core/errors.ts';
import type { Followed } from '../../../src/state/follower.ts';
import type { ActionOutcome } from '../../../src/state/serverActions.ts';
import { victim } from '../table.ts';
import type { FaultRow, RequestId } from '../table.ts';
import { newServer, newSettings } from './clientRunner.ts';
import { keptText, known } from './kept.ts';
import type { Known } from './kept.ts';
import { requestsText, Stage } from './stage.ts';
import type { Met } from './stage.ts';
import { stateWorld } from './stateWorld.ts';
import type { StateWorld } from './stateWorld.ts';
import { creationText, describeOutcome, errorText } from './words.ts';

export interface StoreObservation {
  readonly shown: string;
  readonly kept: string;
  readonly requests: string;
  readonly then: string;
  /** All that was met while the fault struck. */
  readonly met: readonly Met[];
  readonly strays: Stage['elsewhere']['requests'];
  /** What differs from VPS.org's own list after the fault ended and somebody refreshed; empty: nothing. */
  readonly leftWrong: readonly string[];
}

type Told = Pick<StoreObservation, 'shown' | 'kept' | 'requests' | 'then'>;
type Runner = (stage: Stage, world: StateWorld, row: FaultRow) => Promise<Told>;

const ref = { accountId: 'account-1', serverId: victim.id };

/** Runs a row through the state layer, signed in and with the list at hand. */
export async function observeStore(row: FaultRow): Promise<StoreObservation> {
  const stage = await Stage.start(row);
  const world = await stateWorld(stage);
  try {
    const told = await runners[row.request](stage, world, row);
    const strays = [...stage.elsewhere.requests];
    const met = [...stage.met];
    world.poller.setWatched(false);
    stage.sandbox.faults.clear();
    await stage.passUntil(() => world.follower.count === 0 && !world.session.servers.load.isLoading);
    await stage.drive(world.session.refresh());
    return { ...told, met, strays, leftWrong: differences(stage, world) };
  } finally {
    world.dispose();
    await stage.close();
  }
}

/** In the background, by the poller: that is what happens unasked, every minute. */
const list: Runner = async (stage, { session, poller }, row) => {
  const { met, clock } = stage;
  const { servers } = session;
  poller.setWatched(true);
  await stage.passUntil(() => servers.load.loadedAt !== undefined);
  const before = known(session);
  await clock.advance(59_000);
  stage.strike(row);
  const earlier = met.length;
  await stage.passUntil(() => met.length > earlier);
  const startMs = met[earlier]?.atMs ?? clock.now();
  await stage.passUntil(() => !servers.load.isLoading);
  const end = observed(stage, before, known(session), earlier, startMs);
  const now = met.length;
  const shown = servers.load.error ? errorText(servers.load.error) : '-';
  await stage.passUntil(() => met.length > now || clock.pendingCount === 0);
  const then = met.length > now ? `again after ${((met[now]?.atMs ?? 0) - startMs) / 1000} s` : 'not again by itself';
  return { ...end, shown, then };
};

/** While it is followed after a reboot; the fault strikes the first look. */
const one: Runner = async (stage, { session, follower }, row) => {
  stage.sandbox.world.setStatus(victim.id, 'rebooting');
  await stage.drive(session.refresh());
  const before = known(session);
  const looks: { error: unknown }[] = [];
  const load = session.loadServer.bind(session);
  session.loadServer = (...args) =>
    load(...args).then(
      (server) => {
        looks.push({ error: server ? undefined : 'gone' });
        return server;
      },
      (error: unknown) => {
        looks.push({ error });
        throw error;
      },
    );
  const ends: Followed[] = [];
  follower.onDidEnd((end) => ends.push(end));
  stage.strike(row);
  const earlier = stage.met.length;
  const server = session.servers.get(victim.id);
  if (server) {
    follower.follow(ref, server, 'active');
  }
  await stage.passUntil(() => stage.met.length > earlier);
  const startMs = stage.clock.now();
  await stage.passUntil(() => looks.length > 0);
  const told = observed(stage, before, known(session), earlier, startMs);
  stage.sandbox.faults.clear();
  await stage.passUntil(() => ends.length > 0);
  const [look] = looks;
  const shown = look?.error instanceof AppError ? errorText(look.error) : look?.error === 'gone' ? gone : '-';
  return { ...told, shown, then: `followed: ${ends[0]?.end}` };
};

const gone = describeOutcome({ kind: 'gone' }, 'stop', victim.name).text;

function changing(
  action: Parameters<typeof describeOutcome>[1],
  send: (world: StateWorld) => Promise<ActionOutcome>,
): Runner {
  return async (stage, world, row) => {
    const { session, follower } = world;
    await stage.drive(session.refresh());
    const before = known(session);
    stage.strike(row);
    const earlier = stage.met.length;
    const startMs = stage.clock.now();
    const outcome = await stage.drive(send(world));
    return {
      ...observed(stage, before, known(session), earlier, startMs),
      shown: describeOutcome(outcome, action, victim.name).text,
      then: afterwards(world, follower.isFollowing(ref)),
    };
  };
}

const create: Runner = async (stage, world, row) => {
  const { session, creation, follower } = world;
  await stage.drive(session.refresh());
  const before = known(session);
  stage.strike(row);
  const earlier = stage.met.length;
  const startMs = stage.clock.now();
  const outcome = await stage.drive(creation.create(session, newServer));
  return {
    ...observed(stage, before, known(session), earlier, startMs),
    shown: creationText(outcome),
    then: afterwards(world, follower.count > 0),
  };
};

const runners: Readonly<Record<RequestId, Runner>> = {
  list,
  one,
  power: changing('stop', ({ actions }) => actions.power(ref, 'stop')),
  beforeCreate: create,
  create,
  delete: changing('delete', ({ actions }) => actions.delete(ref)),
  rename: changing('rename', ({ actions }) => actions.update(ref, 'rename', { name: newSettings.name })),
  save: changing('rename', ({ actions }) => actions.replace(ref, newSettings)),
};

function observed(stage: Stage, before: Known, now: Known, earlier: number, startMs: number): Omit<Told, 'shown' | 'then'> {
  const met = stage.met.slice(earlier);
  return { kept: keptText(before, now), requests: requestsText(met, stage.clock.now() - startMs) };
}

function afterwards({ session }: StateWorld, isFollowed: boolean): string {
  return session.isRejected ? 'no more polling' : isFollowed ? 'followed' : '-';
}

/** Where the store says otherwise than VPS.org. */
function differences(stage: Stage, { session }: StateWorld): readonly string[] {
  const line = (server: { id: string | number; name: string; status: string }): string => `${server.id} ${server.name} ${server.status}`;
  const real = stage.sandbox.world.servers.map(line);
  const shown = session.servers.servers.map(line);
  return [
    ...real.filter((each) => !shown.includes(each)).map((each) => `missing: ${each}`),
    ...shown.filter((each) => !real.includes(each)).map((each) => `too much: ${each}`),
    ...(session.servers.load.error ? [`error: ${session.servers.load.error.kind}`] : []),
    ...(session.isRejected ? ['still rejected'] : []),
  ];
}
