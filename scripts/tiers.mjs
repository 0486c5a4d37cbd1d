import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { ensureBrowser } from './browser.mjs';
import { outDir, root } from './paths.mjs';
import { run } from './processes.mjs';
import { ensureVscode } from './vscodeInstall.mjs';

/** The tiers of checks, from the cheapest to the dearest. `npm test` runs all of them, `scripts/run.mjs` one. */

/**
 * `failures`: a line for each failed test, with its title and what was wrong.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Counts
 */
/** @typedef {readonly string[]} Command arguments of Node: a program of node_modules or one of our scripts, and its own */
/**
 * @typedef {object} Tier
 * @property {readonly Command[]} commands run one after the other, up to the first that fails
 * @property {boolean} [needsPackage] wants dist/vps-org.vsix and what is in it
 * @property {boolean} [needsBrowser]
 * @property {import('./vscodeInstall.mjs').VscodeVersion} [vscode] the VS Code that it runs in
 * @property {boolean} [hasTests] reports counts, and there must be some
 * @property {string} [only] without this folder there is nothing to do
 */

const typescript = 'node_modules/typescript/bin/tsc';

/**
 * @param {string} folder
 * @param {number} limitMs for one test
 * @returns {Command}
 */
function mocha(folder, limitMs) {
  return [
    ...['--import', 'tsx', 'node_modules/mocha/bin/mocha.js'],
    ...['--reporter', 'test/support/reporter.cjs', '--timeout', String(limitMs)],
    ...(process.env['CI'] ? ['--forbid-only'] : []),
    `test/${folder}/**/*.test.ts`,
  ];
}

/** @satisfies {Record<string, Tier>} */
const definitions = {
  typecheck: {
    commands: ['.', 'src/webview', 'test/webview', 'scripts']
      .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))
      .map((folder) => [typescript, '-p', folder]),
  },
  lint: { commands: [['node_modules/eslint/bin/eslint.js', '.']] },
  package: { commands: [['scripts/package.mjs']] },
  unit: { commands: [mocha('unit', 5_000)], hasTests: true },
  faults: { commands: [mocha('faults', 20_000)], hasTests: true },
  soak: { commands: [mocha('soak', 60_000)], hasTests: true },
  fuzz: { commands: [mocha('fuzz', 60_000)], hasTests: true },
  contract: { commands: [mocha('contract', 20_000)], needsPackage: true, hasTests: true },
  webview: { commands: [mocha('webview', 20_000)], needsPackage: true, needsBrowser: true, hasTests: true, only: 'test/webview' },
  integration: {
    commands: [['esbuild.mjs', '--tests'], ['scripts/integration.mjs', 'oldest']],
    ...{ needsPackage: true, needsBrowser: true, vscode: 'oldest', hasTests: true },
  },
  e2e: { commands: [mocha('e2e', 120_000)], needsPackage: true, needsBrowser: true, vscode: 'oldest', hasTests: true },
  newest: { commands: [mocha('e2e', 120_000)], needsPackage: true, needsBrowser: true, vscode: 'newest', hasTests: true },
  desktop: { commands: [['esbuild.mjs', '--tests'], ['scripts/integration.mjs', 'desktop']], needsPackage: true, hasTests: true },
};

/** @typedef {keyof typeof definitions} TierName */

/** @type {Record<TierName, Tier>} */
export const tiers = definitions;

/**
 * @param {string} name
 * @returns {name is TierName}
 */
export function isTierName(name) {
  return Object.hasOwn(tiers, name);
}

/**
 * Runs one tier, whose package is there already.
 * @param {TierName} name
 * @param {{ extraArgs?: readonly string[], output?: 'inherit' | 'capture' }} [options] `extraArgs` go to its last command
 * @returns {Promise<{ ok: boolean, counts?: Counts, output: string, seconds: number, problem?: string }>}
 */
export async function runTier(name, { extraArgs = [], output = 'inherit' } = {}) {
  const { commands, needsBrowser, vscode, hasTests } = tiers[name];
  const env = { ...process.env };
  if (needsBrowser) env['CHROME_PATH'] = await ensureBrowser();
  if (vscode) {
    await ensureVscode(vscode);
    env['VPS_TEST_VSCODE'] = vscode;
  }
  const countsFile = join(outDir, 'counts', `${name}.json`);
  await rm(countsFile, { force: true });
  if (hasTests) env['VPS_TEST_COUNTS'] = countsFile;
  if (output === 'capture' && process.stdout.isTTY) env['FORCE_COLOR'] ??= '1';

  const startedMs = Date.now();
  let text = '';
  let ok = true;
  for (const [index, command] of commands.entries()) {
    const args = index === commands.length - 1 ? [...command, ...extraArgs] : command;
    const result = await run(process.execPath, args, { cwd: root, env, output });
    text += result.output;
    ok = result.code === 0;
    if (!ok) break;
  }
  const seconds = (Date.now() - startedMs) / 1000;
  if (!hasTests) return { ok, output: text, seconds };
  const counts = await readCounts(countsFile);
  if (!counts) return { ok: false, output: text, seconds, problem: 'ended without a result' };
  if (counts.passed + counts.failed === 0) return { ok: false, counts, output: text, seconds, problem: 'ran no tests' };
  return { ok: ok && counts.failed === 0, counts, output: text, seconds };
}

/**
 * @param {string} file
 * @returns {Promise<Counts | undefined>}
 */
async function readCounts(file) {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
}
