import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { withLock } from './lock.mjs';
import { run } from './processes.mjs';

/**
 * Builds the native modules that the VS Code server needs for its log (@vscode/spdlog) and its terminals (node-pty). They
 * are not part of the npm package, and the rest of VS Code works without them.
 */

/** `binaries` are the places where a module looks, relative to its folder. Some versions include a binary. */
const nativeModules = [
  { name: '@vscode/spdlog', binaries: [['build', 'Release', 'spdlog.node']] },
  {
    name: 'node-pty',
    binaries: [
      ['build', 'Release', 'pty.node'],
      ['prebuilds', `${process.platform}-${process.arch}`, 'pty.node'],
    ],
  },
];

const tools = ['python3', 'make', 'c++'];
const npmFlags = ['--no-audit', '--no-fund', '--foreground-scripts', '--loglevel=error'];

/**
 * Builds what is missing. Never fails: VS Code also runs without these modules, and the reason is printed.
 * @param {string} vscodeDir the folder `lib/vscode` of the installed package
 * @param {string} title of the VS Code, for messages
 * @param {string} lockDir held during the build
 */
export async function ensureNativeModules(vscodeDir, title, lockDir) {
  if (missingModules(vscodeDir).length === 0) return;
  await withLock(lockDir, async () => {
    const missing = missingModules(vscodeDir);
    if (missing.length === 0) return;
    const problem = toolsProblem() ?? (await build(vscodeDir, title, missing));
    if (problem) {
      console.log(
        `The log and the terminal of ${title} do not work, because ${missing.join(' and ')} could not be built: ${problem}`,
      );
    }
  });
}

/**
 * Whether VS Code writes the logs of extensions to files.
 * @param {string} vscodeDir
 */
export function hasLogger(vscodeDir) {
  return !missingModules(vscodeDir).includes('@vscode/spdlog');
}

/** @param {string} vscodeDir */
function missingModules(vscodeDir) {
  return nativeModules
    .filter(({ name, binaries }) => {
      const folder = join(vscodeDir, 'node_modules', name);
      return !binaries.some((parts) => existsSync(join(folder, ...parts)));
    })
    .map(({ name }) => name);
}

/** @returns {string | undefined} a sentence; undefined when there is a compiler */
function toolsProblem() {
  if (process.platform === 'win32') return undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const missing = tools.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
  if (missing.length === 0) return undefined;
  return `install ${missing.join(', ')} and start again.`;
}

/**
 * Builds in a copy beside the modules and moves each result into place in one step, because a VS Code may be running from
 * this folder.
 * @param {string} vscodeDir
 * @param {string} title
 * @param {readonly string[]} names
 * @returns {Promise<string | undefined>} why a module was not built; undefined after success
 */
async function build(vscodeDir, title, names) {
  console.log(`Building ${names.join(' and ')} for ${title}...`);
  const startedMs = Date.now();
  const stagingDir = join(vscodeDir, 'native-build');
  try {
    await rm(stagingDir, { recursive: true, force: true });
    for (const name of names) {
      const copy = join(stagingDir, 'node_modules', name);
      await mkdir(dirname(copy), { recursive: true });
      await cp(join(vscodeDir, 'node_modules', name), copy, { recursive: true });
    }
    await writeFile(join(stagingDir, 'package.json'), '{ "private": true }\n');
    // npm may report an error although every module was built, so only the binaries count.
    const { output } = await run('npm', ['rebuild', ...npmFlags, ...headerFlags(), ...names], {
      cwd: stagingDir,
    });
    const failed = missingModules(stagingDir).filter((name) => names.includes(name));
    for (const name of names.filter((each) => !failed.includes(each))) {
      const target = join(vscodeDir, 'node_modules', name, 'build');
      await rm(target, { recursive: true, force: true });
      await rename(join(stagingDir, 'node_modules', name, 'build'), target);
    }
    if (failed.length > 0) return `the build of ${failed.join(' and ')} failed.\n${tail(output)}`;
    console.log(`Built them in ${((Date.now() - startedMs) / 1000).toFixed(0)} s.`);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(stagingDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Headers of the running Node where they are installed, so that nothing is downloaded. */
function headerFlags() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

/** @param {string} output */
function tail(output) {
  return output.trimEnd().split('\n').slice(-15).join('\n');
}
