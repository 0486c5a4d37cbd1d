import { soak } from './soak.ts';

/** `npm run soak [-- --minutes 3 --seed 7]`: prints a report of the run. */

function argument(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isFinite(value) || value <= 0) {
    throw new Error(`Usage: npm run soak [-- --minutes MINUTES --seed NUMBER]`);
  }
  return value;
}

function counts(of: Readonly<Record<string, number>>): string {
  const sum = Object.values(of).reduce((total, count) => total + count, 0);
  return `${sum} (${Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')})`;
}

const seed = argument('seed', Date.now() % 1_000_000);
console.log(`Seed ${seed}. Two windows and other clients use a simulated VPS.org with faults.`);
const report = await soak({ seed, realMs: argument('minutes', 3) * 60_000 });
const heap = report.heapMB.map((value) => value.toFixed(1));
for (const [label, text] of [
  [
    'time',
    `${report.realSeconds.toFixed(0)} s for ${report.simulatedHours.toFixed(1)} simulated hours`,
  ],
  ['actions', counts(report.actions)],
  ['outcomes', counts(report.outcomes)],
  ['requests', counts(report.requests)],
  ['faults', counts(report.faults)],
  ['rows compared', String(report.compared)],
  [
    'heap in MB',
    heap.length > 0 ? `${heap.at(0)} halfway, ${heap.at(-1)} at the end` : 'not measured',
  ],
  ['violations', report.violations.length === 0 ? 'none' : report.violations.join('\n  ')],
] as const) {
  console.log(`${label.padEnd(14)} ${text}`);
}
if (report.violations.length > 0) {
  console.log(`The last actions: ${report.lastEvents.join(', ')}`);
  process.exitCode = 1;
}
// The process ends by itself unless timers or sockets are still open.
const stuck = setTimeout(() => {
  console.error(`Still open: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}, 10_000);
stuck.unref();
