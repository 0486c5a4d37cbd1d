import { soak } from './soak.ts';

/** `npm run soak [-- --minutes 3 --seed 7]`: prints what was done and what came of it. */

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
  return `${sum} (${Object.entries(of).sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`).join(', ')})`;
}

const seed = argument('seed', Date.now() % 1_000_000);
console.log(`Seed ${seed}. Two windows and somebody else, against the simulated VPS.org with faults.`);
const report = await soak({ seed, realMs: argument('minutes', 3) * 60_000 });
const heap = report.heapMB.map((value) => value.toFixed(1));
for (const [what, text] of [
  ['time', `${report.realSeconds.toFixed(0)} s, which were ${report.simulatedHours.toFixed(1)} hours there`],
  ['deeds', counts(report.deeds)],
  ['outcomes', counts(report.outcomes)],
  ['requests', counts(report.requests)],
  ['faults', counts(report.faults)],
  ['rows compared', String(report.compared)],
  ['heap in MB', heap.length > 0 ? `${heap.at(0)} half-way, ${heap.at(-1)} at the end` : 'not asked for'],
  ['violations', report.violations.length === 0 ? 'none' : report.violations.join('\n  ')],
] as const) {
  console.log(`${what.padEnd(14)} ${text}`);
}
if (report.violations.length > 0) {
  console.log(`The last deeds: ${report.lastEvents.join(', ')}`);
  process.exitCode = 1;
}
// Nothing ends this but the end of everything that runs: timers and sockets that are left would keep it alive.
const stuck = setTimeout(() => {
  console.error(`Still running: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit(1);
}, 10_000);
stuck.unref();
