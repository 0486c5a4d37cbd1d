import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { runScript } from './runScript.mjs';
import { openVscodeSession } from './vscodeSession.mjs';

/**
 * Replaces the desktop VS Code that @vscode/test-electron starts. It accepts the same arguments, runs the tests in the
 * extension host of a VS Code server with a headless browser as its window, and exits with the code of the tests.
 *
 * --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [FOLDER]
 * Environment: VPS_TEST_VSCODE (oldest or newest), VPS_TEST_CONSOLE (a file for the console output),
 * VPS_TEST_TIMEOUT_SECONDS.
 */

/** @param {readonly string[]} argv */
function readArguments(argv) {
  const value = (/** @type {string} */ name) =>
    argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  const developmentPath = value('extensionDevelopmentPath');
  const testsPath = value('extensionTestsPath');
  if (!developmentPath || !testsPath)
    throw new Error('--extensionDevelopmentPath= and --extensionTestsPath= are required.');
  const folder = argv.find((argument) => !argument.startsWith('-'));
  return { developmentPath, testsPath, folder };
}

/** @param {string} path of a file on this machine */
function urlPath(path) {
  return pathToFileURL(resolve(path)).pathname;
}

/** @returns {Promise<number>} the exit code */
async function main() {
  const { developmentPath, testsPath, folder } = readArguments(process.argv.slice(2));
  const version = process.env['VPS_TEST_VSCODE'] === 'newest' ? 'newest' : 'oldest';
  const timeoutSeconds = Number(process.env['VPS_TEST_TIMEOUT_SECONDS'] ?? 600);
  const session = await openVscodeSession({ version, smokeTestDriver: true });
  try {
    const remote = (/** @type {string} */ path) =>
      `vscode-remote://${session.authority}${urlPath(path)}`;
    const query = new URLSearchParams({
      folder: urlPath(folder ?? session.dataDir),
      payload: JSON.stringify([
        ['extensionDevelopmentPath', remote(developmentPath)],
        ['extensionTestsPath', remote(testsPath)],
      ]),
    });
    console.log(`Running the tests in VS Code ${session.version}.`);
    return await runPage(session, `http://${session.authority}/?${query}`, timeoutSeconds);
  } finally {
    await session.close();
  }
}

/**
 * @param {import('./vscodeSession.mjs').VscodeSession} session
 * @param {string} url
 * @param {number} timeoutSeconds
 * @returns {Promise<number>} the exit code of the tests
 */
async function runPage(session, url, timeoutSeconds) {
  const context = await session.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const pageErrors = [];
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  /** @type {Promise<number>} */
  const result = new Promise((resolveResult) => {
    void page.exposeFunction('codeAutomationExit', resolveResult);
    timeout.onabort = () => {
      console.error(
        `The tests did not end within ${timeoutSeconds} s. Errors of the page:\n${pageErrors.join('\n')}`,
      );
      resolveResult(1);
    };
  });
  await page.exposeFunction(
    'codeAutomationLog',
    async (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      await relay(type, args);
    },
  );
  await page.goto(url);
  return await result;
}

/**
 * Writes console output of the window and the extension host to its own file, because most of it is not about the tests.
 * The test report does not pass through here.
 * @param {string} type
 * @param {unknown[]} args
 */
async function relay(type, args) {
  const line = `[${type}] ${args.map((argument) => (typeof argument === 'string' ? argument : JSON.stringify(argument))).join(' ')}\n`;
  const logFile = process.env['VPS_TEST_CONSOLE'];
  if (logFile) await appendFile(logFile, line);
  else process.stdout.write(line);
}

await runScript(main);
