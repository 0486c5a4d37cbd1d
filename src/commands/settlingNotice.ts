import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import type { Target } from '../state/targets.ts';

/**
 * Shows the result of a bulk action until none of its servers is waited for any more. The notification about the final statuses
 * then takes its place.
 */
export function showUntilSettled(
  { statusWaiter }: CommandContext,
  targets: readonly Target[],
  title: string,
): void {
  const isWaiting = (): boolean => targets.some(({ ref }) => statusWaiter.isWaiting(ref));
  void vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    () =>
      new Promise<void>((resolve) => {
        const subscription = statusWaiter.onDidChange(() => {
          if (!isWaiting()) {
            subscription.dispose();
            resolve();
          }
        });
      }),
  );
}
