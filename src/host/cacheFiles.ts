import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { CacheFiles } from '../state/listCache.ts';
import { orIfMissing, temporaryName } from './fileHelpers.ts';

/** A write takes less time. */
const maxWriteMs = 60_000;

/**
 * Files in a folder of the extension's global storage, for the current user only. The first write creates the folder.
 * A write replaces a file at once: a reader in another window finds the old or the new one.
 */
export function openCacheFiles(folder: vscode.Uri): CacheFiles {
  return folder.scheme === 'file' ? openLocal(folder.fsPath) : openLater(folder);
}

/** A remote or virtual storage is rare. */
function openLater(folder: vscode.Uri): CacheFiles {
  const opened = import('./virtualFiles.ts').then((module) => module.openVirtual(folder));
  return {
    read: async (name) => (await opened).read(name),
    write: async (name, text) => (await opened).write(name, text),
    remove: async (name) => (await opened).remove(name),
    names: async () => (await opened).names(),
  };
}

/** `vscode.workspace.fs` cannot set permissions, and deletes a file before it renames another one over it. */
function openLocal(folder: string): CacheFiles {
  return {
    read: async (name) => orIfMissing(async () => readFile(join(folder, name), 'utf8'), undefined),
    write: async (name, text) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // An earlier version created the folder for everyone.
      await chmod(folder, 0o700);
      const temporary = join(folder, temporaryName(name));
      try {
        await rm(temporary, { force: true });
        await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
        await rename(temporary, join(folder, name));
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    remove: async (name) => rm(join(folder, name), { force: true }),
    names: async () =>
      orIfMissing(async () => {
        await chmod(folder, 0o700);
        const names = await readdir(folder);
        const isWritten = await Promise.all(names.map((name) => isBeingWritten(folder, name)));
        return names.filter((_name, index) => !isWritten[index]);
      }, []),
  };
}

/** Whether another window may be writing this temporary file. An older one was left behind by a crash. */
async function isBeingWritten(folder: string, name: string): Promise<boolean> {
  if (!name.endsWith('.new')) {
    return false;
  }
  const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: 0 }));
  return Math.abs(Date.now() - mtimeMs) < maxWriteMs;
}
