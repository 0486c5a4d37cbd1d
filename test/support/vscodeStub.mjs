/** As much of VS Code's API as texts, rows and commands take, for tests that run without it. */

export const l10n = {
  /** @type {(text: string, ...values: unknown[]) => string} */
  t: (text, ...values) => text.replace(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole)),
};

export const env = { language: 'en' };

export class TreeItem {
  /** @param {string} label */
  constructor(label) {
    this.label = label;
  }
}

export class ThemeColor {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
  }
}

export class ThemeIcon {
  /**
   * @param {string} id
   * @param {ThemeColor} [color]
   */
  constructor(id, color) {
    this.id = id;
    this.color = color;
  }
}

export class MarkdownString {
  /** @param {string} [value] */
  constructor(value = '') {
    this.value = value;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

/** @template T */
export class EventEmitter {
  /** @type {Set<(value: T) => unknown>} */
  #listeners = new Set();

  /** @param {(value: T) => unknown} listener */
  event = (listener) => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  /** @param {T} value */
  fire(value) {
    for (const listener of this.#listeners) listener(value);
  }
}

export class Disposable {
  /** @param {() => unknown} dispose */
  constructor(dispose) {
    this.dispose = dispose;
  }
}

export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };

/** What window progress says now. */
export const progressTexts = /** @type {Set<string>} */ (new Set());

/** What talks to a person is put in by `person.ts`. */
export const window = {
  /**
   * @template T
   * @param {{ title?: string }} options
   * @param {(progress: { report(value: { message?: string }): void }, token: unknown) => Promise<T>} task
   */
  withProgress: async ({ title = '' }, task) => {
    let shown = title;
    const show = (/** @type {string} */ text) => {
      progressTexts.delete(shown);
      shown = text;
      progressTexts.add(shown);
    };
    show(title);
    const progress = { report: ({ message = '' }) => show([title, message].filter(Boolean).join(': ')) };
    return await task(progress, { onCancellationRequested: () => new Disposable(() => undefined) }).finally(() =>
      progressTexts.delete(shown),
    );
  },
};

export const commands = { executeCommand: () => Promise.resolve(undefined) };
