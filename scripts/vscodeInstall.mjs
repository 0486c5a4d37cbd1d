import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { cacheDir, root } from './paths.mjs';
import { mustRunNpm } from './processes.mjs';
import { ensureNode, isMain, runScript } from './setup.mjs';

/**
 * A real VS Code from the npm registry: the package `code-server` carries the VS Code server, its extension host and its
 * workbench. Each version has a package.json and a lock file of its own in scripts/vscode-server, outside of the
 * project's dependency tree.
 */

/** @typedef {'oldest' | 'newest'} VscodeVersion */
/** @typedef {{ name: VscodeVersion, version: string, node: string, serverMain: string }} VscodeInstall */

/** `oldest` is the least that package.json's `engines.vscode` allows. */
const versions = {
  oldest: { version: '1.100.3', nodeMajor: 20 },
  newest: { version: '1.139.1', nodeMajor: 24 },
};

const npmFlags = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs that VS Code and the Node it runs on, unless they are there already.
 * @param {VscodeVersion} name
 * @returns {Promise<VscodeInstall>}
 */
export async function ensureVscode(name) {
  ensureNode();
  const { version, nodeMajor } = versions[name];
  const [node, server] = await Promise.all([ensureNodeBinary(nodeMajor), ensureServer(name, version)]);
  return { name, version, node, serverMain: join(server, 'out', 'server-main.js') };
}

/**
 * @param {VscodeVersion} name
 * @param {string} version
 */
async function ensureServer(name, version) {
  const vscodeDir = join('node_modules', 'code-server', 'lib', 'vscode');
  const dir = await ensureInstalled(name, `VS Code ${version}`, async (temporaryDir) => {
    // The npm package ships the VS Code server with a lock file, and leaves installing what that names to a post-install
    // step. That file leaves out peer dependencies, hence the flag.
    await mustRunNpm(['ci', ...npmFlags, '--legacy-peer-deps'], { cwd: join(temporaryDir, vscodeDir) });
  });
  return join(dir, vscodeDir);
}

/** @param {number} major */
async function ensureNodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const dir = await ensureInstalled(`node-${major}`, `Node ${major}`);
  // The lock file names one package for each platform; npm installs the one that fits.
  const [platformPackage] = (await readdir(join(dir, 'node_modules'))).filter((entry) => entry.startsWith('node-'));
  const binary = join(dir, 'node_modules', platformPackage ?? '', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!platformPackage || !existsSync(binary)) {
    throw new Error(
      `The npm registry has no Node ${major} for ${process.platform}-${process.arch}. Run this script with Node ${major}.`,
    );
  }
  return binary;
}

/**
 * Installs one folder of scripts/vscode-server into the cache. The name in the cache holds a hash of the lock file, and
 * only a complete install gets that name.
 * @param {string} name
 * @param {string} title
 * @param {(dir: string) => Promise<void>} [finish]
 * @returns {Promise<string>} the folder in the cache
 */
async function ensureInstalled(name, title, finish) {
  const source = join(root, 'scripts', 'vscode-server', name);
  const hash = createHash('sha256').update(await readFile(join(source, 'package-lock.json'))).digest('hex').slice(0, 12);
  const target = join(cacheDir, `${name}-${hash}`);
  if (existsSync(target)) return target;
  await withLock(join(cacheDir, `${name}.lock`), async () => {
    if (existsSync(target)) return;
    const startedMs = Date.now();
    console.log(`Installing ${title} from the npm registry...`);
    const temporaryDir = `${target}.partial`;
    await rm(temporaryDir, { recursive: true, force: true });
    await mkdir(temporaryDir, { recursive: true });
    await cp(source, temporaryDir, { recursive: true });
    // VS Code declares the Node it runs on, and that is not always the one that runs npm here.
    await mustRunNpm(['ci', ...npmFlags, '--no-engine-strict'], { cwd: temporaryDir });
    await finish?.(temporaryDir);
    await rename(temporaryDir, target);
    console.log(`Installed ${title} in ${((Date.now() - startedMs) / 1000).toFixed(0)} s.`);
  });
  return target;
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    for (const name of /** @type {const} */ (['oldest', 'newest'])) console.log(await ensureVscode(name));
  });
}
