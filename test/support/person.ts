import * as vscode from 'vscode';

/** Answers that a person would give, one for each question; VS Code refuses real dialogs while tests run. */
export interface Person {
  /** Titles of buttons to press, at once or later; undefined closes the message. Questions and messages share this list. */
  readonly answers: (string | undefined | Promise<string | undefined>)[];
  /** What was said, in order: `message | detail`. */
  readonly heard: string[];
  /** What the status bar said for a moment. */
  readonly flashed: string[];
  /** Labels to pick from quick picks; undefined is Escape. */
  readonly picks: (string | undefined)[];
  readonly offered: string[][];
  /** Texts to type into input boxes, one for each time that the box asks; undefined is Escape. */
  readonly typed: (string | undefined)[];
  /** What boxes asked for, and what they complained about. */
  readonly prompts: string[];
  readonly complaints: string[];
}

type Restore = () => void;

function replace<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): Restore {
  const before = target[key];
  target[key] = value;
  return () => {
    target[key] = before;
  };
}

/** An input box that types what the person says, as often as it is asked. */
function makeInputBox(person: Person): vscode.InputBox {
  const accept = new vscode.EventEmitter<undefined>();
  const change = new vscode.EventEmitter<string>();
  const hide = new vscode.EventEmitter<undefined>();
  const never = new vscode.EventEmitter<never>();
  let complaint: string | vscode.InputBoxValidationMessage | undefined = '';
  const ask = (): void => {
    const text = person.typed.shift();
    if (text === undefined) {
      hide.fire(undefined);
    } else {
      box.value = text;
      change.fire(text);
      accept.fire(undefined);
    }
  };
  const box: vscode.InputBox = {
    value: '', valueSelection: undefined, placeholder: '', password: false, buttons: [], prompt: '', title: '', step: undefined,
    totalSteps: undefined, enabled: true, busy: false, ignoreFocusOut: false,
    onDidAccept: (listener: () => void) => accept.event(listener),
    onDidChangeValue: change.event,
    onDidHide: (listener: () => void) => hide.event(listener),
    onDidTriggerButton: never.event,
    get validationMessage() {
      return complaint;
    },
    set validationMessage(message) {
      complaint = message;
      if (typeof message === 'string' && message !== '') {
        person.complaints.push(message);
      }
    },
    show: () => {
      person.prompts.push(box.prompt ?? '');
      setImmediate(ask);
    },
    hide: () => hide.fire(undefined),
    dispose: () => undefined,
  };
  return box;
}

/** Puts a person in front of VS Code until `leave` is called. */
export function aPerson(): { readonly person: Person; readonly leave: () => void } {
  const person: Person = { answers: [], heard: [], flashed: [], picks: [], offered: [], typed: [], prompts: [], complaints: [] };
  const answer = (message: string, ...rest: unknown[]): Promise<string | undefined> => {
    const options = rest.find((value): value is vscode.MessageOptions => typeof value === 'object' && value !== null);
    person.heard.push([message, options?.detail].filter(Boolean).join(' | '));
    return Promise.resolve(person.answers.shift());
  };
  const pick = async (given: unknown): Promise<vscode.QuickPickItem | undefined> => {
    const items = (await given) as readonly vscode.QuickPickItem[];
    person.offered.push(items.map(({ label }) => label));
    const wanted = person.picks.shift();
    return items.find(({ label }) => label === wanted);
  };
  const restores = [
    replace(vscode.window, 'showInformationMessage', answer as typeof vscode.window.showInformationMessage),
    replace(vscode.window, 'showWarningMessage', answer as typeof vscode.window.showWarningMessage),
    replace(vscode.window, 'showErrorMessage', answer as typeof vscode.window.showErrorMessage),
    replace(vscode.window, 'showQuickPick', pick as typeof vscode.window.showQuickPick),
    replace(vscode.window, 'createInputBox', () => makeInputBox(person)),
    replace(vscode.window, 'setStatusBarMessage', ((text: string) => {
      person.flashed.push(text);
      return new vscode.Disposable(() => undefined);
    }) as typeof vscode.window.setStatusBarMessage),
    replace(vscode.window, 'showInputBox', () => Promise.resolve(person.typed.shift())),
  ];
  return { person, leave: () => restores.forEach((restore) => restore()) };
}
