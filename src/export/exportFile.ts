import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { temporaryName } from '../host/fileHelpers.ts';
import type { ExportFormat } from './formats.ts';

interface FileKind {
  readonly base: string;
  readonly extension: string;
  /** Language ids for the editor, of VS Code or of other extensions, best first. */
  readonly languages: readonly string[];
}

const kinds: Readonly<Record<ExportFormat, FileKind>> = {
  csv: { base: 'servers', extension: 'csv', languages: ['csv'] },
  json: { base: 'servers', extension: 'json', languages: ['json'] },
  ansible: { base: 'inventory', extension: 'yml', languages: ['yaml'] },
  openSsh: { base: 'vps-org', extension: 'conf', languages: ['ssh_config', 'properties'] },
};

/** The suggested name: "servers.csv", and "servers-2.csv" for the second one. */
function fileNameOf(format: ExportFormat, number = 1): string {
  const { base, extension } = kinds[format];
  return `${number === 1 ? base : `${base}-${String(number)}`}.${extension}`;
}

/** Opens the text as an unsaved document with a name and a language. Nothing is written until the person saves it. */
export async function openUnsaved(content: string, format: ExportFormat): Promise<void> {
  const known = await vscode.languages.getLanguages();
  const language = kinds[format].languages.find((id) => known.includes(id)) ?? 'plaintext';
  const uri = await freeUri(format);
  const named = uri && (await openNamed(uri, content, language));
  const document = named ?? (await vscode.workspace.openTextDocument({ content, language }));
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Undefined where VS Code refuses the name, for example because the file was created meanwhile. */
async function openNamed(
  uri: vscode.Uri,
  content: string,
  language: string,
): Promise<vscode.TextDocument | undefined> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), content);
    const isFilled = await vscode.workspace.applyEdit(edit);
    return isFilled
      ? await vscode.languages.setTextDocumentLanguage(document, language)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Asks for a file and writes it. The file is complete or as it was before, whatever happens while it is written.
 *
 * @returns the file; undefined if the dialog was closed
 */
export async function saveToFile(
  content: string,
  format: ExportFormat,
): Promise<vscode.Uri | undefined> {
  const folder = targetFolder();
  const uri = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, fileNameOf(format)) } : {}),
    filters: { [vscode.l10n.t('Server List')]: [kinds[format].extension] },
    saveLabel: vscode.l10n.t('Save'),
  });
  if (uri) {
    await writeWhole(uri, content);
  }
  return uri;
}

async function writeWhole(uri: vscode.Uri, content: string): Promise<void> {
  const { fs } = vscode.workspace;
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const temporary = vscode.Uri.joinPath(uri, '..', temporaryName(name));
  try {
    await fs.writeFile(temporary, new TextEncoder().encode(content));
    await fs.rename(temporary, uri, { overwrite: true });
  } catch (error) {
    await Promise.resolve(fs.delete(temporary)).catch(() => undefined);
    throw error;
  }
}

/** The first folder of the workspace, otherwise the home folder; undefined where that is on another computer. */
function targetFolder(): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder ?? (vscode.env.remoteName === undefined ? vscode.Uri.file(homedir()) : undefined);
}

/** The address of a new document that is neither a file nor open. VS Code refuses the first and would return the second. */
async function freeUri(format: ExportFormat): Promise<vscode.Uri | undefined> {
  const folder = targetFolder();
  if (!folder || !['file', 'vscode-remote'].includes(folder.scheme)) {
    return undefined;
  }
  for (let number = 1; number <= 100; number += 1) {
    const file = vscode.Uri.joinPath(folder, fileNameOf(format, number));
    const uri = vscode.Uri.from({ scheme: 'untitled', path: file.path });
    const isOpen = vscode.workspace.textDocuments.some(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (!isOpen && !(await exists(file))) {
      return uri;
    }
  }
  return undefined;
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
