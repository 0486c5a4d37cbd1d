import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { runScript } from './setup.mjs';
import { openVscodeSession } from './vscodeSession.mjs';

/**
 * Stands in for the desktop VS Code that @vscode/test-electron starts: understands the same arguments, runs the tests in the
 * extension host of a VS Code server with a headless browser as its window, and ends with the exit code of the tests.
 *
 * --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [FOLDER]
 * Environment: VPS_TEST_VSCODE (oldest or newest), VPS_TEST_CONSOLE (a file for the console of the run),
 * VPS_TEST_LIMIT_SECONDS.
 */

/** @param {readonly string[]} argv */
function readArguments(argv) {
  const value = (/** @type {string} */ name) =>
    argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  const developmentPath = value('extensionDevelopmentPath');
  const testsPath = value('extensionTestsPath');
  if (!developmentPath || !testsPath) throw new Error('--extensionDevelopmentPath= and --extensionTestsPath= are needed.');
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
  const limitSeconds = Number(process.env['VPS_TEST_LIMIT_SECONDS'] ?? 600);
  const session = await openVscodeSession({ version, smokeTestDriver: true });
  try {
    const remote = (/** @type {string} */ path) => `vscode-remote://${session.authority}${urlPath(path)}`;
    const query = new URLSearchParams({
      folder: urlPath(folder ?? session.dataDir),
      payload: JSON.stringify([
        ['extensionDevelopmentPath', remote(developmentPath)],
        ['extensionTestsPath', remote(testsPath)],
      ]),
    });
    console.log(`Running the tests in VS Code ${session.version}.`);
    return await runPage(session.browser, `http://${session.authority}/?${query}`, limitSeconds);
  } finally {
    await session.close();
  }
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {number} limitSeconds
 * @returns {Promise<number>} the result of the tests
 */
async function runPage(browser, url, limitSeconds) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const pageErrors = [];
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  const timeLimit = AbortSignal.timeout(limitSeconds * 1000);
  /** @type {Promise<number>} */
  const result = new Promise((resolveResult) => {
    void page.exposeFunction('codeAutomationExit', resolveResult);
    timeLimit.onabort = () => {
      console.error(`The tests did not end within ${limitSeconds} s. Errors of the page:\n${pageErrors.join('\n')}`);
      resolveResult(1);
    };
  });
  await page.exposeFunction('codeAutomationLog', async (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
    await relay(type, args);
  });
  await page.goto(url);
  return await result;
}

/**
 * The console of the window and of the extension host. Most of it is not about the tests, so it has a file of its own; the
 * tests' report does not go this way.
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
