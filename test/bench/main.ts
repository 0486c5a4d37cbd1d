import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { observeBudget } from '../faults/requestBudget.ts';
import { markdownTable, writeGeneratedSection } from '../support/markdown.ts';
import type { ListFigures, ListsReport } from './lists.ts';
import type { HostileFigures } from './support/hostileBodies.ts';
import { listBody } from './support/listBody.ts';
import { measureInVscode, type VscodeFigures } from './support/inVscode.ts';
import { median } from './support/median.ts';

/**
 * `npm run bench [-- --write]`: measures speed and memory. Every figure has a reference that is measured in the same run,
 * because the speed of a machine varies. With `--write` the table goes into docs/performance.md.
 */

interface Row {
  readonly title: string;
  readonly measured: string;
  readonly reference: string;
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

function goal(target: string, isMet: boolean): string {
  return `${target}: ${isMet ? 'met' : 'missed'}`;
}

function count(servers: number): string {
  return servers.toLocaleString('en');
}

function activationRow({ activation }: VscodeFigures): Row {
  const [ours, empty] = [median(activation.ours), median(activation.empty)];
  return {
    title: 'Activation, against an extension that does nothing',
    measured: ms(ours),
    reference: ms(empty),
    ratio: times(ours / empty),
    goal: goal('at most 2x', ours <= 2 * empty),
  };
}

function readyRow({ activation }: VscodeFigures): Row {
  const [ready, empty] = [median(activation.ready), median(activation.empty)];
  return {
    title:
      'Activation and first command, including lazy-loaded code, against an extension that does nothing',
    measured: ms(ready),
    reference: ms(empty),
    ratio: times(ready / empty),
    goal: '-',
  };
}

function listRow({ servers, treeMs, parseMs }: ListFigures): Row {
  const ratio = treeMs / parseMs;
  return {
    title: `List to tree, ${count(servers)} servers, against JSON.parse`,
    measured: ms(treeMs),
    reference: ms(parseMs),
    ratio: times(ratio),
    goal: servers === 10_000 ? goal('at most 3.5x', ratio <= 3.5) : '-',
  };
}

function growthRow(small: ListFigures, large: ListFigures): Row {
  const [each, eachOfMany] = [small.treeMs / small.servers, large.treeMs / large.servers];
  return {
    title: `List to tree for one of ${count(large.servers)} servers, against one of ${count(small.servers)}`,
    measured: `${(eachOfMany * 1_000).toFixed(1)} µs`,
    reference: `${(each * 1_000).toFixed(1)} µs`,
    ratio: times(eachOfMany / each),
    goal: goal('linear, at most 1.25x', eachOfMany <= 1.25 * each),
  };
}

function sameAgainRow({ servers, sameAgain, sameAgainMs, parseMs }: ListFigures): Row {
  return {
    title: `Refresh without changes, ${count(servers)} servers, against JSON.parse`,
    measured: `${ms(sameAgainMs)}, ${sameAgain.length} events`,
    reference: ms(parseMs),
    ratio: times(sameAgainMs / parseMs),
    goal: goal('no event', sameAgain.length === 0),
  };
}

/** Two rows change: the server and its group, which shows the number of active servers. */
function oneChangedRow({ servers, oneChanged, oneChangedMs, parseMs }: ListFigures): Row {
  return {
    title: `Refresh with one changed server, ${count(servers)} servers, against JSON.parse`,
    measured: `${ms(oneChangedMs)}, ${oneChanged.length} event for ${oneChanged.join(' and ')} rows`,
    reference: ms(parseMs),
    ratio: times(oneChangedMs / parseMs),
    goal: goal(
      'its row and the count of its group',
      oneChanged.length === 1 && oneChanged[0] === 2,
    ),
  };
}

/** Rows and message show totals, so a change of the list adds up all servers again: by group, and by account. */
function totalsRow({ servers, totalsMs, treeMs }: ListFigures): Row {
  return {
    title: `Price totals of ${count(servers)} servers, by group and account, against list to tree`,
    measured: ms(totalsMs),
    reference: ms(treeMs),
    ratio: times(totalsMs / treeMs),
    goal: goal('at most 0.05x', totalsMs <= 0.05 * treeMs),
  };
}

function filterRow({ servers, filterMs, parseMs }: ListFigures): Row {
  return {
    title: `One key press in the filter, ${count(servers)} servers, against JSON.parse`,
    measured: ms(filterMs),
    reference: ms(parseMs),
    ratio: times(filterMs / parseMs),
    goal: '-',
  };
}

function memoryRow({ servers, parsed, tree }: ListsReport['memory']): Row {
  const thousands = servers / 1_000;
  return {
    title: 'Memory for 1,000 servers with all rows rendered, against the parsed list',
    measured: kB(tree / thousands),
    reference: kB(parsed / thousands),
    ratio: times(tree / parsed),
    goal: '-',
  };
}

function configRow({ servers, configMs, jsonMs }: ListsReport['config']): Row {
  return {
    title: `Text of the SSH config for ${count(servers)} servers, against JSON.stringify of the list`,
    measured: ms(configMs),
    reference: ms(jsonMs),
    ratio: times(configMs / jsonMs),
    goal: goal('under a second', configMs < 1_000),
  };
}

function hostileRow({ title, turnMs, memory }: HostileFigures, { parseMs }: ListFigures): Row {
  return {
    title: `Longest turn of the event loop while reading ${title}, against JSON.parse of 10,000 servers`,
    measured: `${ms(turnMs)}, ${(memory / 1_000_000).toFixed(0)} MB`,
    reference: ms(parseMs),
    ratio: times(turnMs / parseMs),
    goal: goal('at most 200 ms and 300 MB', turnMs <= 200 && memory <= 300_000_000),
  };
}

async function trafficRows(): Promise<readonly Row[]> {
  const budgets = await observeBudget();
  const bytes = Buffer.byteLength(await listBody(fleet));
  const rowOf = (title: string, maxRequests: number): Row => {
    const budget = budgets.find((one) => one.title.startsWith(title));
    const requests = budget ? budget.list + budget.single : Number.NaN;
    return {
      title: `Requests and bytes per hour, ${count(fleet)} servers, ${title}, against one list per minute`,
      measured: `${requests} requests, ${kB(requests * bytes)}`,
      reference: `60 requests, ${kB(60 * bytes)}`,
      ratio: times(requests / 60),
      goal: goal(maxRequests === 0 ? 'none' : 'no more', requests <= maxRequests),
    };
  };
  return [rowOf('idle', 60), rowOf('the view is hidden', 0)];
}

function panelRows({ panels }: VscodeFigures): readonly Row[] {
  const empty = median(panels.empty);
  const rowOf = (panel: string, values: readonly number[]): Row => ({
    title: `Opening the ${panel}, from command to first paint, against an empty panel`,
    measured: ms(median(values)),
    reference: ms(empty),
    ratio: times(median(values) / empty),
    goal: '-',
  });
  return [rowOf('details of a server', panels.details), rowOf('create form', panels.create)];
}

function measureLists(): ListsReport {
  const bundle = process.env.VPS_BENCH_LISTS;
  if (!bundle) {
    throw new Error('Run it with `npm run bench`.');
  }
  return JSON.parse(
    execFileSync(process.execPath, ['--expose-gc', bundle], { encoding: 'utf8' }),
  ) as ListsReport;
}

function machine(vscodeVersion: string): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  return `${date}: ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory}, Node ${process.versions.node}, VS Code ${vscodeVersion} in a headless Chromium.`;
}

console.log('Lists...');
const { lists, memory, config, hostile } = measureLists();
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
  totalsRow(tenThousand),
  filterRow(tenThousand),
  memoryRow(memory),
  configRow(config),
  ...hostile.map((each) => hostileRow(each, tenThousand)),
  ...(await trafficRows()),
  ...panelRows(vscode),
];
const table = markdownTable(
  ['What', 'Measured', 'Reference', 'Ratio', 'Goal'],
  rows.map((row) => [row.title, row.measured, row.reference, row.ratio, row.goal]),
);
const text = `${machine(vscode.version)}\n\n${table}`;
console.log(`\n${text}\n`);
if (process.argv.includes('--write')) {
  writeGeneratedSection(file, 'bench', text);
}
