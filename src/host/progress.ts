import * as vscode from 'vscode';

/** Shows `title` in the status bar until the work ends. */
export async function withStatusBarProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
}
