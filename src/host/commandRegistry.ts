import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import { errorText } from '../text/errors.ts';
import type { CommandContext } from './commandContext.ts';
import { hasLostRow, keyFallbacks, toRowArguments } from './rowArguments.ts';

/** Runs a command. Any extension or keybinding may pass arguments, so the handler checks them. */
type CommandHandler = (context: CommandContext, args: readonly unknown[]) => unknown;

/** Loads a handler on the first use of its command. */
export type CommandLoader = () => Promise<CommandHandler>;

/**
 * Runs commands by id. Errors that a handler throws are shown here, once. A cancelled command shows nothing, and a rejected
 * token is reported by the notification about it.
 */
export class CommandRegistry {
  readonly #loadCommands: () => Promise<Readonly<Record<string, CommandLoader>>>;
  readonly #context: CommandContext;

  /** @param loadCommands returns the loaders by command id; called when a command runs */
  constructor(
    loadCommands: () => Promise<Readonly<Record<string, CommandLoader>>>,
    context: CommandContext,
  ) {
    this.#loadCommands = loadCommands;
    this.#context = context;
  }

  /** Never rejects. */
  async run(id: string, args: readonly unknown[]): Promise<unknown> {
    if (hasLostRow(id, args)) {
      this.#context.messages.info(
        vscode.l10n.t('VS Code did not say which row was meant, so nothing was done. Try again.'),
      );
      return undefined;
    }
    try {
      const commands = await this.#loadCommands();
      const handler = Object.hasOwn(commands, id) ? await commands[id]?.() : undefined;
      const rowArgs = toRowArguments(this.#context.view, args);
      if (rowArgs) {
        return await handler?.(this.#context, rowArgs);
      }
      const fallback = keyFallbacks[id];
      if (fallback) {
        return await vscode.commands.executeCommand(fallback);
      }
      this.#context.messages.flash(vscode.l10n.t('Choose a server with the arrow keys first'));
      return undefined;
    } catch (error) {
      await this.#report(id, args, AppError.from(error));
      return undefined;
    }
  }

  async #report(id: string, args: readonly unknown[], error: AppError): Promise<void> {
    if (error.kind === 'cancelled') {
      return;
    }
    const { log, messages } = this.#context;
    log.error(`${id} failed`, error);
    if (error.kind !== 'unauthorized') {
      const { commandFailureText } = await import('../text/failures.ts');
      const { text, canRetry } = commandFailureText(id, errorText(error));
      const retry = { title: vscode.l10n.t('Retry'), run: () => this.run(id, args) };
      messages.error(text, ...(canRetry ? [retry] : []), {
        title: vscode.l10n.t('Show Log'),
        run: () => log.show(),
      });
    }
  }
}
