import * as vscode from 'vscode';

/** Scripted input of a person, one entry per question. VS Code shows no real dialogs while tests run. */
export interface Person {
  /** Buttons to press in modal dialogs and notifications, by title; undefined closes them. */
  readonly answers: (string | undefined | Promise<string | undefined>)[];
  /** The messages of dialogs and notifications, in order: `message | detail`. */
  readonly heard: string[];
  /** Temporary messages in the status bar. */
  readonly flashed: string[];
  /** Labels to choose in quick picks; undefined presses Escape. "OK" accepts what is checked in a list of checkboxes. */
  readonly picks: (string | undefined)[];
  /** The placeholders of quick picks, which are their questions. */
  readonly choices: string[];
  /** The labels that quick picks offered. */
  readonly offered: string[][];
  /** The descriptions beside those labels. */
  readonly described: string[][];
  /** Texts to type into input boxes, one per attempt; undefined presses Escape. */
  readonly typed: (string | undefined)[];
  /** The prompts of input boxes. */
  readonly prompts: string[];
  /** Their placeholders, which screen readers read as their names. */
  readonly placeholders: string[];
  /** The validation messages of input boxes. */
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

/** An input box in which the person types. */
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
      // The box did not accept an invalid text, so the person types another one.
      if (!box.busy && typeof complaint === 'string' && complaint !== '') {
        setImmediate(ask);
      }
    }
  };
  const box: vscode.InputBox = {
    value: '',
    valueSelection: undefined,
    placeholder: '',
    password: false,
    buttons: [],
    prompt: '',
    title: '',
    step: undefined,
    totalSteps: undefined,
    enabled: true,
    busy: false,
    ignoreFocusOut: false,
    onDidAccept: (listener: () => void) => accept.event(listener),
    onDidChangeValue: change.event,
    onDidHide: (listener: () => void) => hide.event(listener),
    onDidTriggerButton: never.event,
    get validationMessage() {
      return complaint;
    },
    set validationMessage(message) {
      complaint = message;
      const text = typeof message === 'string' ? message : message?.message;
      if (text) {
        person.complaints.push(text);
      }
    },
    show: () => {
      person.prompts.push(box.prompt ?? '');
      person.placeholders.push(box.placeholder ?? '');
      setImmediate(ask);
    },
    hide: () => hide.fire(undefined),
    dispose: () => undefined,
  };
  return box;
}

/** Replaces the dialogs of VS Code by a scripted person until `leave` is called. */
export function aPerson(): { readonly person: Person; readonly leave: () => void } {
  const person: Person = {
    answers: [],
    heard: [],
    flashed: [],
    picks: [],
    choices: [],
    offered: [],
    described: [],
    typed: [],
    prompts: [],
    placeholders: [],
    complaints: [],
  };
  const answer = (message: string, ...rest: unknown[]): Promise<string | undefined> => {
    const options = rest.find(
      (value): value is vscode.MessageOptions => typeof value === 'object' && value !== null,
    );
    person.heard.push([message, options?.detail].filter(Boolean).join(' | '));
    return Promise.resolve(person.answers.shift());
  };
  const pick = async (
    given: unknown,
    options?: vscode.QuickPickOptions,
  ): Promise<vscode.QuickPickItem | vscode.QuickPickItem[] | undefined> => {
    const items = (await given) as readonly vscode.QuickPickItem[];
    person.choices.push(options?.placeHolder ?? '');
    person.offered.push(items.map(({ label }) => label));
    person.described.push(items.map(({ description }) => description ?? ''));
    const wanted = person.picks.shift();
    if (options?.canPickMany) {
      return wanted === undefined
        ? undefined
        : items.filter(({ label, picked }) => (wanted === 'OK' ? picked : label === wanted));
    }
    return items.find(({ label }) => label === wanted);
  };
  const create = vscode.window.createStatusBarItem.bind(vscode.window);
  const restores = [
    replace(
      vscode.window,
      'showInformationMessage',
      answer as typeof vscode.window.showInformationMessage,
    ),
    replace(vscode.window, 'showWarningMessage', answer as typeof vscode.window.showWarningMessage),
    replace(vscode.window, 'showErrorMessage', answer as typeof vscode.window.showErrorMessage),
    replace(vscode.window, 'showQuickPick', pick as unknown as typeof vscode.window.showQuickPick),
    replace(vscode.window, 'createInputBox', () => makeInputBox(person)),
    replace(vscode.window, 'createStatusBarItem', ((...args: [string]) => {
      const item = create(...args);
      const show = item.show.bind(item);
      item.show = () => {
        if (args[0] === 'vpsOrg.results') {
          person.flashed.push(item.text);
        }
        show();
      };
      return item;
    }) as typeof vscode.window.createStatusBarItem),
    replace(vscode.window, 'showInputBox', () => Promise.resolve(person.typed.shift())),
  ];
  return { person, leave: () => restores.forEach((restore) => restore()) };
}
