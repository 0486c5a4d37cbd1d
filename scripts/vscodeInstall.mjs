import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { cacheDir, root } from './paths.mjs';
import { mustRun } from './processes.mjs';
import { isMain, runScript } from './runScript.mjs';
import { ensureNativeModules, hasLogger } from './vscodeNative.mjs';

/**
 * Installs a real VS Code from the npm registry: the package `code-server` contains the VS Code server, its extension host
 * and its workbench. Each version has its own package.json and lock file in scripts/vscode-server, outside of the
 * project's dependency tree.
 */

/** @typedef {'oldest' | 'newest'} VscodeVersion */
/**
 * `hasLogger`: whether the logs of extensions are written to files.
 * @typedef {{ name: VscodeVersion, version: string, node: string, serverMain: string, hasLogger: boolean }} VscodeInstall
 */

/** `oldest` is the minimum that package.json's `engines.vscode` allows. */
const versions = {
  oldest: { version: '1.100.3', nodeMajor: 20 },
  newest: { version: '1.139.1', nodeMajor: 24 },
};

const npmFlags = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Installs a VS Code and the Node that runs it, unless they are installed already.
 * @param {VscodeVersion} name
 * @returns {Promise<VscodeInstall>}
 */
export async function ensureVscode(name) {
  const { version, nodeMajor } = versions[name];
  const [node, server] = await Promise.all([
    ensureNodeBinary(nodeMajor),
    ensureServer(name, version),
  ]);
  return {
    name,
    version,
    node,
    serverMain: join(server, 'out', 'server-main.js'),
    hasLogger: hasLogger(server),
  };
}

/**
 * @param {VscodeVersion} name
 * @param {string} version
 */
async function ensureServer(name, version) {
  const vscodeDir = join('node_modules', 'code-server', 'lib', 'vscode');
  const dir = await ensureInstalled(name, `VS Code ${version}`, async (temporaryDir) => {
    // The npm package leaves the dependencies of the VS Code server to a post-install step. Their lock file omits peer
    // dependencies, hence the flag.
    await mustRun('npm', ['ci', ...npmFlags, '--legacy-peer-deps'], {
      cwd: join(temporaryDir, vscodeDir),
    });
  });
  const server = join(dir, vscodeDir);
  await ensureNativeModules(server, `VS Code ${version}`, join(cacheDir, `${name}-native.lock`));
  return server;
}

/** @param {number} major */
async function ensureNodeBinary(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const dir = await ensureInstalled(`node-${major}`, `Node ${major}`);
  // The lock file has one package per platform; npm installs the matching one.
  const [platformPackage] = (await readdir(join(dir, 'node_modules'))).filter((entry) =>
    entry.startsWith('node-'),
  );
  const binary = join(
    dir,
    'node_modules',
    platformPackage ?? '',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (!platformPackage || !existsSync(binary)) {
    throw new Error(
      `The npm registry has no Node ${major} for ${process.platform}-${process.arch}. Run this with Node ${major}.`,
    );
  }
  return binary;
}

/**
 * Installs one folder of scripts/vscode-server into the cache. Its name in the cache contains a hash of the lock file, and
 * only a complete install gets that name.
 * @param {string} name
 * @param {string} title
 * @param {(dir: string) => Promise<void>} [finish]
 * @returns {Promise<string>} the folder in the cache
 */
async function ensureInstalled(name, title, finish) {
  const source = join(root, 'scripts', 'vscode-server', name);
  const hash = createHash('sha256')
    .update(await readFile(join(source, 'package-lock.json')))
    .digest('hex')
    .slice(0, 12);
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
    // VS Code's engines name the Node that runs it, which is not always the Node that runs npm here.
    await mustRun('npm', ['ci', ...npmFlags, '--no-engine-strict'], { cwd: temporaryDir });
    await finish?.(temporaryDir);
    await rename(temporaryDir, target);
    console.log(`Installed ${title} in ${((Date.now() - startedMs) / 1000).toFixed(0)} s.`);
  });
  return target;
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    for (const name of /** @type {const} */ (['oldest', 'newest']))
      console.log(await ensureVscode(name));
  });
}
