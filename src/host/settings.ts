import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { groupings } from '../core/grouping.ts';
import type { Grouping } from '../core/grouping.ts';
import { readAddress, readNumber, readOneOf } from '../core/settingValues.ts';
import { defaultApiUrl, settingKeys } from '../ids.ts';
import type { SettingKey } from '../ids.ts';

const section = 'vpsOrg';

/**
 * The extension's settings, checked. They are of scope `application`: VS Code takes no value for them from a workspace.
 * A value that cannot be used counts as the default, and `onDidFindProblem` tells so, once for each value.
 */
export class Settings implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<SettingKey>());
  readonly #onDidFindProblem = this.#disposables.add(new Emitter<string>());
  readonly #told = new Map<SettingKey, unknown>();

  readonly onDidChange = this.#onDidChange.event;
  /** A sentence for people about a setting that cannot be used. */
  readonly onDidFindProblem = this.#onDidFindProblem.event;

  constructor() {
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        for (const key of settingKeys) {
          if (event.affectsConfiguration(`${section}.${key}`)) {
            this.#onDidChange.fire(key);
          }
        }
      }),
    );
  }

  /** As written; checked by `checkApiUrl` where it is used, because a wrong one must stop the sign-in. */
  get apiUrl(): string {
    return readAddress(this.#read('apiUrl'), defaultApiUrl);
  }

  /** Milliseconds between background refreshes; 0: never. */
  get refreshIntervalMs(): number {
    const value = this.#read('refreshInterval');
    if (value === 0) {
      return 0;
    }
    return this.#number('refreshInterval', value, 60, 10, 86_400) * 1000;
  }

  get requestTimeoutMs(): number {
    return this.#number('requestTimeout', this.#read('requestTimeout'), 30, 1, 600) * 1000;
  }

  get groupBy(): Grouping {
    return this.#oneOf('groupBy', groupings, 'location');
  }

  /** Anything but a plain `false` asks: the safe side. */
  get confirmStop(): boolean {
    return this.#read('confirmStop') !== false;
  }

  get confirmReboot(): boolean {
    return this.#read('confirmReboot') !== false;
  }

  get deleteConfirmation(): 'typeName' | 'click' {
    return this.#oneOf('deleteConfirmation', ['typeName', 'click'], 'typeName');
  }

  get statusBar(): boolean {
    return this.#read('statusBar') === true;
  }

  /** All of them as they are in force, by name. */
  inForce(): Readonly<Record<SettingKey, string | number | boolean>> {
    return {
      apiUrl: this.apiUrl,
      refreshInterval: this.refreshIntervalMs / 1000,
      requestTimeout: this.requestTimeoutMs / 1000,
      groupBy: this.groupBy,
      confirmStop: this.confirmStop,
      confirmReboot: this.confirmReboot,
      deleteConfirmation: this.deleteConfirmation,
      statusBar: this.statusBar,
    };
  }

  async setGroupBy(grouping: Grouping): Promise<void> {
    await vscode.workspace
      .getConfiguration(section)
      .update('groupBy', grouping, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #read(key: SettingKey): unknown {
    const found = vscode.workspace.getConfiguration(section).inspect(key);
    // Scope `application` keeps workspace values out already; reading past them holds that twice.
    return found?.globalValue ?? found?.defaultValue;
  }

  #number(key: SettingKey, value: unknown, fallback: number, least: number, most: number): number {
    const read = readNumber(value, fallback, least, most);
    if (!read.isUsable) {
      this.#tell(
        key,
        value,
        vscode.l10n.t(
          'The setting "{0}" must be a number between {1} and {2}. {3} is used instead.',
          `${section}.${key}`,
          least,
          most,
          fallback,
        ),
      );
    }
    return read.value;
  }

  #oneOf<T extends string>(key: SettingKey, values: readonly T[], fallback: T): T {
    const value = this.#read(key);
    const read = readOneOf(value, values, fallback);
    if (!read.isUsable) {
      this.#tell(
        key,
        value,
        vscode.l10n.t(
          'The setting "{0}" must be one of {1}. "{2}" is used instead.',
          `${section}.${key}`,
          values.join(', '),
          fallback,
        ),
      );
    }
    return read.value;
  }

  #tell(key: SettingKey, value: unknown, text: string): void {
    if (!this.#told.has(key) || this.#told.get(key) !== value) {
      this.#told.set(key, value);
      this.#onDidFindProblem.fire(text);
    }
  }
}
