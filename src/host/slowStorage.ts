import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';

/**
 * Shows that the secret storage does not answer, until `work` ends.
 *
 * @throws AppError of kind `cancelled` when the person cancels. The work itself goes on.
 */
export async function showWaiting<T>(work: Promise<T>): Promise<T> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Waiting for the secret storage of this computer...'),
      cancellable: true,
    },
    (_progress, token) =>
      Promise.race([
        work,
        new Promise<never>((_resolve, reject) => {
          token.onCancellationRequested(() => reject(AppError.cancelled()));
        }),
      ]),
  );
}
