import { AppError } from '../../src/core/errors.ts';
import { errorText } from '../../src/text/errors.ts';
import { UsagePoller } from '../../src/webviews/details/usagePoller.ts';
import { FaultHarness, describeRequests } from './support/faultHarness.ts';
import { JumpingClock } from './support/jumpingClock.ts';
import { describeServers, knownServers } from './support/knownServers.ts';
import { stateWorld } from './support/stateWorld.ts';
import type { StateWorld } from './support/stateWorld.ts';
import { target } from './table.ts';

/** By how much the clock of the computer is set. Timers and the clock of VPS.org are not affected. */
export const jumps = { 'one day ahead': 24 * 3_600_000, 'one day back': -24 * 3_600_000 } as const;
export type Jump = keyof typeof jumps;

interface Scene {
  readonly harness: FaultHarness;
  readonly world: StateWorld;
  readonly clock: JumpingClock;
  /** Sets the clock. */
  readonly jump: () => void;
}

interface ClockRow {
  /** What happens while the clock is set. */
  readonly title: string;
  /** Runs it and describes the result. */
  readonly run: (scene: Scene) => Promise<string>;
  /** Requests after the first list, and the result; one entry per jump when they differ. */
  readonly expected: ClockOutcome | Readonly<Record<Jump, ClockOutcome>>;
}

export interface ClockOutcome {
  readonly requests: string;
  readonly then: string;
}

const ref = { accountId: 'account-1', serverId: target.id };
const listPath = { method: 'GET', path: '/servers/' };

/** Puts the server into a permanent status and waits for another one. Returns how the waiting ended. */
async function waitForStuckServer(
  { harness, world, jump }: Scene,
  status: string,
  expectedStatus: string,
): Promise<string> {
  harness.sandbox.world.setStatus(target.id, status, true);
  await harness.runUntilSettled(world.session.refresh());
  const server = world.session.servers.get(target.id);
  const ends: string[] = [];
  world.statusWaiter.onDidEnd(({ end }) => ends.push(end));
  if (server) {
    world.statusWaiter.waitFor(ref, server, expectedStatus);
  }
  await harness.clock.advance(1_000);
  jump();
  await harness.runUntil(() => ends.length > 0);
  return ends.join();
}

export const clockRows: readonly ClockRow[] = [
  {
    title: 'the poller waits for its next refresh',
    run: async ({ harness, world, jump }) => {
      world.poller.setViewed(true);
      await harness.clock.advance(30_000);
      jump();
      const times: number[] = [];
      for (let refreshes = 1; refreshes <= 3; refreshes++) {
        const earlier = harness.received.length;
        await harness.runUntil(
          () => harness.received.length > earlier && !world.session.servers.load.isLoading,
        );
        times.push(harness.received.at(-1)?.atMs ?? 0);
      }
      return `polls again after ${gaps(times)
        .map((ms) => ms / 1000)
        .join(', ')} s`;
    },
    expected: { requests: '3 GET in 180 s', then: 'polls again after 60, 60 s' },
  },
  {
    title: 'waiting for a server that never settles',
    run: (scene) => waitForStuckServer(scene, 'rebooting', 'active'),
    expected: { requests: '64 GET in 606.25 s', then: 'gaveUp' },
  },
  {
    title: 'waiting after an action that had no effect',
    run: (scene) => waitForStuckServer(scene, 'active', 'stopped'),
    expected: { requests: '7 GET in 36.25 s', then: 'settled' },
  },
  {
    title: 'a request waits to be retried after a 429',
    run: async ({ harness, world, jump }) => {
      harness.sandbox.faults.add({
        match: listPath,
        times: 2,
        fault: { kind: 'status', status: 429 },
      });
      const refreshed = world.session.refresh();
      await harness.runUntil(() => harness.sandbox.faults.pending[0]?.used === 1);
      await harness.clock.advance(500);
      jump();
      return await outcomeOf(harness, refreshed);
    },
    expected: { requests: '3 GET in 4 s', then: 'succeeds' },
  },
  {
    title: 'a request times out',
    run: async ({ harness, world, jump }) => {
      harness.sandbox.faults.add({ match: listPath, times: Infinity, fault: { kind: 'hang' } });
      const refreshed = world.session.refresh();
      await harness.clock.advance(1_000);
      jump();
      return await outcomeOf(harness, refreshed);
    },
    expected: { requests: '2 GET in 60.25 s', then: 'VPS.org did not answer in time.' },
  },
  {
    title: 'a 429 has a `Retry-After` date one minute ahead by the clock of VPS.org',
    run: async ({ harness, world, jump }) => {
      jump();
      const headers = {
        Date: new Date(harness.clock.now()).toUTCString(),
        'Retry-After': new Date(harness.clock.now() + 60_000).toUTCString(),
      };
      harness.sandbox.faults.add({
        match: listPath,
        times: 3,
        fault: { kind: 'status', status: 429, headers },
      });
      return await outcomeOf(harness, world.session.refresh());
    },
    expected: {
      requests: '1 GET',
      then: 'VPS.org is rate limiting requests. Try again in 1 minute.',
    },
  },
  {
    title: 'an open panel waits after a 429 with `Retry-After` of two minutes',
    run: async ({ harness, world, clock, jump }) => {
      const one = { method: 'GET', path: `/servers/${target.id}/` };
      const headers = { 'Retry-After': '120' };
      harness.sandbox.faults.add({ match: one, fault: { kind: 'status', status: 429, headers } });
      const polling = new UsagePoller(clock, {
        isWanted: () => true,
        load: async (signal) => {
          await world.session.loadServer(target.id, signal);
        },
        onDidEnd: () => undefined,
      });
      polling.schedule();
      await harness.runUntil(() => polling.error !== undefined);
      jump();
      const before = harness.received.length;
      await harness.runUntil(
        () => harness.received.length >= before + 3 && polling.error === undefined,
      );
      const times = harness.received.slice(before - 1).map(({ atMs }) => atMs);
      polling.dispose();
      return `polls again after ${gaps(times)
        .map((ms) => ms / 1000)
        .join(', ')} s`;
    },
    expected: { requests: '4 GET in 150 s', then: 'polls again after 120, 15, 15 s' },
  },
];

export interface ObservedJump extends ClockOutcome {
  readonly servers: string;
  /** Requests that arrived at the other origin. */
  readonly strays: number;
}

/** Runs a row with the state layer over real HTTP. */
export async function observeJump(row: ClockRow, jump: Jump): Promise<ObservedJump> {
  const harness = await FaultHarness.start();
  const clock = new JumpingClock(harness.clock);
  const world = await stateWorld(harness, clock);
  try {
    await harness.runUntilSettled(world.session.refresh());
    const before = knownServers(world.session);
    const earlier = harness.received.length;
    const startMs = harness.clock.now();
    const then = await row.run({ harness, world, clock, jump: () => clock.jump(jumps[jump]) });
    return {
      then,
      requests: describeRequests(harness.received.slice(earlier), harness.clock.now() - startMs),
      servers: describeServers(before, knownServers(world.session)),
      strays: harness.otherOrigin.received.length,
    };
  } finally {
    world.dispose();
    await harness.close();
  }
}

async function outcomeOf(harness: FaultHarness, work: Promise<void>): Promise<string> {
  return await harness.runUntilSettled(
    work.then(
      () => 'succeeds',
      (error: unknown) => errorText(AppError.from(error)),
    ),
  );
}

function gaps(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
