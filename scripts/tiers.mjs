import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { ensureBrowser } from './browser.mjs';
import { outDir, root } from './paths.mjs';
import { run } from './processes.mjs';
import { ensureVscode } from './vscodeInstall.mjs';

/** The tiers of checks, from fastest to slowest. `npm test` runs all of them, `scripts/run.mjs` the ones that it is given. */

/**
 * `failures` has one line for each failed test: its title and the first line of the error.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Counts
 */
/** @typedef {readonly string[]} Command arguments of Node: a script and its arguments */
/**
 * @typedef {object} Tier
 * @property {readonly Command[]} commands run in order up to the first failure
 * @property {boolean} [needsPackage] uses dist/ and dist/vps-org.vsix
 * @property {boolean} [needsBrowser]
 * @property {import('./vscodeInstall.mjs').VscodeVersion} [vscode] the VS Code that runs it
 * @property {boolean} [hasTests] reports counts, and fails without any test
 */

/**
 * @param {string} folder
 * @param {number} timeoutMs for one test
 * @returns {Command}
 */
function mocha(folder, timeoutMs) {
  return [
    '--import',
    'tsx',
    'node_modules/mocha/bin/mocha.js',
    '--reporter',
    'test/support/reporter.cjs',
    '--timeout',
    String(timeoutMs),
    ...(process.env['CI'] ? ['--forbid-only'] : []),
    `test/${folder}/**/*.test.ts`,
  ];
}

/** @satisfies {Record<string, Tier>} */
const definitions = {
  workflows: { commands: [['scripts/workflows.mjs']] },
  package: { commands: [['scripts/package.mjs']] },
  knip: { commands: [['node_modules/knip/bin/knip.js']] },
  format: { commands: [['node_modules/prettier/bin/prettier.cjs', '--check', '.']] },
  typecheck: {
    commands: ['.', 'src/webviews/page', 'test/webview', 'scripts'].map((folder) => [
      'node_modules/typescript/bin/tsc',
      '-p',
      folder,
    ]),
  },
  lint: { commands: [['node_modules/eslint/bin/eslint.js', '.']] },
  contract: { commands: [mocha('contract', 20_000)], needsPackage: true, hasTests: true },
  unit: { commands: [mocha('unit', 20_000)], hasTests: true },
  faults: { commands: [mocha('faults', 20_000)], hasTests: true },
  ssh: { commands: [mocha('ssh', 60_000)], hasTests: true },
  soak: { commands: [mocha('soak', 60_000)], hasTests: true },
  fuzz: { commands: [mocha('fuzz', 60_000)], hasTests: true },
  webview: {
    commands: [mocha('webview', 20_000)],
    needsPackage: true,
    needsBrowser: true,
    hasTests: true,
  },
  integration: {
    commands: [
      ['esbuild.mjs', '--tests'],
      ['scripts/integration.mjs', 'oldest'],
    ],
    needsPackage: true,
    needsBrowser: true,
    vscode: 'oldest',
    hasTests: true,
  },
  e2e: {
    commands: [mocha('e2e', 240_000)],
    needsPackage: true,
    needsBrowser: true,
    vscode: 'oldest',
    hasTests: true,
  },
  newest: {
    commands: [mocha('e2e', 240_000)],
    needsPackage: true,
    needsBrowser: true,
    vscode: 'newest',
    hasTests: true,
  },
  pictures: {
    commands: [mocha('pictures', 240_000)],
    needsPackage: true,
    needsBrowser: true,
    vscode: 'newest',
    hasTests: true,
  },
  desktop: {
    commands: [
      ['esbuild.mjs', '--tests'],
      ['scripts/integration.mjs', 'desktop'],
    ],
    needsPackage: true,
    hasTests: true,
  },
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
 * Runs one tier. A package that it needs must exist.
 * @param {TierName} name
 * @param {{ extraArgs?: readonly string[], output?: 'inherit' | 'capture' }} [options] `extraArgs` go to the last command
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
  if (counts.passed + counts.failed === 0)
    return { ok: false, counts, output: text, seconds, problem: 'ran no tests' };
  return { ok: ok && counts.failed === 0, counts, output: text, seconds };
}

/**
 * @param {string} file
 * @returns {Promise<Counts | undefined>}
 */
async function readCounts(file) {
  return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : undefined;
}
