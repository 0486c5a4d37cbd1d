import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 250;
/** A lock without an owner's id is one that is being taken right now, unless it is older than this. */
const unownedMs = 10_000;

/**
 * Runs `work` while no other process holds the same lock: two `npm test` at once must not install into one another. A lock
 * that a killed process left behind is taken over.
 * @template T
 * @param {string} lockDir a folder that exists while the lock is held
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lockDir, work) {
  await mkdir(dirname(lockDir), { recursive: true });
  while (!(await take(lockDir))) {
    if (await isStale(lockDir)) await remove(lockDir);
    else await delay(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(lockDir, { recursive: true, force: true });
  }
}

/** @param {string} lockDir */
async function take(lockDir) {
  try {
    await mkdir(lockDir);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  await writeFile(join(lockDir, 'pid'), String(process.pid));
  return true;
}

/** @param {string} lockDir */
async function isStale(lockDir) {
  try {
    const pid = Number(await readFile(join(lockDir, 'pid'), 'utf8'));
    if (pid > 0) return !isRunning(pid);
    return Date.now() - (await stat(lockDir)).mtimeMs > unownedMs;
  } catch {
    const age = await stat(lockDir).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
    return age > unownedMs;
  }
}

/**
 * Only one of several waiting processes can rename the folder away; the others find nothing and try again.
 * @param {string} lockDir
 */
async function remove(lockDir) {
  const aside = `${lockDir}.${process.pid}.stale`;
  try {
    await rename(lockDir, aside);
  } catch {
    return;
  }
  await rm(aside, { recursive: true, force: true });
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
