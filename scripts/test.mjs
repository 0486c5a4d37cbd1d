import { ensureBrowser } from './browser.mjs';
import { runScript } from './runScript.mjs';
import { runTier, tiers } from './tiers.mjs';
import { ensureVscode } from './vscodeInstall.mjs';

/** Runs every tier with all of its set-up: `npm test`. The other tiers run even when one fails. */

/** @typedef {import('./tiers.mjs').TierName} TierName */
/** @typedef {Omit<Awaited<ReturnType<typeof runTier>>, 'output'> & { name: TierName }} Result */

const maxFailureLength = 300;

/** @type {Result[]} */
const results = [];

/**
 * Runs a tier and prints its output in one piece, because tiers run side by side.
 * @param {TierName} name
 * @param {readonly string[]} [extraArgs]
 */
async function check(name, extraArgs = []) {
  if (
    tiers[name].needsPackage &&
    !results.some((result) => result.name === 'package' && result.ok)
  ) {
    results.push({ name, ok: false, seconds: 0, problem: 'not run: there is no package' });
    return;
  }
  const { output: text, ...result } = await runTier(name, { output: 'capture', extraArgs });
  console.log(`\n=== ${name}\n${text.trimEnd()}`);
  results.push({ name, ...result });
}

/** The tiers that no lane has taken yet, with their arguments. @type {[name: TierName, ...args: string[]][]} */
const waiting = [
  ['workflows'],
  ['knip'],
  ['format'],
  ['typecheck'],
  ['lint'],
  ['contract'],
  ['unit'],
  ['faults'],
  ['fuzz'],
  ['ssh'],
  ['soak'],
  ['integration'],
  ['webview'],
  // Only the tests that depend most on VS Code run in the newest version; `npm run test:newest` runs all of them there.
  ['newest', '--grep', 'Power actions|Details view'],
];

/** Runs one tier after the other until none is left. */
async function lane() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, ...args] = next;
    await check(name, args);
  }
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
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {number} tests */
function countWords(tests) {
  return tests === 1 ? '1 test' : `${tests} tests`;
}

/** One line for each failed test, because the full reports are far above the summary. */
function failures() {
  return results.flatMap(({ name, counts }) =>
    (counts?.failures ?? []).map((failure) => `${name}: ${failure.slice(0, maxFailureLength)}`),
  );
}

/** The machine-readable result. A tier that failed without a failed test counts as one failure. */
function closingLine() {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    results.reduce((total, { counts }) => total + (counts?.[key] ?? 0), 0);
  const otherFailures = results.filter(({ ok, counts }) => !ok && !counts?.failed).length;
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed') + otherFailures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

await runScript(async () => {
  // Downloads run during the first tiers. A failed one is reported by the tier that needs it.
  const fetched = Promise.allSettled([
    ensureBrowser(),
    ensureVscode('oldest'),
    ensureVscode('newest'),
  ]);
  await check('package');
  // Two lanes for two cores. The longest tier starts as soon as there is a package.
  await Promise.all([fetched.then(() => check('e2e')).then(lane), lane()]);
  console.log(`\n${[summary(), ...failures()].join('\n')}\n`);
  console.log(closingLine());
  return results.every(({ ok }) => ok) ? 0 : 1;
});
