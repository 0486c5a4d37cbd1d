import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { makePrivateDir, withPrivateUmask, writePrivateFile } from './privateFiles.mjs';
import { endProcess, mustRun, startProcess } from './processes.mjs';

/**
 * Starts VS Code servers on loopback, each with its own data folder. A server reads and writes the files of the person who
 * started it, so it requires a token, and no other user can read its data.
 */

/** @typedef {import('./vscodeInstall.mjs').VscodeInstall} VscodeInstall */
/**
 * `connectionToken` is required by every request, as the cookie `connectionTokenCookie`. `ended` resolves when the server has
 * ended for any reason.
 * @typedef {{ port: number, connectionToken: string, stop(): Promise<void>, ended: Promise<unknown> }} VscodeServer
 */

/** VS Code's page reads the token from this cookie, so it is visible to scripts. */
export const connectionTokenCookie = 'vscode-tkn';

const startTimeoutMs = 60_000;

/** Turn off prompts, promotions and network requests of VS Code itself. */
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
 * Creates a data folder. The caller removes it.
 * @returns {Promise<{ dataDir: string, remove(): Promise<void> }>}
 */
export async function makeTemporaryDataDir() {
  const dataDir = await mkdtemp(join(tmpdir(), 'vps-org-vscode-'));
  // The server's last processes may still write while they end.
  return {
    dataDir,
    remove: () => rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/**
 * @param {string} dataDir
 * @param {Record<string, unknown>} settings
 */
export async function writeUserSettings(dataDir, settings) {
  const file = join(dataDir, 'data', 'User', 'settings.json');
  await makePrivateDir(dirname(file));
  await writePrivateFile(file, `${JSON.stringify(settings, undefined, 2)}\n`);
}

/**
 * Installs a packaged extension into the data folder, replacing an older copy.
 * @param {VscodeInstall} vscode
 * @param {string} dataDir
 * @param {string} vsix
 */
export async function installExtension(vscode, dataDir, vsix) {
  const args = [
    '--install-extension',
    vsix,
    '--force',
    '--server-data-dir',
    dataDir,
    '--accept-server-license-terms',
  ];
  const output = await withPrivateUmask(() => mustRun(vscode.node, [vscode.serverMain, ...args]));
  // VS Code reports some failures with exit code 0.
  if (!/successfully installed/.test(output))
    throw new Error(`VS Code did not install "${vsix}".\n${output}`);
}

/**
 * Starts a server with a new random token. The token is passed in a private file, which is removed when the server has
 * read it.
 * @param {VscodeInstall} vscode
 * @param {{ dataDir: string, smokeTestDriver?: boolean, logLevel?: string | undefined, env?: NodeJS.ProcessEnv }} options
 *   `smokeTestDriver` lets the page select an extension under development, which newer versions ignore otherwise.
 * @returns {Promise<VscodeServer>} once it accepts connections
 */
export async function startVscodeServer(vscode, options) {
  const { dataDir, smokeTestDriver = false, logLevel, env = process.env } = options;
  await makePrivateDir(dataDir);
  const connectionToken = randomBytes(32).toString('hex');
  const tokenFile = join(dataDir, 'connection-token');
  await writePrivateFile(tokenFile, connectionToken);
  const args = [
    vscode.serverMain,
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--server-data-dir',
    dataDir,
    '--accept-server-license-terms',
    '--disable-workspace-trust',
    '--telemetry-level',
    'off',
    '--connection-token-file',
    tokenFile,
    ...(logLevel ? ['--log', logLevel] : []),
    ...(smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  // Replaces an older log, which may be readable for others.
  const logFile = join(dataDir, 'server.log');
  await rm(logFile, { force: true });
  const log = createWriteStream(logFile, { mode: 0o600 });
  const child = withPrivateUmask(() => startProcess(vscode.node, args, { env }));
  const stop = () => endProcess(child).finally(() => log.end());
  try {
    const redact = (/** @type {string} */ text) => text.replaceAll(connectionToken, '[redacted]');
    const port = await readPort(child, log, redact);
    // The server reads the token at its first request.
    await fetch(`http://127.0.0.1:${port}/version`, {
      signal: AbortSignal.timeout(startTimeoutMs),
    }).then((response) => response.text());
    return { port, connectionToken, stop, ended: child };
  } catch (error) {
    await stop();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`VS Code ${vscode.version} did not start: ${reason}`, { cause: error });
  } finally {
    await rm(tokenFile, { force: true });
  }
}

/**
 * Reads the port from the server's output. The server picks a free port itself, so no other program can take it first.
 * @param {import('./processes.mjs').Child} child
 * @param {NodeJS.WritableStream} log
 * @param {(line: string) => string} redact
 * @returns {Promise<number>}
 */
function readPort(child, log, redact) {
  return new Promise((resolve, reject) => {
    /** @type {string | undefined} */
    let output = '';
    const fail = (/** @type {string} */ reason) =>
      reject(new Error(`${reason}\n${output ?? ''}`.trimEnd()));
    const timer = setTimeout(
      () => fail(`no output for ${startTimeoutMs / 1000} s.`),
      startTimeoutMs,
    );
    const settled = () => {
      clearTimeout(timer);
      output = undefined;
    };
    void child.then(({ originalMessage, exitCode }) => {
      fail(originalMessage || `it ended with code ${exitCode}.`);
      settled();
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (rawLine) => {
        const line = redact(rawLine);
        log.write(`${line}\n`);
        if (output === undefined) return;
        output += `${line}\n`;
        const listening = /Extension host agent listening on (\d+)/.exec(line);
        if (!listening) return;
        resolve(Number(listening[1]));
        settled();
      });
    }
  });
}
