import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { endProcess, mustRun, startProcess } from './processes.mjs';

/** Starts the VS Code server on a free loopback port, with a data folder of its own. */

/** @typedef {import('./vscodeInstall.mjs').VscodeInstall} VscodeInstall */
/**
 * `ended` resolves when the server is gone, for whatever reason.
 * @typedef {{ port: number, stop(): Promise<void>, ended: Promise<unknown> }} VscodeServer
 */

const startLimitMs = 60_000;

/** Nothing that asks, advertises or phones: what is left is the editor and the extension. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * A fresh data folder, and the way to be rid of it.
 * @returns {Promise<{ dataDir: string, remove(): Promise<void> }>}
 */
export async function makeTemporaryDataDir() {
  const dataDir = await mkdtemp(join(tmpdir(), 'vps-org-vscode-'));
  // The server's last children may still be writing while they end.
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}

/**
 * @param {string} dataDir
 * @param {Record<string, unknown>} settings
 */
export async function writeUserSettings(dataDir, settings) {
  const file = join(dataDir, 'data', 'User', 'settings.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

/**
 * Installs a packaged extension into the data folder. An older copy of it is replaced.
 * @param {VscodeInstall} vscode
 * @param {string} dataDir
 * @param {string} vsix
 */
export async function installExtension(vscode, dataDir, vsix) {
  const args = ['--install-extension', vsix, '--force', '--server-data-dir', dataDir, '--accept-server-license-terms'];
  const output = await mustRun(vscode.node, [vscode.serverMain, ...args]);
  // Some failures are told in words only, with exit code 0.
  if (!/successfully installed/.test(output)) throw new Error(`VS Code did not install "${vsix}".\n${output}`);
}

/**
 * @param {VscodeInstall} vscode
 * @param {{ dataDir: string, port?: number, connectionTokenFile?: string, smokeTestDriver?: boolean,
 *   env?: NodeJS.ProcessEnv }} options
 *   Without `connectionTokenFile` everybody on this machine can use the server: for tests only.
 *   `smokeTestDriver` lets the page name an extension under development; newer VS Code ignores it otherwise.
 * @returns {Promise<VscodeServer>} once it accepts connections
 */
export async function startVscodeServer(vscode, options) {
  const { dataDir, port = 0, connectionTokenFile, smokeTestDriver = false, env = process.env } = options;
  const args = [
    vscode.serverMain,
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...['--server-data-dir', dataDir, '--accept-server-license-terms', '--disable-workspace-trust'],
    ...['--telemetry-level', 'off'],
    ...(connectionTokenFile ? ['--connection-token-file', connectionTokenFile] : ['--without-connection-token']),
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  await mkdir(dataDir, { recursive: true });
  const log = createWriteStream(join(dataDir, 'server.log'));
  const child = startProcess(vscode.node, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => endProcess(child).finally(() => log.end());
  try {
    return { port: await readPort(child, log), stop, ended };
  } catch (error) {
    await stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`VS Code ${vscode.version} did not start: ${reason}`, { cause: error });
  }
}

/**
 * The server picks a free port itself, which leaves no moment for another program to take it, and says which.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.WritableStream} log
 * @returns {Promise<number>}
 */
function readPort(child, log) {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (/** @type {string} */ reason) => reject(new Error(`${reason}\n${output}`.trimEnd()));
    const timer = setTimeout(() => fail(`nothing heard for ${startLimitMs / 1000} s.`), startLimitMs);
    const settled = () => {
      clearTimeout(timer);
      output = '';
    };
    child.once('error', ({ message }) => (fail(message), settled()));
    child.once('exit', (code) => (fail(`it ended with code ${code}.`), settled()));
    const read = (/** @type {Buffer} */ chunk) => {
      log.write(chunk);
      const listening = /Extension host agent listening on (\d+)/.exec((output += chunk.toString('utf8')));
      if (!listening) return;
      resolve(Number(listening[1]));
      settled();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}
