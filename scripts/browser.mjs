import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { cacheDir, root } from './paths.mjs';
import { mustRun, run } from './processes.mjs';
import { isMain, runScript } from './runScript.mjs';

/** Finds a Chromium browser for the tests, or installs one. */

/** Turn off background downloads, synchronisation and updates. */
export const quietBrowserFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];

/**
 * Looks on this machine first, then tries the system's package manager, then Playwright's download.
 * @returns {Promise<string>} the path of the executable
 * @throws {Error} when there is no browser and none can be installed
 */
export async function ensureBrowser() {
  return findBrowser() ?? (await withLock(join(cacheDir, 'browser.lock'), installBrowser));
}

/** @returns {string | undefined} */
function findBrowser() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH is "${chosen}", but there is no such file.`);
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
      const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
        (name) => process.env[name] ?? [],
      );
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
    'The browser tests need Chrome, Chromium or Edge. None was found, and neither the package manager nor Playwright ' +
      'could install one. Install one of them, or set CHROME_PATH to its executable.',
  );
}

/** Uses apt-get where it needs no password. */
async function installFromSystem() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return undefined;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && (await tryRun(['sudo', '-n', 'true'])) === undefined) return undefined;
  console.log('Installing the package "chromium" for the browser tests...');
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
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  console.log("Downloading Playwright's Chromium for the browser tests...");
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
 * @returns {Promise<string | undefined>} the output; undefined after a failure, whose reason is printed
 */
async function tryRun([command = '', ...args], env = process.env) {
  try {
    const { code, output } = await run(command, args, { env });
    if (code === 0) return output;
    console.error(`"${[command, ...args].join(' ')}" failed:\n${output.trimEnd()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  return undefined;
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    console.log(await ensureBrowser());
  });
}
