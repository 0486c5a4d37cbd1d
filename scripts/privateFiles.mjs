import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import process from 'node:process';

/** Files and folders that no other user of this machine can read. Windows keeps them private by their location instead. */

/**
 * Creates a folder, or makes an existing one private.
 * @param {string} dir
 */
export async function makePrivateDir(dir) {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chmod(dir, 0o700);
}

/**
 * Writes a file, replacing an older one together with its permissions. The folder must be private.
 * @param {string} file
 * @param {string | Uint8Array} content
 */
export async function writePrivateFile(file, content) {
  const partial = `${file}.${process.pid}.partial`;
  await writeFile(partial, content, { mode: 0o600 });
  await rename(partial, file);
}

/**
 * Runs `start`, which starts a process synchronously: every file that the process creates is private.
 * @template T
 * @param {() => T} start
 * @returns {T}
 */
export function withPrivateUmask(start) {
  const previous = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(previous);
  }
}
