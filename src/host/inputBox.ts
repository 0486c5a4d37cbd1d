import * as vscode from 'vscode';
import { escapeMarks } from '../core/text.ts';

export interface InputBoxOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly isPassword?: boolean;
  readonly buttons?: readonly {
    readonly button: vscode.QuickInputButton;
    readonly run: () => unknown;
  }[];
  /** The problem with the text, shown while typing; undefined where it is valid. */
  readonly validate?: (text: string) => string | undefined;
  /** What the person should know about a valid text; it can be accepted. */
  readonly warn?: (text: string) => string | undefined;
  /**
   * Handles the accepted text while the box stays open and busy. Resolves with undefined to close the box, or with a problem to
   * show. `signal` aborts when the box is closed.
   */
  readonly submit: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/**
 * Asks for text in a box that stays open when the window loses focus. Resolves when the box closes, and rejects where `submit`
 * does. VS Code renders links and icons below the field, so prompt and problems are escaped here.
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
    const warning = problem === undefined ? options.warn?.(box.value) : undefined;
    box.validationMessage =
      warning === undefined
        ? escapeMarks(problem ?? '')
        : {
            message: escapeMarks(warning),
            severity: vscode.InputBoxValidationSeverity.Warning,
          };
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
        // A dialog may have taken the keyboard focus from the box.
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
