import { measureHostileBodies } from './support/hostileBodies.ts';
import type { HostileFigures } from './support/hostileBodies.ts';
import { listBody } from './support/listBody.ts';
import { measureConfig } from './support/listToConfig.ts';
import type { ConfigFigures } from './support/listToConfig.ts';
import { makeTree } from './support/listToTree.ts';
import { median } from './support/median.ts';

/**
 * Measures the time from the last byte of a list to its rows. Bundled like the extension, and run by `npm run bench` in a
 * separate process with nothing else in memory. Prints the result as JSON.
 */

export interface ListFigures {
  readonly servers: number;
  readonly bytes: number;
  /** Milliseconds, median of all rounds. */
  readonly parseMs: number;
  readonly treeMs: number;
  readonly sameAgainMs: number;
  readonly oneChangedMs: number;
  readonly filterMs: number;
  readonly totalsMs: number;
  /** Tree change events, each as the number of rows to render; 0 means all rows. */
  readonly sameAgain: readonly number[];
  readonly oneChanged: readonly number[];
}

export interface MemoryFigures {
  readonly servers: number;
  /** Heap size in bytes: the list as JSON.parse returns it, and servers with rows. */
  readonly parsed: number;
  readonly tree: number;
}

export interface ListsReport {
  readonly lists: readonly ListFigures[];
  readonly memory: MemoryFigures;
  readonly config: ConfigFigures;
  readonly hostile: readonly HostileFigures[];
}

const sizes = [
  { servers: 10, rounds: 400 },
  { servers: 1_000, rounds: 80 },
  { servers: 10_000, rounds: 20 },
];
/** Lets the JIT compiler optimize the code before the first measured round. */
const warmUpRounds = 5;

function heap(): number {
  if (!gc) {
    throw new Error('Run it with --expose-gc.');
  }
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

/** Measures everything in each round, so that a slow machine affects all figures alike. */
async function measure(servers: number, rounds: number): Promise<ListFigures> {
  const body = await listBody(servers);
  const changedBody = body.replace('"status":"active"', '"status":"rebooting"');
  const found: Record<'parse' | 'tree' | 'same' | 'one' | 'totals' | 'filter', number>[] = [];
  let sameAgain: readonly number[] = [];
  let oneChanged: readonly number[] = [];
  for (let round = -warmUpRounds; round < rounds; round++) {
    gc?.();
    const startMs = performance.now();
    JSON.parse(body);
    const parse = performance.now() - startMs;
    const tree = await makeTree();
    const first = await tree.refresh(body);
    await tree.draw();
    const same = await tree.refresh(body);
    const one = await tree.refresh(changedBody);
    const totals = tree.totals();
    const filter = await tree.filter('web 1');
    sameAgain = same.redrawn;
    oneChanged = one.redrawn;
    if (round >= 0) {
      found.push({ parse, tree: first.ms, same: same.ms, one: one.ms, totals, filter });
    }
  }
  return {
    servers,
    bytes: Buffer.byteLength(body),
    sameAgain,
    oneChanged,
    parseMs: median(found.map(({ parse }) => parse)),
    treeMs: median(found.map(({ tree }) => tree)),
    sameAgainMs: median(found.map(({ same }) => same)),
    oneChangedMs: median(found.map(({ one }) => one)),
    totalsMs: median(found.map(({ totals }) => totals)),
    filterMs: median(found.map(({ filter }) => filter)),
  };
}

async function measureMemory(servers: number): Promise<MemoryFigures> {
  const body = await listBody(servers);
  const empty = heap();
  const parsed: unknown = JSON.parse(body);
  const withParsed = heap();
  const tree = await makeTree();
  await tree.refresh(body);
  const rows = await tree.draw();
  const withTree = heap();
  // Uses both, so that they are not garbage collected before the measurement.
  const rowsAgain = await tree.draw();
  if (rows < servers || rowsAgain !== rows || typeof parsed !== 'object') {
    throw new Error(`Only ${rows} rows.`);
  }
  return { servers, parsed: withParsed - empty, tree: withTree - withParsed };
}

const lists: ListFigures[] = [];
for (const { servers, rounds } of sizes) {
  lists.push(await measure(servers, rounds));
}
const report: ListsReport = {
  lists,
  memory: await measureMemory(10_000),
  config: await measureConfig(10_000),
  // Last: it leaves the heap large.
  hostile: await measureHostileBodies(),
};
console.log(JSON.stringify(report));
