import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { root } from './paths.mjs';
import { ensureDependencies, runScript } from './setup.mjs';
import { runTier, tiers } from './tiers.mjs';
import { ensureVscode } from './vscodeInstall.mjs';

/** Every tier, with all the set-up: `npm test`. A failed tier does not keep the others from telling what they know. */

/** @typedef {import('./tiers.mjs').TierName} TierName */
/** @typedef {Omit<Awaited<ReturnType<typeof runTier>>, 'output'> & { name: TierName }} Result */

/** In characters. */
const longestFailure = 300;

/** @type {Result[]} */
const results = [];

/**
 * Runs a tier and prints its output in one piece: others run at the same time.
 * @param {TierName} name
 * @param {readonly string[]} [extraArgs]
 */
async function check(name, extraArgs = []) {
  const { only, needsPackage } = tiers[name];
  if (only && !existsSync(join(root, only))) return;
  if (needsPackage && !results.some((result) => result.name === 'package' && result.ok)) {
    results.push({ name, ok: false, seconds: 0, problem: 'was not run: there is no package' });
    return;
  }
  const { output: text, ...result } = await runTier(name, { output: 'capture', extraArgs });
  console.log(`\n=== ${name}\n${text.trimEnd()}`);
  results.push({ name, ...result });
}

/** @param {readonly TierName[]} names */
async function lane(names) {
  for (const name of names) await check(name);
}

function summary() {
  const order = Object.keys(tiers);
  const inOrder = results.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const rows = inOrder.map(({ name, ok, counts, seconds, problem }) => [
    ok ? 'ok' : 'FAILED',
    name,
    counts ? countWords(counts.passed + counts.failed) : '',
    `${seconds.toFixed(1)} s`,
    problem ?? (counts?.failed ? `${counts.failed} failed` : ''),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

/** @param {number} tests */
function countWords(tests) {
  return tests === 1 ? '1 test' : `${tests} tests`;
}

/** Once more at the end what failed, a line each: the whole reports are far above. */
function failures() {
  return results.flatMap(({ name, counts }) =>
    (counts?.failures ?? []).map((failure) => `${name}: ${failure.slice(0, longestFailure)}`),
  );
}

/** The plain form that build machines read. A tier that failed without saying of which test counts as one failure. */
function closingLine() {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0);
  const otherFailures = results.filter(({ ok, counts }) => !ok && !counts?.failed).length;
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed') + otherFailures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

await runScript(async () => {
  await ensureDependencies();
  // Fetched while the first tiers compute. A failure is told by the tier that needs what is missing.
  const fetched = Promise.allSettled([ensureBrowser(), ensureVscode('oldest'), ensureVscode('newest')]);
  // Two lanes for two cores: at VS Code one mostly waits. The longest tier begins as soon as there is a package.
  await check('package');
  // The newest VS Code runs what depends on it most; `npm run test:newest` runs everything there.
  const newest = () => check('newest', ['--grep', 'stopping and rebooting|details of a server']);
  const others = lane(['typecheck', 'lint', 'unit', 'faults', 'fuzz', 'soak', 'contract', 'integration', 'webview']);
  await Promise.all([fetched.then(() => check('e2e')), others.then(newest)]);
  console.log(`\n${[summary(), ...failures()].join('\n')}\n`);
  console.log(closingLine());
  return results.every(({ ok }) => ok) ? 0 : 1;
});
