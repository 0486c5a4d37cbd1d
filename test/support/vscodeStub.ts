import { Emitter } from '../../src/core/event.ts';

// The parts of the VS Code API that texts, rows, commands and panels use, for tests that run without VS Code.

export const l10n = {
  t: (text: string, ...values: readonly (string | number)[]): string =>
    text.replace(/\{(\d+)\}/gu, (whole, index: string) => String(values[Number(index)] ?? whole)),
};

/** The last copied text. */
export const clipboard = { text: '' };

/** Addresses that were opened in the browser. */
export const openedUrls: string[] = [];

export const env = {
  language: 'en',
  openExternal: (url: string): Promise<boolean> => Promise.resolve(openedUrls.push(url) > 0),
  clipboard: {
    writeText: (text: string): Promise<void> => {
      clipboard.text = text;
      return Promise.resolve();
    },
  },
};
/** The ids of the commands that were run. */
export const executedCommands: string[] = [];

export const commands = {
  executeCommand: (id: string): Promise<undefined> => {
    executedCommands.push(id);
    return Promise.resolve(undefined);
  },
  getCommands: (): Promise<readonly string[]> => Promise.resolve([]),
};
export const Uri = {
  joinPath: (...parts: readonly unknown[]): string => parts.join('/'),
  parse: (text: string): string => text,
  file: (path: string): string => path,
  from: (parts: Readonly<Record<string, string>>) => ({
    ...parts,
    toString: () => JSON.stringify(parts),
  }),
};

export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const ViewColumn = { Active: -1 };
export const StatusBarAlignment = { Left: 1 };
export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };

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

interface TerminalOptions {
  readonly name: string;
  readonly shellArgs: readonly string[];
}

export class TerminalProfile {
  constructor(readonly options: TerminalOptions) {}
}

interface FakeTerminal {
  readonly creationOptions: TerminalOptions;
  readonly exitStatus?: { readonly code: number | undefined };
  readonly show?: () => void;
}

/** Terminals that were opened, and the events that VS Code sends about them. */
export const openedTerminals: TerminalOptions[] = [];
export const newTerminals = new Emitter<FakeTerminal>();
export const closedTerminals = new Emitter<FakeTerminal>();

export class TabInputText {
  constructor(readonly uri: { readonly scheme: string; readonly query: string }) {}
}

/** The open tabs, all in one group. */
export const openTabs: { readonly input: unknown; readonly label?: string }[] = [];

/** The visible items of the status bar. */
export const statusBarItems = new Set<FakeStatusBarItem>();

class FakeStatusBarItem {
  text = '';
  tooltip = '';
  accessibilityInformation: { label: string; role?: string } | undefined;

  show(): void {
    statusBarItems.add(this);
  }

  dispose(): void {
    statusBarItems.delete(this);
  }
}

interface ContentProvider {
  provideTextDocumentContent(uri: unknown): Promise<string> | string;
}
let contentProvider: ContentProvider | undefined;

/** The texts of the documents that were shown, in order. */
export const shownDocuments: string[] = [];

export const workspace = {
  isTrusted: true,
  registerTextDocumentContentProvider: (_scheme: string, provider: ContentProvider) => {
    contentProvider = provider;
    return new Disposable(() => undefined);
  },
  openTextDocument: async (uri: unknown) => contentProvider?.provideTextDocumentContent(uri),
};

interface Message {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A webview panel. As in VS Code, its members throw after it is disposed. */
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
  readonly #onDidChangeViewState = new Emitter<void>();
  readonly onDidChangeViewState = this.#onDidChangeViewState.event;
  #isActive = true;
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

  get active(): boolean {
    return this.#alive(this.#isActive);
  }

  get viewColumn(): number {
    return this.#alive(1);
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

  /** The last state that was posted to the page. */
  get state(): Readonly<Record<string, unknown>> {
    return (this.stateMessage.state ?? {}) as Readonly<Record<string, unknown>>;
  }

  /** The last message with a state. */
  get stateMessage(): Readonly<Record<string, unknown>> {
    return this.#sent.findLast(({ type }) => type === 'state') ?? {};
  }

  /** Whether each call of `reveal` left the focus where it was. */
  readonly revealedQuietly: boolean[] = [];

  reveal(_viewColumn?: number, preserveFocus = false): void {
    this.#alive(undefined);
    this.revealedQuietly.push(preserveFocus);
  }

  /** Shows this tab or another one in the same group. */
  setActive(isActive: boolean): void {
    this.#isActive = isActive;
    this.#onDidChangeViewState.fire();
  }

  /** Sends a message from the page. */
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

/** All panels that were created. */
export const openedPanels: FakePanel[] = [];

/** The current texts of all progress indicators. */
export const progressTexts = new Set<string>();

interface ProgressOptions {
  readonly title?: string;
}

type ProgressTask<T> = (
  progress: { report(value: { readonly message?: string }): void },
  token: unknown,
) => Promise<T>;

/** `person.ts` adds dialogs and notifications. */
export const window = {
  showTextDocument: (text: string): Promise<void> => {
    shownDocuments.push(text);
    return Promise.resolve();
  },
  createTerminal: (options: TerminalOptions) => {
    openedTerminals.push(options);
    return { show: () => undefined };
  },
  onDidOpenTerminal: newTerminals.event,
  onDidCloseTerminal: closedTerminals.event,
  createStatusBarItem: () => new FakeStatusBarItem(),
  tabGroups: {
    all: [{ tabs: openTabs }],
    get activeTabGroup() {
      return { activeTab: openTabs.at(-1) };
    },
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
    const progress = {
      report: ({ message = '' }) => show([title, message].filter(Boolean).join(': ')),
    };
    return await task(progress, token).finally(() => progressTexts.delete(shown));
  },
};
