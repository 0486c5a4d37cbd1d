import * as vscode from 'vscode';
import { escapeMarks } from '../core/text.ts';

export interface InputBoxOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly isPassword?: boolean;
  readonly buttons?: readonly { readonly button: vscode.QuickInputButton; readonly run: () => unknown }[];
  /** What is wrong with the text, shown while it is typed; undefined when nothing is. */
  readonly validate?: (text: string) => string | undefined;
  /**
   * Does the work while the box stays open and busy. Resolves with what is wrong, to be shown in the box with the text kept,
   * or with undefined when all is done and the box may close.
   */
  readonly submit: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/**
 * A box that asks for text. It survives a change of window, and keeps what was typed until it was accepted. Below its field
 * VS Code makes links and icons of what looks like them: texts are made safe here.
 */
export function askText(options: InputBoxOptions): Promise<void> {
  const box = vscode.window.createInputBox();
  const abort = new AbortController();
  box.title = options.title;
  box.prompt = escapeMarks(options.prompt);
  box.placeholder = options.placeholder ?? '';
  box.value = options.value ?? '';
  box.password = options.isPassword ?? false;
  box.ignoreFocusOut = true;
  box.buttons = (options.buttons ?? []).map(({ button }) => button);
  const validate = (): boolean => {
    const problem = options.validate?.(box.value);
    box.validationMessage = escapeMarks(problem ?? '');
    return problem === undefined;
  };
  return new Promise((resolve, reject) => {
    const submit = async (): Promise<void> => {
      if (box.busy || !validate()) {
        return;
      }
      box.busy = true;
      box.enabled = false;
      let problem: string | undefined;
      try {
        problem = await options.submit(box.value, abort.signal);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        box.hide();
        return;
      }
      box.busy = false;
      box.enabled = true;
      if (problem === undefined) {
        box.hide();
      } else {
        box.validationMessage = escapeMarks(problem);
        // The box may have lost the keyboard to a dialog in between.
        box.show();
      }
    };
    box.onDidAccept(() => void submit());
    box.onDidChangeValue(() => void validate());
    box.onDidTriggerButton((pressed) => {
      const found = options.buttons?.find(({ button }) => button === pressed);
      void found?.run();
    });
    box.onDidHide(() => {
      abort.abort();
      box.dispose();
      resolve();
    });
    box.show();
  });
}
