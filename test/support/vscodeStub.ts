import { Emitter } from '../../src/core/event.ts';

/** As much of VS Code's API as texts, rows, commands and panels take, for tests that run without it. */

export const l10n = {
  t: (text: string, ...values: readonly (string | number)[]): string =>
    text.replace(/\{(\d+)\}/gu, (whole, index: string) => String(values[Number(index)] ?? whole)),
};

/** What was copied last. */
export const clipboard = { text: '' };

export const env = {
  language: 'en',
  clipboard: {
    writeText: (text: string): Promise<void> => {
      clipboard.text = text;
      return Promise.resolve();
    },
  },
};
export const commands = { executeCommand: (): Promise<undefined> => Promise.resolve(undefined) };
export const Uri = { joinPath: (...parts: readonly unknown[]): string => parts.join('/') };

export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const ViewColumn = { Active: -1 };
export const StatusBarAlignment = { Left: 1 };

export class TreeItem {
  constructor(readonly label: string) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class MarkdownString {
  constructor(readonly value = '') {}
}

export class Disposable {
  constructor(readonly dispose: () => unknown) {}
}

export { Emitter as EventEmitter };

export class TabInputText {
  constructor(readonly uri: { readonly scheme: string; readonly query: string }) {}
}

/** The tabs that are open, all in one group. */
export const openTabs: { readonly input: unknown }[] = [];

/** What shows in the status bar. */
export const statusBarItems = new Set<FakeStatusBarItem>();

class FakeStatusBarItem {
  text = '';
  tooltip = '';

  show(): void {
    statusBarItems.add(this);
  }

  dispose(): void {
    statusBarItems.delete(this);
  }
}

export const workspace = { registerTextDocumentContentProvider: () => new Disposable(() => undefined) };

interface Message {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A tab with a page. As in VS Code nothing of it can be touched any more once it is closed. */
export class FakePanel {
  readonly #onDidDispose = new Emitter<void>();
  readonly #onDidReceive = new Emitter<unknown>();
  readonly #sent: Message[] = [];
  readonly #webview = {
    options: {},
    html: '',
    cspSource: 'csp',
    asWebviewUri: (uri: unknown) => String(uri),
    onDidReceiveMessage: this.#onDidReceive.event,
    postMessage: (message: Message) => Promise.resolve(this.#sent.push(message) > 0),
  };
  readonly onDidDispose = this.#onDidDispose.event;
  readonly onDidChangeViewState = new Emitter<void>().event;
  #title: string;
  #isDisposed = false;

  constructor(title: string) {
    this.#title = title;
  }

  get title(): string {
    return this.#alive(this.#title);
  }

  set title(title: string) {
    this.#title = this.#alive(title);
  }

  get visible(): boolean {
    return this.#alive(true);
  }

  get webview() {
    return this.#alive(this.#webview);
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  set iconPath(_path: unknown) {
    this.#alive(undefined);
  }

  /** The newest state that the page was sent. */
  get state(): Readonly<Record<string, unknown>> {
    return (this.#sent.findLast(({ type }) => type === 'state')?.state ?? {}) as Readonly<Record<string, unknown>>;
  }

  reveal(): void {
    this.#alive(undefined);
  }

  /** The page says something. */
  post(message: Message): void {
    this.#onDidReceive.fire(message);
  }

  dispose(): void {
    if (!this.#isDisposed) {
      this.#isDisposed = true;
      this.#onDidDispose.fire();
    }
  }

  #alive<T>(value: T): T {
    if (this.#isDisposed) {
      throw new Error('Webview is disposed');
    }
    return value;
  }
}

/** Every panel that was opened. */
export const openedPanels: FakePanel[] = [];

/** What progress says now, wherever it shows. */
export const progressTexts = new Set<string>();

interface ProgressOptions {
  readonly title?: string;
}

type ProgressTask<T> = (progress: { report(value: { readonly message?: string }): void }, token: unknown) => Promise<T>;

/** What asks and tells is put in by `person.ts`. */
export const window = {
  createStatusBarItem: () => new FakeStatusBarItem(),
  tabGroups: {
    all: [{ tabs: openTabs }],
    close: (tabs: readonly unknown[]): Promise<boolean> => {
      openTabs.splice(0, openTabs.length, ...openTabs.filter((tab) => !tabs.includes(tab)));
      return Promise.resolve(true);
    },
  },
  state: { focused: true },
  onDidChangeWindowState: new Emitter<void>().event,
  createWebviewPanel: (_type: string, title: string): FakePanel => {
    const panel = new FakePanel(title);
    openedPanels.push(panel);
    return panel;
  },
  withProgress: async <T>({ title = '' }: ProgressOptions, task: ProgressTask<T>): Promise<T> => {
    let shown = title;
    const show = (text: string): void => {
      progressTexts.delete(shown);
      shown = text;
      progressTexts.add(shown);
    };
    show(title);
    const token = { onCancellationRequested: () => new Disposable(() => undefined) };
    const progress = { report: ({ message = '' }) => show([title, message].filter(Boolean).join(': ')) };
    return await task(progress, token).finally(() => progressTexts.delete(shown));
  },
};
