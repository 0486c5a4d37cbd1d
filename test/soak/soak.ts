import { setTimeout as delay } from 'node:timers/promises';
import nodeFetch from 'node-fetch';
import { createServersApi } from '../../src/api/client.ts';
import { groupServers } from '../../src/core/grouping.ts';
import { isInTransition } from '../../src/core/server.ts';
import type { Server } from '../../src/core/server.ts';
import { startFaultySandbox } from '../../src/sandbox/faultySandbox.ts';
import type { FaultySandbox } from '../../src/sandbox/faultySandbox.ts';
import { MemoryFiles } from '../support/memoryFiles.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { Deeds } from './deeds.ts';
import { FastClock } from './support/fastClock.ts';
import { Random } from './support/random.ts';
import { SoakWindow } from './support/soakWindow.ts';
import type { Shared } from './support/soakWindow.ts';

export interface SoakOptions {
  readonly seed: number;
  /** Real time for the random part. */
  readonly realMs: number;
  /** How many times faster than life time runs. */
  readonly speed?: number;
}

export interface SoakReport {
  readonly seed: number;
  readonly realSeconds: number;
  readonly simulatedHours: number;
  readonly deeds: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  /** Rows that were compared at the end, in both windows. */
  readonly compared: number;
  /** Megabytes in use after a garbage collection, in the middle and at the end; empty where that cannot be asked for. */
  readonly heapMB: readonly number[];
  /** What went wrong: nothing should have. */
  readonly violations: readonly string[];
  readonly lastEvents: readonly string[];
}

/** How long everything may take to come to rest at the end: longer than any transition, wait and time limit together. */
const restMs = 15 * 60_000;

/** Two windows of one person, a third one who acts behind their backs, and a network that fails, for a while. Then a reckoning. */
export async function soak({ seed, realMs, speed = 60 }: SoakOptions): Promise<SoakReport> {
  const violations: string[] = [];
  const onRejection = (reason: unknown): void => void violations.push(`unhandled: ${String(reason)}`);
  process.on('unhandledRejection', onRejection);
  const clock = new FastClock(speed);
  const random = new Random(seed);
  const requests = new Map<string, number>();
  const faults = new Map<string, number>();
  const sandbox = await startFaultySandbox({
    clock,
    credit: 1_000_000,
    onRequest: ({ method }, fault) => {
      requests.set(method, (requests.get(method) ?? 0) + 1);
      if (fault) {
        faults.set(fault.kind, (faults.get(fault.kind) ?? 0) + 1);
      }
    },
  });
  let ids = 0;
  const secrets = new MemorySecrets();
  const shared: Shared = { clock, secrets, files: new MemoryFiles(), makeId: () => `account-${++ids}`, random: () => random.next() };
  const windows = [await SoakWindow.open(shared), await SoakWindow.open(shared)];
  const deeds = new Deeds({ random, sandbox, windows, reopen: () => SoakWindow.open(shared) });
  const startMs = Date.now();
  const heapMB: number[] = [];
  await deeds.signIn();
  while (Date.now() - startMs < realMs) {
    deeds.doSomething();
    await delay(random.next() * 8);
    const passed = (Date.now() - startMs) / realMs;
    if (globalThis.gc && passed > 0.5 && heapMB.length < Math.floor((passed - 0.5) * 20)) {
      globalThis.gc();
      heapMB.push(process.memoryUsage().heapUsed / 1e6);
    }
  }
  const realSeconds = (Date.now() - startMs) / 1000;
  await comeToRest(sandbox, windows, deeds, clock);
  const compared = await reckon(sandbox, windows, clock, violations);
  violations.push(...deeds.violations(Object.fromEntries(requests)), ...tooMuchHeap(heapMB));
  violations.push(...windows.filter(({ mostLists }) => mostLists > 1).map(({ mostLists }) => `${mostLists} lists at once`));
  windows.forEach((window) => window.dispose());
  await delay(20);
  if (clock.pendingCount > 0) {
    violations.push(`${clock.pendingCount} timers are left`);
  }
  if (secrets.listenerCount > 0) {
    violations.push(`${secrets.listenerCount} listeners are left`);
  }
  await sandbox.close();
  await delay(20);
  process.off('unhandledRejection', onRejection);
  return {
    ...{ seed, realSeconds, simulatedHours: (realSeconds * speed) / 3600, compared, heapMB, violations },
    deeds: deeds.done,
    outcomes: deeds.outcomes,
    requests: Object.fromEntries(requests),
    faults: Object.fromEntries(faults),
    lastEvents: deeds.lastEvents,
  };
}

