import process from 'node:process';
import { chromium } from 'playwright-core';
import { ensureBrowser, quietBrowserFlags } from './browser.mjs';
import { onInterrupt } from './processes.mjs';
import { ensureVscode } from './vscodeInstall.mjs';
import { installExtension, makeTemporaryDataDir, quietSettings, startVscodeServer, writeUserSettings } from './vscodeServer.mjs';

/** Its contract is in vscodeSession.d.mts, for the tests are TypeScript. */

/** @type {typeof import('./vscodeSession.mjs').openVscodeSession} */
export async function openVscodeSession({ version, vsix, settings, smokeTestDriver = false, env }) {
  const [vscode, executablePath] = await Promise.all([ensureVscode(version), ensureBrowser()]);
  const { dataDir, remove } = await makeTemporaryDataDir();
  /** What was opened, to be closed the other way round. @type {(() => Promise<void>)[]} */
  const opened = [remove];
  const closeAll = async () => {
    takeBack();
    for (const close of opened.splice(0).reverse()) await close();
  };
  const takeBack = onInterrupt(closeAll);
  try {
    await writeUserSettings(dataDir, { ...quietSettings, ...settings });
    for (const file of [vsix ?? []].flat()) await installExtension(vscode, dataDir, file);
    // Where VS Code on Linux puts its sockets, which it leaves behind.
    const serverEnv = { ...(env ?? process.env), XDG_RUNTIME_DIR: dataDir };
    const server = await startVscodeServer(vscode, { dataDir, smokeTestDriver, env: serverEnv });
    opened.push(server.stop);
    const browser = await chromium.launch({
      executablePath,
      args: quietBrowserFlags,
      // On an interrupt this process ends everything in order, itself.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    });
    opened.push(() => browser.close());
    return { version: vscode.version, authority: `localhost:${server.port}`, dataDir, browser, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
