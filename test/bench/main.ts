import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { observeBudget } from '../faults/requestBudget.ts';
import { markdownTable, writeGeneratedPart } from '../support/markdown.ts';
import type { ListFigures, ListsReport } from './lists.ts';
import { listBody } from './support/listBody.ts';
import { measureInVscode, type VscodeFigures } from './support/inVscode.ts';
import { middle } from './support/middle.ts';

/**
 * `npm run bench [-- --write]`: how fast and how frugal it is. Every figure is set against something else that was measured in
 * the same run, because machines differ from hour to hour. With `--write` the table goes into docs/performance.md.
 */

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly ratio: string;
  readonly goal: string;
}

const file = 'docs/performance.md';
const fleet = 40;

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function kB(bytes: number): string {
  return `${(bytes / 1_000).toFixed(0)} kB`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}

function goal(words: string, isMet: boolean): string {
  return `${words}: ${isMet ? 'met' : 'missed'}`;
}

function count(servers: number): string {
  return servers.toLocaleString('en');
}

function activationRow({ activation }: VscodeFigures): Row {
  const [ours, empty] = [middle(activation.ours), middle(activation.empty)];
  return {
    what: 'Activation, against an extension that does nothing',
    ...{ measured: ms(ours), against: ms(empty), ratio: times(ours / empty), goal: goal('at most 2x', ours <= 2 * empty) },
  };
}

function readyRow({ activation }: VscodeFigures): Row {
  const [ready, empty] = [middle(activation.ready), middle(activation.empty)];
  return {
    what: 'Activation until a first command has run, all that it needs read in, against an extension that does nothing',
    ...{ measured: ms(ready), against: ms(empty), ratio: times(ready / empty), goal: '-' },
  };
}

function listRow({ servers, treeMs, parseMs }: ListFigures): Row {
  const ratio = treeMs / parseMs;
  return {
    what: `List to tree, ${count(servers)} servers, against JSON.parse`,
    ...{ measured: ms(treeMs), against: ms(parseMs), ratio: times(ratio) },
    goal: servers === 10_000 ? goal('at most 5x', ratio <= 5) : '-',
  };
}

function growthRow(small: ListFigures, large: ListFigures): Row {
  const [each, eachOfMany] = [small.treeMs / small.servers, large.treeMs / large.servers];
  return {
    what: `List to tree for one of ${count(large.servers)} servers, against one of ${count(small.servers)}`,
    ...{ measured: `${(eachOfMany * 1_000).toFixed(1)} µs`, against: `${(each * 1_000).toFixed(1)} µs`, ratio: times(eachOfMany / each) },
    goal: goal('linear, at most 1.25x', eachOfMany <= 1.25 * each),
  };
}

function sameAgainRow({ servers, sameAgain, sameAgainMs, parseMs }: ListFigures): Row {
  return {
    what: `Refresh that brings nothing new, ${count(servers)} servers, against JSON.parse`,
    ...{ measured: `${ms(sameAgainMs)}, ${sameAgain.length} events`, against: ms(parseMs), ratio: times(sameAgainMs / parseMs) },
    goal: goal('no event', sameAgain.length === 0),
  };
}

/** Of two rows one is the group's, which says how many of its servers are active. */
function oneChangedRow({ servers, oneChanged, oneChangedMs, parseMs }: ListFigures): Row {
  return {
    what: `Refresh with one changed server, ${count(servers)} servers, against JSON.parse`,
    measured: `${ms(oneChangedMs)}, ${oneChanged.length} event for ${oneChanged.join(' and ')} rows`,
    ...{ against: ms(parseMs), ratio: times(oneChangedMs / parseMs) },
    goal: goal('its row and the count of its group', oneChanged.length === 1 && oneChanged[0] === 2),
  };
}

function filterRow({ servers, filterMs, parseMs }: ListFigures): Row {
  return {
    what: `One key in the filter, ${count(servers)} servers, against JSON.parse`,
    ...{ measured: ms(filterMs), against: ms(parseMs), ratio: times(filterMs / parseMs), goal: '-' },
  };
}

function memoryRow({ servers, parsed, tree }: ListsReport['memory']): Row {
  const thousands = servers / 1_000;
  return {
    what: 'Memory for 1,000 servers with all rows drawn, against the parsed list',
    ...{ measured: kB(tree / thousands), against: kB(parsed / thousands), ratio: times(tree / parsed), goal: '-' },
  };
}

async function trafficRows(): Promise<readonly Row[]> {
  const budgets = await observeBudget();
  const bytes = Buffer.byteLength(await listBody(fleet));
  const rowOf = (words: string, wanted: number): Row => {
    const budget = budgets.find((one) => one.words.startsWith(words));
    const requests = budget ? budget.list + budget.single : Number.NaN;
    return {
      what: `Requests and bytes in an hour, ${count(fleet)} servers, ${words}, against one list a minute`,
      measured: `${requests} requests, ${kB(requests * bytes)}`,
      against: `60 requests, ${kB(60 * bytes)}`,
      ...{ ratio: times(requests / 60), goal: goal(wanted === 0 ? 'none' : 'no more', requests <= wanted) },
    };
  };
  return [rowOf('idle', 60), rowOf('the view is hidden', 0)];
}

function panelRows({ panels }: VscodeFigures): readonly Row[] {
  const empty = middle(panels.empty);
  const rowOf = (what: string, values: readonly number[]): Row => ({
    what: `Opening the ${what}, command to first paint, against an empty panel`,
    ...{ measured: ms(middle(values)), against: ms(empty), ratio: times(middle(values) / empty), goal: '-' },
  });
  return [rowOf('details of a server', panels.details), rowOf('create form', panels.create)];
}

function measureLists(): ListsReport {
  const bundle = process.env.VPS_BENCH_LISTS;
  if (!bundle) {
    throw new Error('Run it by `npm run bench`.');
  }
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', bundle], { encoding: 'utf8' })) as ListsReport;
}

function machine(vscodeVersion: string): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  return `${date}: ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory}, Node ${process.versions.node}, VS Code ${vscodeVersion} in a headless Chromium.`;
}

console.log('Lists...');
const { lists, memory } = measureLists();
const [, thousand, tenThousand] = lists;
if (!thousand || !tenThousand) {
  throw new Error('Lists are missing.');
}
console.log('VS Code...');
const vscode = await measureInVscode();
const rows: readonly Row[] = [
  activationRow(vscode),
  readyRow(vscode),
  ...lists.map(listRow),
  growthRow(thousand, tenThousand),
  sameAgainRow(tenThousand),
  oneChangedRow(tenThousand),
  filterRow(tenThousand),
  memoryRow(memory),
  ...(await trafficRows()),
  ...panelRows(vscode),
];
const table = markdownTable(
  ['What', 'Measured', 'Against', 'Ratio', 'Goal'],
  rows.map((row) => [row.what, row.measured, row.against, row.ratio, row.goal]),
);
const text = `${machine(vscode.version)}\n\n${table}`;
console.log(`\n${text}\n`);
if (process.argv.includes('--write')) {
  writeGeneratedPart(file, 'bench', text);
}
