import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Every process that a script starts goes through here, so that none outlives it: not after an error, not after Ctrl-C.
 * Each child leads a process group of its own, and the group is ended by its id: VS Code's server starts an extension
 * host and watchers, and these must go with it.
 */

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set();

/** @type {Set<() => unknown>} */
const cleanups = new Set();

const hasGroups = process.platform !== 'win32';
const graceMs = 5_000;
const pollMs = 50;
let ending = false;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function startProcess(command, args, options = {}) {
  if (ending) throw new Error('Interrupted.');
  installHandlers();
  const child = spawn(command, args, { ...options, detached: hasGroups, windowsHide: true });
  running.add(child);
  child.once('error', () => running.delete(child));
  // What it started may still be there when it is gone itself.
  child.once('exit', () => void endGroup(child).then(() => running.delete(child)));
  return child;
}

/**
 * Ends the process and everything it started; resolves when all of it is gone.
 * @param {ChildProcess} child
 */
export async function endProcess(child) {
  const gone = isAlive(child) ? once(child, 'exit') : undefined;
  await endGroup(child);
  await gone;
}

/**
 * Asks the group to end, and makes it end when it takes too long: its members may have something to end and to remove
 * themselves.
 * @param {ChildProcess} child
 */
async function endGroup(child) {
  if (!isGroupAlive(child)) return;
  signalGroup(child, 'SIGTERM');
  const deadlineMs = Date.now() + graceMs;
  while (isGroupAlive(child) && Date.now() < deadlineMs) await delay(pollMs);
  if (isGroupAlive(child)) signalGroup(child, 'SIGKILL');
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: 'inherit' | 'capture', shell?: boolean }} [options]
 *   `capture` keeps stdout and stderr, in the order they came, for the result.
 * @returns {Promise<{ code: number, output: string }>} A process that was ended by a signal has code 1.
 */
export async function run(command, args, { output = 'capture', ...options } = {}) {
  const child = startProcess(command, args, {
    ...options,
    stdio: output === 'inherit' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
  }
  const [code] = await once(child, 'close');
  // An interrupted script does not go on to its next step; `endAll` is about to end it.
  if (ending) await new Promise(() => undefined);
  return { code: typeof code === 'number' ? code : 1, output: Buffer.concat(chunks).toString('utf8') };
}

/**
 * As `run`, for steps that must succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 * @throws {Error} with the output of the command, when it fails
 */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`"${[command, ...args].join(' ')}" failed with code ${code}.\n${output}`.trimEnd());
  return output;
}

/**
 * npm, as started by the running Node: on Windows npm is a batch file, which only a shell can start.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function mustRunNpm(args, options) {
  return mustRun('npm', args, { ...options, shell: process.platform === 'win32' });
}

/**
 * Runs when the script is interrupted. Returns a function that takes it back.
 * @param {() => unknown} cleanup
 */
export function onInterrupt(cleanup) {
  installHandlers();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** @param {ChildProcess} child */
function isGroupAlive(child) {
  if (!hasGroups || child.pid === undefined) return isAlive(child);
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {ChildProcess} child */
function isAlive(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (hasGroups) process.kill(-child.pid, signal);
    else if (isAlive(child)) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
  } catch {
    // The group is gone already.
  }
}

let handlersInstalled = false;

function installHandlers() {
  if (handlersInstalled) return;
  handlersInstalled = true;
  for (const [signal, code] of /** @type {const} */ ([['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]])) {
    process.on(signal, () => void endAll(code));
  }
  // Who reads the output may be gone first; cleaning up goes on without a reader.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // The last resort, for a script that leaves in a hurry: there is no time to ask politely.
  process.on('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });
}

/** @param {number} code */
async function endAll(code) {
  if (ending) return;
  ending = true;
  await Promise.allSettled([...cleanups].map(async (cleanup) => cleanup()));
  await Promise.allSettled([...running].map(endProcess));
  process.exit(code);
}
