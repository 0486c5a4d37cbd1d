import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';

/**
 * Every process that a script starts goes through here, so that none outlives the script: not after an error, not after
 * Ctrl-C. execa ends a child but not its descendants, and VS Code's server starts an extension host and watchers. So each
 * child leads a process group, which is ended as a whole; on Windows, taskkill ends the tree.
 */

/** @typedef {import('execa').ResultPromise<{ reject: false, all: true }>} Child */
/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] replaces the environment of this process
 * @property {'inherit' | 'capture'} [output] `capture` returns stdout and stderr, interleaved as they arrived
 */

/** @type {Set<Child>} */
const running = new Set();

/** @type {Set<() => unknown>} */
const cleanups = new Set();

const hasGroups = process.platform !== 'win32';
const graceMs = 5_000;
const pollMs = 50;
let isEnding = false;

/**
 * Starts a process whose output the caller reads from `stdout` and `stderr`. Await the child for its result.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('execa').Options & { env?: NodeJS.ProcessEnv }} [options]
 * @returns {Child} never rejects
 */
export function startProcess(command, args, options = {}) {
  if (isEnding) throw new Error('Interrupted.');
  installHandlers();
  const child = /** @type {Child} */ (
    execa(command, args, {
      stdin: 'ignore',
      buffer: false,
      extendEnv: options.env === undefined,
      ...options,
      reject: false,
      cleanup: false,
      detached: hasGroups,
    })
  );
  running.add(child);
  // Descendants may outlive the child itself.
  child.once('exit', () => void endGroup(child).then(() => running.delete(child)));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Ends a process and all of its descendants. Resolves when they are gone.
 * @param {Child} child
 */
export async function endProcess(child) {
  await endGroup(child);
  await child;
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `code` is 1 for a process ended by a signal
 * @throws {Error} when the command cannot be started
 */
export async function run(command, args, { output = 'capture', ...options } = {}) {
  const result = await startProcess(command, args, {
    ...options,
    ...(output === 'inherit'
      ? { stdout: 'inherit', stderr: 'inherit' }
      : { all: true, buffer: true, stripFinalNewline: false }),
  });
  // An interrupted script does not continue with its next step; `endAll` is about to end it.
  if (isEnding) await new Promise(() => undefined);
  if (result.exitCode === undefined && !result.isTerminated)
    throw new Error(result.originalMessage ?? `"${command}" could not be started.`);
  return { code: result.exitCode ?? 1, output: result.all ?? '' };
}

/**
 * Like `run`, for steps that must succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} the output
 * @throws {Error} with the output of the command, when it fails
 */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  throw new Error(
    `"${[command, ...args].join(' ')}" failed with code ${code}.\n${output}`.trimEnd(),
  );
}

/**
 * Registers work for an interrupted script.
 * @param {() => unknown} cleanup
 * @returns a function that removes it again
 */
export function onInterrupt(cleanup) {
  installHandlers();
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/**
 * Sends SIGTERM, which lets the members of the group clean up, and SIGKILL after a grace period.
 * @param {Child} child
 */
async function endGroup(child) {
  if (!isGroupAlive(child)) return;
  signalGroup(child, 'SIGTERM');
  const deadlineMs = Date.now() + graceMs;
  while (isGroupAlive(child) && Date.now() < deadlineMs) await delay(pollMs);
  if (isGroupAlive(child)) signalGroup(child, 'SIGKILL');
}

/** @param {Child} child */
function isGroupAlive(child) {
  if (child.pid === undefined) return false;
  if (!hasGroups) return isAlive(child);
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {Child} child */
function isAlive(child) {
  return child.exitCode === null && child.signalCode === null;
}

/**
 * @param {Child} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (hasGroups) process.kill(-child.pid, signal);
    else if (isAlive(child))
      spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
  } catch {
    // The group has ended in the meantime.
  }
}

let hasHandlers = false;

function installHandlers() {
  if (hasHandlers) return;
  hasHandlers = true;
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => void endAll(code));
  }
  // The reader of the output may be gone first; cleaning up continues without it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // The last resort when the script exits without waiting: there is no time for SIGTERM.
  process.on('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });
}

/** @param {number} code */
async function endAll(code) {
  if (isEnding) return;
  isEnding = true;
  await Promise.allSettled([...cleanups].map(async (cleanup) => cleanup()));
  await Promise.allSettled([...running].map(endProcess));
  process.exit(code);
}
