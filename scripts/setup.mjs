import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { cacheDir, root } from './paths.mjs';
import { mustRunNpm } from './processes.mjs';

/** The set-up that every script begins with. Plain Node: nothing is installed yet when it runs. */

const leastNode = [20, 19];

/** @typedef {{ version?: string, optional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */

/** @throws {Error} when the running Node is older than the tools need */
export function ensureNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastNode;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Error(`Node ${leastNode.join('.')} or newer is needed; this is Node ${process.versions.node}.`);
}

/**
 * Installs the project's dependencies when they are missing or are not those of package-lock.json.
 * Install scripts stay off: no dependency needs one, and several would download something.
 */
export async function ensureDependencies() {
  ensureNode();
  if (await areDependenciesCurrent()) return;
  await withLock(join(cacheDir, 'dependencies.lock'), async () => {
    if (await areDependenciesCurrent()) return;
    console.log('Installing the dependencies of package-lock.json...');
    await mustRunNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
  });
}

/**
 * npm writes the list of what it installed into node_modules at the very end of an install, so an interrupted one does not
 * count, and a plain `npm install` of a developer does.
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
 * Whether this module is the script that was started, not one that was imported.
 * @param {string} moduleUrl
 */
export function isMain(moduleUrl) {
  const script = process.argv[1];
  return script !== undefined && pathToFileURL(script).href === moduleUrl;
}

/**
 * Runs a script's work; a failure ends the process with its message alone, without a stack that helps nobody.
 * @param {() => Promise<number | void>} work resolves to the exit code, 0 when it resolves to nothing
 */
export async function runScript(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(process.env['DEBUG'] || !(error instanceof Error) ? error : error.message);
    process.exitCode = 1;
  }
}

if (isMain(import.meta.url)) await runScript(ensureDependencies);
