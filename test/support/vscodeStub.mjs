/** As much of VS Code's API as making texts and rows takes, for tests that run without it. */

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
