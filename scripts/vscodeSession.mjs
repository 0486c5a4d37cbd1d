import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { ensureBrowser, quietBrowserFlags } from './browser.mjs';
import { onInterrupt } from './processes.mjs';
import { ensureVscode } from './vscodeInstall.mjs';
import {
  connectionTokenCookie,
  installExtension,
  makeTemporaryDataDir,
  quietSettings,
  startVscodeServer,
  writeUserSettings,
} from './vscodeServer.mjs';
import { startVscodeProxy } from './vscodeProxy.mjs';
import { pageHostName } from './webviewOrigins.mjs';

/**
 * @typedef {object} VscodeSessionOptions
 * @property {import('./vscodeInstall.mjs').VscodeVersion} version
 * @property {string | readonly string[] | undefined} [vsix] packaged extensions to install first
 * @property {Record<string, unknown> | undefined} [settings] user settings in addition to `quietSettings`
 * @property {boolean | undefined} [smokeTestDriver] lets the page select an extension under development
 * @property {string | undefined} [logLevel] of VS Code and its extensions, e.g. `debug`; default `info`
 * @property {NodeJS.ProcessEnv | undefined} [env] replaces this process's environment for the server
 */
/**
 * @typedef {object} VscodeSession
 * @property {string} version e.g. `1.100.3`
 * @property {string} authority e.g. `vscode.localhost:12345`
 * @property {string} dataDir all data of this VS Code; removed by `close`
 * @property {boolean} hasLogger whether the logs of extensions are written to files in `dataDir`
 * @property {(options?: import('playwright-core').BrowserContextOptions) => Promise<import('playwright-core').BrowserContext>} newContext
 *   creates a browser profile that is allowed to use the server
 * @property {() => Promise<void>} close
 */

/**
 * Starts a VS Code server with an empty data folder and a headless browser. Also closed when the script is interrupted.
 * @param {VscodeSessionOptions} options
 * @returns {Promise<VscodeSession>} which the caller closes
 */
export async function openVscodeSession({
  version,
  vsix,
  settings,
  smokeTestDriver = false,
  logLevel,
  env,
}) {
  const [vscode, executablePath] = await Promise.all([ensureVscode(version), ensureBrowser()]);
  const { dataDir, remove } = await makeTemporaryDataDir();
  /** In the order they were opened. @type {(() => Promise<void>)[]} */
  const closers = [remove];
  const close = async () => {
    removeCleanup();
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  const removeCleanup = onInterrupt(close);
  try {
    await writeUserSettings(dataDir, { ...quietSettings, ...settings });
    for (const file of [vsix ?? []].flat()) await installExtension(vscode, dataDir, file);
    // VS Code on Linux leaves its sockets in this folder.
    const serverEnv = { ...(env ?? process.env), XDG_RUNTIME_DIR: dataDir };
    const server = await startVscodeServer(vscode, {
      dataDir,
      smokeTestDriver,
      logLevel,
      env: serverEnv,
    });
    closers.push(server.stop);
    const proxy = await startVscodeProxy({
      port: 0,
      targetPort: server.port,
      connectionToken: server.connectionToken,
      secretKey: randomBytes(32),
      folder: dataDir,
    });
    closers.push(proxy.close);
    const browser = await chromium.launch({
      executablePath,
      args: quietBrowserFlags,
      // On an interrupt, this process closes everything in order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    closers.push(() => browser.close());
    return {
      version: vscode.version,
      authority: `${pageHostName}:${proxy.port}`,
      dataDir,
      hasLogger: vscode.hasLogger,
      newContext: async (options) => {
        const context = await browser.newContext(options);
        await context.addCookies([
          {
            name: connectionTokenCookie,
            value: server.connectionToken,
            domain: pageHostName,
            path: '/',
            sameSite: 'Lax',
          },
        ]);
        return context;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
