import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { cacheDir, root } from './paths.mjs';
import { mustRun, run } from './processes.mjs';
import { ensureDependencies, isMain, runScript } from './setup.mjs';

/** Finds a Chromium browser for the tests, or gets one. */

/** For a quiet browser: nothing is fetched, synchronised or updated behind the tests' back. */
export const quietBrowserFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/**
 * A browser on this machine first, then the system's package manager where that is allowed, then Playwright's download.
 * @returns {Promise<string>} the path of its executable
 * @throws {Error} that says what is missing
 */
export async function ensureBrowser() {
  return findBrowser() ?? (await withLock(join(cacheDir, 'browser.lock'), installBrowser));
}

/** @returns {string | undefined} */
function findBrowser() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH names "${chosen}", and there is no such file.`);
  }
  return candidates().find((path) => existsSync(path));
}

/** @returns {string[]} */
function candidates() {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32': {
      const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
      const programs = [
        ['Google', 'Chrome', 'Application', 'chrome.exe'],
        ['Chromium', 'Application', 'chrome.exe'],
        ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
      ];
      return programs.flatMap((parts) => folders.map((folder) => join(folder, ...parts)));
    }
    default:
      return [...onPath, '/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
        commands.map((command) => join(folder, command)),
      );
  }
}

async function installBrowser() {
  const installed = findBrowser() ?? (await installFromSystem()) ?? (await installFromPlaywright());
  if (installed) return installed;
  throw new Error(
    'The tests that use a page need Chrome, Chromium or Edge. None was found here, and neither the package manager nor ' +
      'Playwright could install one. Install one of them, or set CHROME_PATH to its executable.',
  );
}

/** Debian and its relatives, where the user may install packages without being asked for a password. */
async function installFromSystem() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return undefined;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && (await tryRun(['sudo', '-n', 'true'])) === undefined) return undefined;
  console.log('Installing the package "chromium" for the tests that use a page...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const steps = [
    [...sudo, 'apt-get', 'update', '-q'],
    [...sudo, 'apt-get', 'install', '-yq', '--no-install-recommends', 'chromium'],
  ];
  for (const step of steps) {
    if ((await tryRun(step, env)) === undefined) return undefined;
  }
  return findBrowser();
}

async function installFromPlaywright() {
  await ensureDependencies();
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log("Downloading Playwright's Chromium for the tests that use a page...");
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  try {
    await mustRun(process.execPath, [cli, 'install', 'chromium']);
    return chromium.executablePath();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

/**
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string | undefined>} its output, or nothing when it failed; why is printed then
 */
async function tryRun([command = '', ...args], env = process.env) {
  try {
    const { code, output } = await run(command, args, { env });
    if (code === 0) return output;
    console.error(`"${[command, ...args].join(' ')}" failed:\n${output.trimEnd()}`);
  } catch (error) {
    console.error(`"${command}" could not be started: ${error instanceof Error ? error.message : error}`);
  }
  return undefined;
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    console.log(await ensureBrowser());
  });
}
