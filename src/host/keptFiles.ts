import * as vscode from 'vscode';
import type { KeptFiles } from '../state/listKeeper.ts';

/** Files in a folder of the extension's own storage, outside of any workspace. The folder is made when it is first written to. */
export function openKeptFiles(folder: vscode.Uri): KeptFiles {
  const { fs } = vscode.workspace;
  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  return {
    read: async (name) => orIfMissing(async () => new TextDecoder().decode(await fs.readFile(fileOf(name))), undefined),
    write: async (name, text) => {
      await fs.createDirectory(folder);
      // Written beside and then renamed, for another window that writes or reads at the same moment.
      const beside = fileOf(`${name}.${String(process.pid)}.new`);
      await fs.writeFile(beside, new TextEncoder().encode(text));
      await fs.rename(beside, fileOf(name), { overwrite: true });
    },
    remove: async (name) => orIfMissing(async () => fs.delete(fileOf(name)), undefined),
    names: async () => orIfMissing(async () => (await fs.readDirectory(folder)).map(([name]) => name), []),
  };
}

async function orIfMissing<T>(work: () => Promise<T>, missing: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return missing;
    }
    throw error;
  }
}
