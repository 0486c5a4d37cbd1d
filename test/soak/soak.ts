import { setTimeout as delay } from 'node:timers/promises';
import nodeFetch from 'node-fetch';
import { createServersApi } from '../../src/api/client.ts';
import { groupServers } from '../../src/core/grouping.ts';
import { isInTransition } from '../../src/core/server.ts';
import type { Server } from '../../src/core/server.ts';
import { startFaultySandbox } from '../sandbox/faultySandbox.ts';
import type { FaultySandbox } from '../sandbox/faultySandbox.ts';
import { MemoryFiles } from '../support/memoryFiles.ts';
import { MemoryMemento } from '../support/memoryMemento.ts';
import { MemorySecrets } from '../support/memorySecrets.ts';
import { ActionGenerator } from './actionGenerator.ts';
import { FastClock } from './support/fastClock.ts';
import { Random } from './support/random.ts';
import { SoakWindow } from './support/soakWindow.ts';
import type { Shared } from './support/soakWindow.ts';
import { explainError } from '../../src/text/connection.ts';

export interface SoakOptions {
  readonly seed: number;
  /** Duration of the random part, in real time. */
  readonly realMs: number;
  /** Factor by which the clock runs faster than real time; default 60. */
  readonly speed?: number;
}

export interface SoakReport {
  readonly seed: number;
  readonly realSeconds: number;
  readonly simulatedHours: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly requests: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  /** Number of rows that were compared at the end, in both windows. */
  readonly compared: number;
  /** Megabytes in use after garbage collections in the second half; empty without `--expose-gc`. */
  readonly heapMB: readonly number[];
  /** Empty when everything is right. */
  readonly violations: readonly string[];
  readonly lastEvents: readonly string[];
}

/** Servers that both windows protect from the start. Other clients still change and delete them. */
const protectedIds = ['12345', '12347', '12350'];

/** Time limit for everything to settle at the end: longer than any transition, wait and time limit together. */
const settleLimitMs = 15 * 60_000;

/** Runs two windows of one person, changes by other clients and a failing network, then compares the result with VPS.org. */
export async function soak({ seed, realMs, speed = 60 }: SoakOptions): Promise<SoakReport> {
  const violations: string[] = [];
  const onRejection = (reason: unknown): void =>
    void violations.push(`unhandled: ${String(reason)}`);
  process.on('unhandledRejection', onRejection);
  const clock = new FastClock(speed);
  const random = new Random(seed);
  const requests = new Map<string, number>();
  const faults = new Map<string, number>();
  const sandbox = await startFaultySandbox({
    clock,
    credit: 1_000_000,
    onRequest: ({ method, path }, fault) => {
      if (method !== 'GET' && protectedIds.some((id) => path.startsWith(`/servers/${id}/`))) {
        violations.push(`${method} ${path} although the server is protected`);
      }
      requests.set(method, (requests.get(method) ?? 0) + 1);
      if (fault) {
        faults.set(fault.kind, (faults.get(fault.kind) ?? 0) + 1);
      }
    },
  });
  let ids = 0;
  const secrets = new MemorySecrets();
  const shared: Shared = {
    clock,
    secrets,
    files: new MemoryFiles(),
    makeId: () => `account-${++ids}`,
    random: () => random.next(),
    memento: new MemoryMemento(),
    protectedIds,
  };
  const windows = [await SoakWindow.open(shared), await SoakWindow.open(shared)];
  const actions = new ActionGenerator({
    random,
    sandbox,
    windows,
    reopen: () => SoakWindow.open(shared),
  });
  const startMs = Date.now();
  const heapMB: number[] = [];
  await actions.signIn();
  while (Date.now() - startMs < realMs) {
    actions.performAction();
    await delay(random.next() * 8);
    const passed = (Date.now() - startMs) / realMs;
    if (globalThis.gc && passed > 0.5 && heapMB.length < Math.floor((passed - 0.5) * 20)) {
      globalThis.gc();
      heapMB.push(process.memoryUsage().heapUsed / 1e6);
    }
  }
  const realSeconds = (Date.now() - startMs) / 1000;
  await settle(sandbox, windows, actions, clock);
  const compared = await compare(sandbox, windows, clock, violations);
  violations.push(...actions.violations(Object.fromEntries(requests)), ...findHeapGrowth(heapMB));
  violations.push(
    ...windows
      .filter(({ maxListRequests }) => maxListRequests > 1)
      .map(({ maxListRequests }) => `${maxListRequests} simultaneous list requests`),
  );
  windows.forEach((window) => window.dispose());
  await delay(20);
  if (clock.pendingCount > 0) {
    violations.push(`${clock.pendingCount} timers are still pending`);
  }
  if (secrets.listenerCount > 0) {
    violations.push(`${secrets.listenerCount} listeners are still registered`);
  }
  await sandbox.close();
  await delay(20);
  process.off('unhandledRejection', onRejection);
  return {
    seed,
    realSeconds,
    simulatedHours: (realSeconds * speed) / 3600,
    compared,
    heapMB,
    violations,
    actions: actions.done,
    outcomes: actions.outcomes,
    requests: Object.fromEntries(requests),
    faults: Object.fromEntries(faults),
    lastEvents: actions.lastEvents,
  };
}

