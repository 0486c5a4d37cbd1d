import * as vscode from 'vscode';
import { escapeIcons, escapeLinks } from '../core/text.ts';

/** A button in a message. */
export interface MessageButton {
  readonly title: string;
  readonly run: () => unknown;
}

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The label of the button that confirms. VS Code adds "Cancel". */
  readonly confirm: string;
}

const resultsId = 'vpsOrg.results';
const flashMs = 4_000;

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

/**
 * Notifications and modal questions. VS Code turns `[label](target)` in notifications into links, and names come from the API, so
 * notifications are escaped here.
 */
export class Messages {
  #endFlash: (() => void) | undefined;

  info(text: string, ...buttons: readonly MessageButton[]): void {
    this.#show(vscode.window.showInformationMessage, text, buttons);
  }

  warn(text: string, ...buttons: readonly MessageButton[]): void {
    this.#show(vscode.window.showWarningMessage, text, buttons);
  }

  error(text: string, ...buttons: readonly MessageButton[]): void {
    this.#show(vscode.window.showErrorMessage, text, buttons);
  }

  /** Asks a modal question. Undefined where it was cancelled or closed. */
  async decide(
    message: string,
    detail: string,
    answers: readonly string[],
  ): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, { modal: true, detail }, ...answers);
  }

  /** Asks a modal question. False where it was cancelled or closed. */
  async confirm({ message, detail, confirm }: Question): Promise<boolean> {
    const answer = await vscode.window.showWarningMessage(
      message,
      { modal: true, detail },
      confirm,
    );
    return answer === confirm;
  }

  /** Shows a text in the status bar for 4 seconds. Screen readers announce it, unlike that of `setStatusBarMessage`. */
  flash(text: string): void {
    this.#endFlash?.();
    const item = vscode.window.createStatusBarItem(
      resultsId,
      vscode.StatusBarAlignment.Left,
      Number.MIN_SAFE_INTEGER,
    );
    item.name = vscode.l10n.t('VPS.org Results');
    item.text = escapeIcons(text);
    item.accessibilityInformation = { label: text, role: 'alert' };
    item.show();
    const timer = setTimeout(() => item.dispose(), flashMs);
    this.#endFlash = () => {
      clearTimeout(timer);
      item.dispose();
    };
  }

  #show(show: Show, text: string, buttons: readonly MessageButton[]): void {
    void show(escapeLinks(text), ...buttons.map((button) => button.title)).then((title) => {
      const pressed = buttons.find((button) => button.title === title);
      return pressed?.run();
    });
  }
}
