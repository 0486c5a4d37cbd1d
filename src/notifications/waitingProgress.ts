import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { escapeMarks } from '../core/text.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { plural } from '../text/l10n.ts';

/** Shows in the status bar which servers are waited for. */
export class WaitingProgress implements Disposable {
  readonly #context: CommandContext;
  #progress: vscode.Progress<{ message: string }> | undefined;
  #end: (() => void) | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  /** Shows, changes or hides the text. */
  update(): void {
    if (this.#context.statusWaiter.count === 0) {
      this.dispose();
    } else if (this.#end) {
      this.#report();
    } else {
      const ended = new Promise<void>((resolve) => (this.#end = resolve));
      void vscode.window.withProgress({ location: vscode.ProgressLocation.Window }, (progress) => {
        this.#progress = progress;
        this.#report();
        return ended;
      });
    }
  }

  dispose(): void {
    this.#end?.();
    this.#end = this.#progress = undefined;
  }

  #report(): void {
    const { statusWaiter, sessions } = this.#context;
    const [ref, ...others] = statusWaiter.refs;
    const server = ref && sessions.find(ref)?.server;
    const message =
      others.length > 0
        ? plural(
            vscode.l10n.t('Waiting for {0, plural, one {# server} other {# servers}}'),
            others.length + 1,
          )
        : vscode.l10n.t(
            'Waiting for "{0}" ({1})',
            server?.name ?? ref?.serverId ?? '',
            server?.status ?? '',
          );
    this.#progress?.report({ message: escapeMarks(message) });
  }
}