/** Ends all faults and waits for pending actions and transitions. */
async function settle(
  sandbox: FaultySandbox,
  windows: readonly SoakWindow[],
  actions: ActionGenerator,
  clock: FastClock,
): Promise<void> {
  sandbox.faults.clear();
  await actions.settle();
  await actions.signIn();
  const startMs = clock.now();
  const isBusy = (): boolean =>
    sandbox.world.servers.some(({ status }) => isInTransition(status)) ||
    windows.some(({ statusWaiter }) => statusWaiter.count > 0);
  while (isBusy() && clock.now() - startMs < settleLimitMs) {
    await delay(20);
  }
}

/** Compares every row of both windows with VPS.org, field by field. Returns the number of rows. */
async function compare(
  sandbox: FaultySandbox,
  windows: readonly SoakWindow[],
  clock: FastClock,
  violations: string[],
): Promise<number> {
  const api = createServersApi({
    explain: explainError,
    fetch: nodeFetch,
    baseUrl: sandbox.url,
    token: sandbox.token,
    clock,
    timeoutMs: () => 600_000,
  });
  let compared = 0;
  for (const [index, window] of windows.entries()) {
    const [session, ...others] = window.sessions.all;
    if (!session || others.length > 0) {
      violations.push(`window ${index}: ${window.sessions.all.length} accounts`);
      continue;
    }
    await session
      .refresh()
      .catch((error: unknown) => violations.push(`window ${index}: ${String(error)}`));
    const actual = (await api.listServers()).servers;
    const shown = groupServers(session.servers.servers, 'location').flatMap(
      (group) => group.servers,
    );
    const expected = groupServers(actual, 'location').flatMap((group) => group.servers);
    compared += expected.length;
    if (shown.map(({ id }) => id).join() !== expected.map(({ id }) => id).join()) {
      violations.push(
        `window ${index}: rows ${shown.map(({ name }) => name).join()} instead of ${expected.map(({ name }) => name).join()}`,
      );
    }
    for (const server of expected) {
      const differing = differingFields(server, session.servers.get(server.id));
      violations.push(...differing.map((field) => `window ${index}: ${server.name}: ${field}`));
    }
    if (
      session.isRejected ||
      session.servers.load.error ||
      session.servers.load.total !== actual.length
    ) {
      violations.push(
        `window ${index}: ${session.isRejected ? 'rejected' : `error ${session.servers.load.error?.kind}, total ${session.servers.load.total}`}`,
      );
    }
  }
  return compared;
}

/** Compares all fields of a list reply. */
function differingFields(actual: Server, shown: Server | undefined): readonly string[] {
  const fields = [
    'name',
    'hostname',
    'status',
    'ipAddress',
    'location',
    'createdAt',
    'updatedAt',
  ] as const;
  return fields
    .filter((field) => shown?.[field] !== actual[field])
    .map((field) => `${field} ${String(shown?.[field])} instead of ${String(actual[field])}`);
}

/** The last samples may be at most 20% or 4 MB above the first samples of the second half. */
function findHeapGrowth(heapMB: readonly number[]): readonly string[] {
  const median = (values: readonly number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const [first, last] = [median(heapMB.slice(0, 3)), median(heapMB.slice(-3))];
  return heapMB.length >= 6 && last > first * 1.2 && last > first + 4
    ? [`heap grew from ${first.toFixed(1)} to ${last.toFixed(1)} MB`]
    : [];
}
