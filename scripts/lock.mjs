import { mkdir, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * A lock between processes, in plain Node because it guards the install of the dependencies too. It works like
 * proper-lockfile: the holder of a lock keeps the time of its folder fresh, so a lock left by a killed process expires.
 */

const pollMs = 250;
const refreshMs = 2_000;
const expiryMs = 15_000;

/**
 * Runs `work` while no other process holds the same lock.
 * @template T
 * @param {string} lockDir a folder that exists while the lock is held
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lockDir, work) {
  await mkdir(dirname(lockDir), { recursive: true });
  while (!(await acquire(lockDir))) await delay(pollMs);
  const timer = setInterval(() => void refresh(lockDir), refreshMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await rm(lockDir, { recursive: true, force: true });
  }
}

/** @param {string} lockDir */
async function acquire(lockDir) {
  try {
    await mkdir(lockDir);
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  if (await isExpired(lockDir)) await rmdir(lockDir).catch(() => undefined);
  return false;
}

/** @param {string} lockDir */
async function isExpired(lockDir) {
  try {
    return Date.now() - (await stat(lockDir)).mtimeMs > expiryMs;
  } catch {
    return false;
  }
}

/** @param {string} lockDir */
async function refresh(lockDir) {
  const now = new Date();
  await utimes(lockDir, now, now).catch(() => undefined);
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
