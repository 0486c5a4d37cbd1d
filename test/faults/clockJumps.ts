import { AppError } from '../../src/core/errors.ts';
import { UsagePolling } from '../../src/panels/usagePolling.ts';
import { Stage, requestsText } from './support/stage.ts';
import { JumpingClock } from './support/jumpingClock.ts';
import { keptText, known } from './support/kept.ts';
import { stateWorld } from './support/stateWorld.ts';
import type { StateWorld } from './support/stateWorld.ts';
import { errorText } from './support/words.ts';
import { victim } from './table.ts';

/** What the clock of the computer is set by. That of VPS.org goes on as it was, as do the timers. */
export const jumps = { 'a day ahead': 24 * 3_600_000, 'a day back': -24 * 3_600_000 } as const;
export type Jump = keyof typeof jumps;

interface Scene {
  readonly stage: Stage;
  readonly world: StateWorld;
  readonly clock: JumpingClock;
  /** Sets the clock. */
  readonly jump: () => void;
}

interface ClockRow {
  /** What is going on when the clock is set. */
  readonly words: string;
  /** Plays it, and tells in words what came of it. */
  readonly play: (scene: Scene) => Promise<string>;
  /** What the table says of it: requests after the list was there, and what came of it; for each jump where they differ. */
  readonly expected: ClockOutcome | Readonly<Record<Jump, ClockOutcome>>;
}

export interface ClockOutcome {
  readonly requests: string;
  readonly then: string;
}

const ref = { accountId: 'account-1', serverId: victim.id };
const listPath = { method: 'GET', path: '/servers/' };

/** Puts the server into a status that it never leaves by itself, and follows it. */
async function followStuck({ stage, world, jump }: Scene, status: string, target: string): Promise<string> {
  stage.sandbox.world.setStatus(victim.id, status, true);
  await stage.drive(world.session.refresh());
  const server = world.session.servers.get(victim.id);
  const ends: string[] = [];
  world.follower.onDidEnd(({ end }) => ends.push(end));
  if (server) {
    world.follower.follow(ref, server, target);
  }
  await stage.clock.advance(1_000);
  jump();
  await stage.passUntil(() => ends.length > 0);
  return ends.join();
}

export const clockRows: readonly ClockRow[] = [
  {
    words: 'the poller waits for its minute',
    play: async ({ stage, world, jump }) => {
      world.poller.setWatched(true);
      await stage.clock.advance(30_000);
      jump();
      const times: number[] = [];
      for (let looks = 1; looks <= 3; looks++) {
        const earlier = stage.met.length;
        await stage.passUntil(() => stage.met.length > earlier && !world.session.servers.load.isLoading);
        times.push(stage.met.at(-1)?.atMs ?? 0);
      }
      return `goes on every ${gaps(times).map((ms) => ms / 1000).join(' and ')} s`;
    },
    expected: { requests: '3 GET in 180 s', then: 'goes on every 60 and 60 s' },
  },
  {
    words: 'a server that never settles is followed',
    play: (scene) => followStuck(scene, 'rebooting', 'active'),
    expected: { requests: '64 GET in 606.25 s', then: 'gaveUp' },
  },
  {
    words: 'a server on which an action had no effect is followed',
    play: (scene) => followStuck(scene, 'active', 'stopped'),
    expected: { requests: '7 GET in 36.25 s', then: 'settled' },
  },
  {
    words: 'a request waits for its repeat after a 429',
    play: async ({ stage, world, jump }) => {
      stage.sandbox.faults.add({ match: listPath, times: 2, fault: { kind: 'status', status: 429 } });
      const refreshed = world.session.refresh();
      await stage.passUntil(() => stage.sandbox.faults.pending[0]?.used === 1);
      await stage.clock.advance(500);
      jump();
      return await outcomeOf(stage, refreshed);
    },
    expected: { requests: '3 GET in 4 s', then: 'succeeds' },
  },
  {
    words: 'a request runs into its time limit',
    play: async ({ stage, world, jump }) => {
      stage.sandbox.faults.add({ match: listPath, times: Infinity, fault: { kind: 'hang' } });
      const refreshed = world.session.refresh();
      await stage.clock.advance(1_000);
      jump();
      return await outcomeOf(stage, refreshed);
    },
    expected: { requests: '2 GET in 60.25 s', then: 'VPS.org did not answer in time.' },
  },
  {
    words: 'a 429 with a date follows, a minute ahead by the clock of VPS.org',
    play: async ({ stage, world, jump }) => {
      jump();
      const headers = { 'Retry-After': new Date(stage.clock.now() + 60_000).toUTCString() };
      stage.sandbox.faults.add({ match: listPath, times: 3, fault: { kind: 'status', status: 429, headers } });
      return await outcomeOf(stage, world.session.refresh());
    },
    expected: {
      'a day ahead': { requests: '3 GET in 0.75 s', then: 'VPS.org asks for fewer requests. Try again in 1 min.' },
      'a day back': { requests: '1 GET', then: 'VPS.org asks for fewer requests. Try again in 60 min.' },
    },
  },
  {
    words: 'an open panel waits after a 429 of two minutes',
    play: async ({ stage, world, clock, jump }) => {
      const one = { method: 'GET', path: `/servers/${victim.id}/` };
      const headers = { 'Retry-After': '120' };
      stage.sandbox.faults.add({ match: one, fault: { kind: 'status', status: 429, headers } });
      const polling = new UsagePolling(clock, {
        isWanted: () => true,
        load: async (signal) => {
          await world.session.loadServer(victim.id, signal);
        },
        onDidEnd: () => undefined,
      });
      polling.plan();
      await stage.passUntil(() => polling.error !== undefined);
      jump();
      const before = stage.met.length;
      await stage.passUntil(() => stage.met.length >= before + 3 && polling.error === undefined);
      const times = stage.met.slice(before - 1).map(({ atMs }) => atMs);
      polling.dispose();
      return `asks again after ${gaps(times).map((ms) => ms / 1000).join(', ')} s`;
    },
    expected: { requests: '4 GET in 150 s', then: 'asks again after 120, 15, 15 s' },
  },
];

export interface ObservedJump extends ClockOutcome {
  readonly kept: string;
  readonly strays: number;
}

/** Plays a row with the state layer over real HTTP. */
export async function observeJump(row: ClockRow, jump: Jump): Promise<ObservedJump> {
  const stage = await Stage.start();
  const clock = new JumpingClock(stage.clock);
  const world = await stateWorld(stage, clock);
  try {
    await stage.drive(world.session.refresh());
    const before = known(world.session);
    const earlier = stage.met.length;
    const startMs = stage.clock.now();
    const then = await row.play({ stage, world, clock, jump: () => clock.jump(jumps[jump]) });
    return {
      then,
      requests: requestsText(stage.met.slice(earlier), stage.clock.now() - startMs),
      kept: keptText(before, known(world.session)),
      strays: stage.elsewhere.requests.length,
    };
  } finally {
    world.dispose();
    await stage.close();
  }
}

async function outcomeOf(stage: Stage, work: Promise<void>): Promise<string> {
  return await stage.drive(
    work.then(
      () => 'succeeds',
      (error: unknown) => errorText(AppError.from(error)),
    ),
  );
}

function gaps(times: readonly number[]): readonly number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
