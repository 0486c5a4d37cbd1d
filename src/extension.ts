import * as vscode from 'vscode';
import type { App } from './app.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/**
 * Called by VS Code when the view opens or a command runs. Only what VS Code must find at once is done here: the commands of
 * the manifest. All else is read in behind it, and commands wait for that.
 */
export function activate(context: vscode.ExtensionContext): void {
  const app = start(context);
  app.catch(() => undefined);
  const { contributes } = context.extension.packageJSON as Manifest;
  for (const { command } of contributes.commands) {
    const run = async (...args: unknown[]): Promise<unknown> => (await app).run(command, args);
    context.subscriptions.push(vscode.commands.registerCommand(command, run));
  }
  // Without an app there is nothing to dispose of, and it was told why.
  const disposeApp = (): Promise<void> => app.then((started) => started.dispose(), () => undefined);
  context.subscriptions.push({ dispose: disposeApp });
}

/** A failed start is told, not swallowed. */
async function start(context: vscode.ExtensionContext): Promise<App> {
  try {
    // First VS Code may go on.
    await new Promise((resolve) => setImmediate(resolve));
    const { createApp } = await import('./app.ts');
    return await createApp(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('VPS.org Servers could not start: {0}', reason));
    throw error;
  }
}
