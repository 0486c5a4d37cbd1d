import * as vscode from 'vscode';
import type { CacheFiles } from '../state/listCache.ts';
import { orIfMissing, temporaryName } from './fileHelpers.ts';

/** Files in a folder that is not on this computer's disk. */
export function openVirtual(folder: vscode.Uri): CacheFiles {
  const { fs } = vscode.workspace;
  const fileOf = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  return {
    read: async (name) =>
      orIfMissing(async () => new TextDecoder().decode(await fs.readFile(fileOf(name))), undefined),
    write: async (name, text) => {
      await fs.createDirectory(folder);
      const temporary = fileOf(temporaryName(name));
      await fs.writeFile(temporary, new TextEncoder().encode(text));
      await fs.rename(temporary, fileOf(name), { overwrite: true });
    },
    remove: async (name) => orIfMissing(async () => fs.delete(fileOf(name)), undefined),
    names: async () =>
      orIfMissing(async () => (await fs.readDirectory(folder)).map(([name]) => name), []),
  };
}
