import { createServersApi } from '../../../src/api/client.ts';
import type { FetchResponse } from '../../../src/api/http/attempt.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { median } from './median.ts';

export interface HostileFigures {
  readonly title: string;
  /** Milliseconds of the longest turn of the event loop while the client reads the body; median of all rounds. */
  readonly turnMs: number;
  /** Growth of heap and buffers in bytes at its highest, largest of all rounds. */
  readonly memory: number;
}

const mega = 1024 * 1024;
const rounds = 5;
const chunkBytes = 64 * 1024;

const repeated = (text: string, count: number): string => Array(count).fill(text).join(',');

const bodies: readonly { readonly title: string; readonly body: () => string }[] = [
  { title: '11 million empty objects', body: () => `[${repeated('{}', 11 * mega)}]` },
  {
    title: 'a plan with three million locations',
    body: () => `[{"id":1,"locations":[${repeated('"a"', 3 * mega)}]}]`,
  },
  {
    title: 'a server with a million different fields',
    body: () =>
      `[{"id":1,${Array.from({ length: mega }, (_, index) => `"f${index}":1`).join(',')}}]`,
  },
  {
    title: 'a server with a name of 6.5 MB',
    body: () => `[{"id":1,"name":"${'n'.repeat(6.5 * mega)}"}]`,
  },
  { title: 'five million nested lists', body: () => '['.repeat(5 * mega) },
];

/** Reads hostile bodies as the list of servers, each in chunks as they come from the network. */
export async function measureHostileBodies(): Promise<readonly HostileFigures[]> {
  const figures: HostileFigures[] = [];
  for (const { title, body } of bodies) {
    const bytes = Buffer.from(body());
    const found: { readonly turnMs: number; readonly memory: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      found.push(await measure(bytes));
    }
    figures.push({
      title,
      turnMs: median(found.map(({ turnMs }) => turnMs)),
      memory: Math.max(...found.map(({ memory }) => memory)),
    });
  }
  return figures;
}

async function measure(bytes: Buffer): Promise<{ turnMs: number; memory: number }> {
  gc?.();
  const reply = (): FetchResponse => ({ status: 200, headers: new Headers(), body: chunks(bytes) });
  const api = createServersApi({
    fetch: () => Promise.resolve(reply()),
    baseUrl: 'https://admin.vps.test/api/v1',
    token: 'vps_bench_token',
    clock: new FakeClock(),
    timeoutMs: () => 30_000,
  });
  const before = usedBytes();
  const end = { isReached: false };
  const result = api.listServers().then(
    () => (end.isReached = true),
    () => (end.isReached = true),
  );
  let turnMs = 0;
  let memory = 0;
  while (!end.isReached) {
    const startMs = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    turnMs = Math.max(turnMs, performance.now() - startMs);
    memory = Math.max(memory, usedBytes() - before);
  }
  await result;
  return { turnMs, memory };
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    await new Promise((resolve) => setImmediate(resolve));
    // A copy: the client keeps what it receives.
    yield Buffer.from(bytes.subarray(from, from + chunkBytes));
  }
}

function usedBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
