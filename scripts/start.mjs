import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import open from 'open';
import { cacheDir, root, vsixPath } from './paths.mjs';
import { makePrivateDir, writePrivateFile } from './privateFiles.mjs';
import { mustRun, onInterrupt } from './processes.mjs';
import { runScript } from './runScript.mjs';
import { startDesktop } from './startDesktop.mjs';
import { startVscodeProxy } from './vscodeProxy.mjs';
import { ensureVscode } from './vscodeInstall.mjs';
import {
  installExtension,
  quietSettings,
  startVscodeServer,
  writeUserSettings,
} from './vscodeServer.mjs';

/** Starts a VS Code with the extension to try: `npm start`. Its data is in .vscode-test/start-data. */

/** Fixed, because a browser stores data, including the sign-in, per address and port. */
const defaultPort = 4187;

const usage = `Usage: npm start -- [--port NUMBER] [--no-open] [--desktop]

  (no flags)     serve VS Code with the extension on this machine and open it in the browser
  --port NUMBER  use this port (default: ${defaultPort})
  --no-open      print the link without opening it
  --desktop      start the installed desktop VS Code instead, with a separate profile`;

const dataDir = join(cacheDir, 'start-data');
const folder = join(dataDir, 'sample-project');
/** A page that only its owner can read, because the arguments of the browser can be read by everyone on this machine. */
const linkPage = join(dataDir, 'open.html');

function readFlags() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      desktop: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`"${values.port}" is not a port number from 1 to 65535.`);
  }
  return {
    port,
    shouldOpen: !values['no-open'],
    isDesktop: values.desktop,
    isHelp: values.help,
  };
}

async function main() {
  const flags = tryReadFlags();
  if (flags instanceof Error) {
    console.error(`${flags.message}\n\n${usage}`);
    return 2;
  }
  if (flags.isHelp) {
    console.log(usage);
    return 0;
  }
  await makePrivateDir(dataDir);
  await mkdir(folder, { recursive: true });
  if (flags.isDesktop) {
    await mustRun(process.execPath, ['esbuild.mjs'], { cwd: root });
    await startDesktop(folder);
    return 0;
  }
  return await serve(flags);
}

function tryReadFlags() {
  try {
    return readFlags();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** @param {{ port: number | undefined, shouldOpen: boolean }} flags */
async function serve({ port, shouldOpen }) {
  console.log('Building the extension...');
  const [vscode] = await Promise.all([
    ensureVscode('newest'),
    mustRun(process.execPath, ['scripts/package.mjs'], { cwd: root }),
  ]);
  if (!existsSync(join(dataDir, 'data', 'User', 'settings.json')))
    await writeUserSettings(dataDir, quietSettings);
  await installExtension(vscode, dataDir, vsixPath);

  const secretKey = await readOrCreate(join(dataDir, 'secret-key'), () => randomBytes(32));
  const server = await startVscodeServer(vscode, { dataDir });

  try {
    return await servePage(
      { targetPort: server.port, connectionToken: server.connectionToken, secretKey, folder },
      { port, shouldOpen, ended: server.ended },
    );
  } finally {
    await server.stop();
  }
}

/**
 * Serves VS Code until it ends.
 * @param {Omit<Parameters<typeof startVscodeProxy>[0], 'port'>} target
 * @param {{ port: number | undefined, shouldOpen: boolean, ended: Promise<unknown> }} options
 * @returns {Promise<number>} the exit code
 */
async function servePage(target, { port, shouldOpen, ended }) {
  const proxy = await startVscodeProxy({ ...target, port: port ?? defaultPort }).catch((error) => {
    if (error?.code !== 'EADDRINUSE') throw error;
    if (port !== undefined) throw new Error(`Port ${port} is in use by another program.`);
    console.log(
      `Port ${defaultPort} is in use, so another port is used. Sign-ins from earlier starts are not available there.`,
    );
    return startVscodeProxy({ ...target, port: 0 });
  });
  onInterrupt(proxy.close);
  await printLink(proxy);
  if (shouldOpen) await openBrowser(proxy.createLink());
  await ended;
  await proxy.close();
  return 1;
}

/**
 * Prints a link for the person at the terminal. Output that is not a terminal may be a log that others can read, so there the
 * link is in a private file.
 * @param {import('./vscodeProxy.mjs').VscodeProxy} proxy
 */
async function printLink(proxy) {
  const link = proxy.createLink();
  let where = `Open this link, which works once:\n\n  ${link}`;
  if (!process.stdout.isTTY) {
    const file = join(dataDir, 'link.txt');
    await writePrivateFile(file, `${link}\n`);
    where = `The link that opens it, which works once, is in the file\n\n  ${file}`;
  }
  console.log(`VS Code with VPS.org Servers is running. ${where}\n\nPress Ctrl-C to stop it.`);
}

/**
 * Opens a link in the default browser where there is a display. Never fails, because another link is printed as well.
 * @param {string} link
 */
async function openBrowser(link) {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY)) return;
  await writePrivateFile(
    linkPage,
    `<!DOCTYPE html><meta charset="utf-8"><title>VS Code</title><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${link}"><a href="${link}">Open VS Code</a>\n`,
  );
  await open(linkPage).catch(() => undefined);
}

/**
 * Reads a file that only its owner can read, and creates it on first use.
 * @param {string} file
 * @param {() => Buffer} create
 */
async function readOrCreate(file, create) {
  if (!existsSync(file)) await writePrivateFile(file, create());
  return await readFile(file);
}

await runScript(main);
