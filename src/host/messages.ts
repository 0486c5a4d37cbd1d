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
  /** The button that goes ahead; the other one is VS Code's own "Cancel". */
  readonly confirm: string;
}

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

/**
 * Messages to people. VS Code turns `[label](target)` in notifications into links, and names come from the API: every text
 * is made safe here.
 */
export class Messages {
  info(text: string, ...buttons: readonly MessageButton[]): void {
    this.#show(vscode.window.showInformationMessage, text, buttons);
  }

  warn(text: string, ...buttons: readonly MessageButton[]): void {
    this.#show(vscode.window.showWarningMessage, text, buttons);
  }

  error(text: string, ...buttons: readonly MessageButton[]): void {
    this.#show(vscode.window.showErrorMessage, text, buttons);
  }

  /** A modal question with several answers besides "Cancel", which means undefined, as does Escape. */
  async decide(message: string, detail: string, answers: readonly string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, { modal: true, detail }, ...answers);
  }

  /** A modal question. Closing it, Escape and "Cancel" all mean no. */
  async confirm({ message, detail, confirm }: Question): Promise<boolean> {
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, confirm);
    return answer === confirm;
  }

  /** For a moment in the status bar: what was done and needs no answer. */
  flash(text: string): void {
    vscode.window.setStatusBarMessage(escapeIcons(text), 4000);
  }

  #show(show: Show, text: string, buttons: readonly MessageButton[]): void {
    void show(escapeLinks(text), ...buttons.map((button) => button.title)).then((title) => {
      const pressed = buttons.find((button) => button.title === title);
      return pressed?.run();
    });
  }
}
