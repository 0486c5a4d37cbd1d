import * as vscode from 'vscode';
// The name of the built file: this one is built separately, see esbuild.mjs.
import type * as appCode from './app.js';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly terminal: { readonly profiles: readonly { readonly id: string }[] };
  };
}

/**
 * Called by VS Code when the view opens or a command runs. Registers the commands of the manifest, which VS Code needs at once,
 * and starts to load the app. Commands wait for the app.
 */
export function activate(context: vscode.ExtensionContext): void {
  const code = loadApp();
  const app = start(context, code);
  app.catch(() => undefined);
  const { commands, terminal } = (context.extension.packageJSON as Manifest).contributes;
  const run = async (id: string, args: readonly unknown[]): Promise<unknown> => {
    const { whileShowingSlow } = await code;
    return (await whileShowingSlow(app).catch(orUndefinedIfCancelled))?.run(id, args);
  };
  context.subscriptions.push(
    ...commands.map(({ command }) =>
      vscode.commands.registerCommand(command, (...args) => run(command, args)),
    ),
    ...terminal.profiles.map(({ id }) =>
      vscode.window.registerTerminalProfileProvider(id, {
        // With the id of the profile the command returns a profile instead of opening a terminal. For a missing profile VS Code
        // shows an error of its own, and nothing for an error without a message.
        provideTerminalProfile: async () =>
          ((await run('vpsOrg.server.openTerminal', [id])) as vscode.TerminalProfile | undefined) ??
          Promise.reject(new Error('')),
      }),
    ),
    {
      // After a failed start there is nothing to dispose of, and the error was shown.
      dispose: () =>
        app.then(
          (started) => started.dispose(),
          () => undefined,
        ),
    },
  );
}

/** A person who cancels the wait needs no error. */
function orUndefinedIfCancelled(error: unknown): undefined {
  if ((error as { readonly kind?: unknown }).kind !== 'cancelled') {
    throw error;
  }
}

/** Loads the code of the app after VS Code has continued. */
async function loadApp(): Promise<typeof appCode> {
  await new Promise((resolve) => setImmediate(resolve));
  return await import('./app.js');
}

/** Creates the app. Shows an error before it rejects. */
async function start(
  context: vscode.ExtensionContext,
  code: Promise<typeof appCode>,
): Promise<appCode.App> {
  try {
    const { createApp } = await code;
    return await createApp(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('VPS.org Servers could not start: {0}', reason),
    );
    throw error;
  }
}
