import { listBody } from './support/listBody.ts';
import { makeTree } from './support/listToTree.ts';
import { middle } from './support/middle.ts';

/**
 * From a list's last byte to its rows. Bundled as the extension is, and run by `npm run bench` in a process of its own, with
 * nothing else in its memory; what it found is printed as JSON.
 */

export interface ListFigures {
  readonly servers: number;
  readonly bytes: number;
  /** Milliseconds, the middle of all rounds. */
  readonly parseMs: number;
  readonly treeMs: number;
  readonly sameAgainMs: number;
  readonly oneChangedMs: number;
  readonly filterMs: number;
  /** Events that VS Code got, each as the number of rows to draw; 0 stands for all. */
  readonly sameAgain: readonly number[];
  readonly oneChanged: readonly number[];
}

export interface MemoryFigures {
  readonly servers: number;
  /** Bytes of heap for the list as JSON.parse makes it, and for servers and rows. */
  readonly parsed: number;
  readonly tree: number;
}

export interface ListsReport {
  readonly lists: readonly ListFigures[];
  readonly memory: MemoryFigures;
}

const sizes = [
  { servers: 10, rounds: 400 },
  { servers: 1_000, rounds: 80 },
  { servers: 10_000, rounds: 20 },
];
/** So that the compiler has seen everything before the first round counts. */
const warmUpRounds = 5;

function heap(): number {
  if (!gc) {
    throw new Error('Run it with --expose-gc.');
  }
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

/** Everything is measured in each round, one after the other: what slows the machine down slows all of it down. */
async function measure(servers: number, rounds: number): Promise<ListFigures> {
  const body = await listBody(servers);
  const changedBody = body.replace('"status":"active"', '"status":"rebooting"');
  const found: { parse: number; tree: number; same: number; one: number; filter: number }[] = [];
  let sameAgain: readonly number[] = [];
  let oneChanged: readonly number[] = [];
  for (let round = -warmUpRounds; round < rounds; round++) {
    gc?.();
    const beganAt = performance.now();
    JSON.parse(body);
    const parse = performance.now() - beganAt;
    const tree = await makeTree();
    const first = await tree.refresh(body);
    await tree.draw();
    const same = await tree.refresh(body);
    const one = await tree.refresh(changedBody);
    const filter = tree.filter('web 1');
    sameAgain = same.redrawn;
    oneChanged = one.redrawn;
    if (round >= 0) {
      found.push({ parse, tree: first.ms, same: same.ms, one: one.ms, filter });
    }
  }
  return {
    ...{ servers, bytes: Buffer.byteLength(body), sameAgain, oneChanged },
    parseMs: middle(found.map(({ parse }) => parse)),
    treeMs: middle(found.map(({ tree }) => tree)),
    sameAgainMs: middle(found.map(({ same }) => same)),
    oneChangedMs: middle(found.map(({ one }) => one)),
    filterMs: middle(found.map(({ filter }) => filter)),
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
  // Both are still needed here, so that nobody clears them away before they are weighed.
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
const report: ListsReport = { lists, memory: await measureMemory(10_000) };
console.log(JSON.stringify(report));