/** No more faults and no more deeds: what is under way ends. */
async function comeToRest(sandbox: FaultySandbox, windows: readonly SoakWindow[], deeds: Deeds, clock: FastClock): Promise<void> {
  sandbox.faults.clear();
  await deeds.settle();
  await deeds.signIn();
  const startMs = clock.now();
  const isBusy = (): boolean =>
    sandbox.world.servers.some(({ status }) => isInTransition(status)) || windows.some(({ follower }) => follower.count > 0);
  while (isBusy() && clock.now() - startMs < restMs) {
    await delay(20);
  }
}

/** Compares every row of both windows with what VPS.org says, fact by fact. */
async function reckon(sandbox: FaultySandbox, windows: readonly SoakWindow[], clock: FastClock, violations: string[]): Promise<number> {
  const api = createServersApi({ fetch: nodeFetch, baseUrl: sandbox.url, token: sandbox.token, clock, timeoutMs: () => 600_000 });
  let compared = 0;
  for (const [index, window] of windows.entries()) {
    const [session, ...others] = window.sessions.all;
    if (!session || others.length > 0) {
      violations.push(`window ${index}: ${window.sessions.all.length} accounts`);
      continue;
    }
    await session.refresh().catch((error: unknown) => violations.push(`window ${index}: ${String(error)}`));
    const truth = (await api.listServers()).servers;
    const shown = groupServers(session.servers.servers, 'location').flatMap((group) => group.servers);
    const wanted = groupServers(truth, 'location').flatMap((group) => group.servers);
    compared += wanted.length;
    if (shown.map(({ id }) => id).join() !== wanted.map(({ id }) => id).join()) {
      violations.push(`window ${index}: rows ${shown.map(({ name }) => name).join()} instead of ${wanted.map(({ name }) => name).join()}`);
    }
    for (const server of wanted) {
      const differing = factsThatDiffer(server, session.servers.get(server.id));
      violations.push(...differing.map((fact) => `window ${index}: ${server.name}: ${fact}`));
    }
    if (session.isRejected || session.servers.load.error || session.servers.load.total !== truth.length) {
      violations.push(`window ${index}: ${session.isRejected ? 'rejected' : `error ${session.servers.load.error?.kind}, total ${session.servers.load.total}`}`);
    }
  }
  return compared;
}

/** Of all that a list tells. */
function factsThatDiffer(truth: Server, shown: Server | undefined): readonly string[] {
  const facts = ['name', 'hostname', 'status', 'ipAddress', 'location', 'createdAt', 'updatedAt'] as const;
  return facts.filter((fact) => shown?.[fact] !== truth[fact]).map((fact) => `${fact} ${String(shown?.[fact])} instead of ${String(truth[fact])}`);
}

/** Flat: the last samples are no more than a fifth and 4 MB above the first of the second half. */
function tooMuchHeap(heapMB: readonly number[]): readonly string[] {
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [first, last] = [median(heapMB.slice(0, 3)), median(heapMB.slice(-3))];
  return heapMB.length >= 6 && last > first * 1.2 && last > first + 4 ? [`heap grew from ${first.toFixed(1)} to ${last.toFixed(1)} MB`] : [];
}
