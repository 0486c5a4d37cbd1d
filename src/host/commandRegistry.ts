import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import type { CommandId } from '../ids.ts';
import { errorText } from './errorText.ts';
import type { Log } from './log.ts';
import type { Messages } from './messages.ts';

/** What a command does. Arguments may come from anybody and are checked by the command. */
export type CommandHandler = (...args: readonly unknown[]) => unknown;

/**
 * What the commands do. An error that a command lets through is told to the person here, once; a cancel is none, and a rejected
 * token is told by the account itself.
 */
export class CommandRegistry {
  readonly #handlers = new Map<string, CommandHandler>();
  readonly #messages: Messages;
  readonly #log: Log;

  constructor(messages: Messages, log: Log) {
    this.#messages = messages;
    this.#log = log;
  }

  register(id: CommandId, handler: CommandHandler): void {
    this.#handlers.set(id, handler);
  }

  /** Never rejects. */
  async run(id: string, args: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#handlers.get(id)?.(...args);
    } catch (error) {
      this.#report(id, AppError.from(error));
      return undefined;
    }
  }

  #report(id: string, error: AppError): void {
    if (error.kind === 'cancelled') {
      return;
    }
    this.#log.error(`${id} failed`, error);
    if (error.kind !== 'unauthorized') {
      this.#messages.error(errorText(error), {
        title: vscode.l10n.t('Show Log'),
        run: () => this.#log.show(),
      });
    }
  }
}
