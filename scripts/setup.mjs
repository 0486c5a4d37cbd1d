import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { cacheDir, root } from './paths.mjs';
import { isMain, runScript } from './runScript.mjs';

/**
 * Installs the dependencies where they are missing or outdated. Every npm script runs it first, so a fresh clone needs no
 * other step. This file and its imports are plain Node: no package is installed yet.
 */

const minNode = [20, 19];
const npmArgs = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** @typedef {{ version?: string, optional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */

/** @throws {Error} when the running Node is older than the tools need */
export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = minNode;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return;
  throw new Error(
    `Node ${minNode.join('.')} or newer is required; this is Node ${process.versions.node}.`,
  );
}

/**
 * Installs the packages of package-lock.json unless they are installed already. Install scripts stay off: no dependency
 * needs one, and several would download something.
 */
async function ensureDependencies() {
  ensureNode();
  if (await areDependenciesCurrent()) return;
  await withLock(join(cacheDir, 'dependencies.lock'), async () => {
    if (await areDependenciesCurrent()) return;
    console.log('Installing the dependencies of package-lock.json...');
    await runNpm(npmArgs);
  });
}

/**
 * npm writes its list of installed packages into node_modules at the very end, so an interrupted install does not count.
 */
async function areDependenciesCurrent() {
  const wanted = await readPackages(join(root, 'package-lock.json'));
  const installed = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

/**
 * @param {string} lockFile
 * @returns {Promise<Record<string, LockedPackage> | undefined>}
 */
async function readPackages(lockFile) {
  try {
    return JSON.parse(await readFile(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * On Windows npm is a batch file, which only a shell can start. The arguments are constants, so none needs quotes.
 * @param {readonly string[]} args
 */
async function runNpm(args) {
  const options = { cwd: root, stdio: /** @type {const} */ ('inherit') };
  const npm =
    process.platform === 'win32'
      ? spawn(['npm', ...args].join(' '), { ...options, shell: true })
      : spawn('npm', args, options);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => npm.kill(signal));
  const [code] = await once(npm, 'close');
  if (code !== 0) throw new Error(`"npm ${args.join(' ')}" failed.`);
}

if (isMain(import.meta.url)) await runScript(ensureDependencies);
