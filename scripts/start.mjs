import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openBrowser } from './openBrowser.mjs';
import { cacheDir, root, vsixPath } from './paths.mjs';
import { mustRun, onInterrupt } from './processes.mjs';
import { ensureDependencies, runScript } from './setup.mjs';
import { ensureVscode } from './vscodeInstall.mjs';
import { installExtension, quietSettings, startVscodeServer, writeUserSettings } from './vscodeServer.mjs';

/** VS Code with the extension, for a person to try: `npm start`. Everything that it keeps is in .vscode-test/start-data. */

/** What a browser keeps, the sign-in among it, belongs to an address with its port. So the port stays the same. */
const usualPort = 4187;

const usage = `Usage: npm start -- [--port NUMBER] [--no-open] [--desktop]

  (no flags)     serve VS Code with the extension on this machine and open it in the browser
  --port NUMBER  the port of the address, ${usualPort} otherwise
  --no-open      only print the address
  --desktop      start the VS Code that is installed here instead, with a profile of its own`;

const dataDir = join(cacheDir, 'start-data');
const folder = join(dataDir, 'sample-project');

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
    throw new Error(`"${values.port}" is not a port: a whole number from 1 to 65535.`);
  }
  return { port, opens: !values['no-open'], isDesktop: values.desktop, wantsHelp: values.help };
}

async function main() {
  const flags = tryReadFlags();
  if (flags instanceof Error) {
    console.error(`${flags.message}\n\n${usage}`);
    return 2;
  }
  if (flags.wantsHelp) {
    console.log(usage);
    return 0;
  }
  await ensureDependencies();
  await mkdir(folder, { recursive: true });
  if (flags.isDesktop) {
    await mustRun(process.execPath, ['esbuild.mjs'], { cwd: root });
    const { startDesktop } = await import('./startDesktop.mjs');
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

/** @param {{ port: number | undefined, opens: boolean }} flags */
async function serve({ port, opens }) {
  console.log('Building the extension...');
  const [vscode] = await Promise.all([
    ensureVscode('newest'),
    mustRun(process.execPath, ['scripts/package.mjs'], { cwd: root }),
  ]);
  if (!existsSync(join(dataDir, 'data', 'User', 'settings.json'))) await writeUserSettings(dataDir, quietSettings);
  await installExtension(vscode, dataDir, vsixPath);

  const connectionTokenFile = join(dataDir, 'connection-token');
  const connectionToken = (await keep(connectionTokenFile, () => Buffer.from(randomBytes(24).toString('hex')))).toString();
  const secretKey = await keep(join(dataDir, 'secret-key'), () => randomBytes(32));
  const server = await startVscodeServer(vscode, { dataDir, connectionTokenFile });

  try {
    return await servePage({ targetPort: server.port, connectionToken, secretKey }, { port, opens, ended: server.ended });
  } finally {
    await server.stop();
  }
}

/**
 * @param {Omit<Parameters<typeof import('./startProxy.mjs').startProxy>[0], 'port'>} target
 * @param {{ port: number | undefined, opens: boolean, ended: Promise<unknown> }} options
 * @returns {Promise<number>} the exit code, when VS Code ended by itself
 */
async function servePage(target, { port, opens, ended }) {
  const { startProxy } = await import('./startProxy.mjs');
  const proxy = await startProxy({ ...target, port: port ?? usualPort }).catch((error) => {
    if (error?.code !== 'EADDRINUSE') throw error;
    if (port !== undefined) throw new Error(`Port ${port} is taken by another program.`);
    console.log(`Port ${usualPort} is taken, so another one is used: sign-ins of earlier starts are not known there.`);
    return startProxy({ ...target, port: 0 });
  });
  onInterrupt(proxy.close);
  const query = new URLSearchParams({ tkn: target.connectionToken, folder });
  const url = `http://127.0.0.1:${proxy.port}/?${query}`;
  console.log(`VS Code with VPS.org Servers is at\n\n  ${url}\n\nIt runs until Ctrl-C.`);
  if (opens) openBrowser(url);
  await ended;
  await proxy.close();
  return 1;
}

/**
 * Reads a file that only its owner may read, and makes it the first time.
 * @param {string} file
 * @param {() => Buffer} make
 */
async function keep(file, make) {
  if (!existsSync(file)) await writeFile(file, make(), { mode: 0o600 });
  return await readFile(file);
}

await runScript(main);
