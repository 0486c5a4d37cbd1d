import * as vscode from 'vscode';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { groupings } from '../core/grouping.ts';
import type { Grouping } from '../core/grouping.ts';
import { readAddress, readNumber, readOneOf } from '../core/settingValues.ts';
import type manifest from '../../package.json';

type Properties = (typeof manifest)['contributes']['configuration']['properties'];
type KeyOf<Name> = Name extends `vpsOrg.${infer Key}` ? Key : never;

/** The settings of package.json, without their prefix. */
export type SettingKey = KeyOf<keyof Properties>;

const section = 'vpsOrg';

export const deleteConfirmations = ['typeName', 'click'] as const;
type DeleteConfirmation = (typeof deleteConfirmations)[number];

/** After which actions to wait until SSH answers. `always`: create, start and reboot. */
export const reachabilityWaits = ['never', 'create', 'always'] as const;
type ReachabilityWait = (typeof reachabilityWaits)[number];

interface SettingValues {
  readonly groupBy: Grouping;
  readonly deleteConfirmation: DeleteConfirmation;
  readonly 'ssh.waitUntilReachable': ReachabilityWait;
}

export const sshKeys = ['user', 'port', 'identityFile', 'jumpHost', 'host'] as const;
export type SshKey = (typeof sshKeys)[number];

/** The defaults of package.json, which replace unusable values. */
export const settingDefaults = {
  apiUrl: 'https://admin.vps.org/api/v1',
  refreshInterval: 60,
  requestTimeout: 30,
  groupBy: 'location',
  confirmStop: true,
  confirmReboot: true,
  deleteConfirmation: 'typeName',
  statusBar: false,
  showPrices: true,
  protect: [] as readonly string[],
  notifyChanges: true,
  'ssh.user': 'root',
  'ssh.port': 22,
  'ssh.identityFile': '',
  'ssh.jumpHost': '',
  'ssh.host': 'address',
  'ssh.configFile': false,
  'ssh.waitUntilReachable': 'create',
} as const satisfies Readonly<Record<SettingKey, string | number | boolean | readonly string[]>> &
  SettingValues;

/**
 * The extension's settings, checked. Their scope is `application`, so VS Code reads no values from workspaces. An unusable value
 * counts as the default, and `onDidFindProblem` reports each such value once.
 */
export class Settings implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<SettingKey>());
  readonly #onDidFindProblem = this.#disposables.add(new Emitter<string>());
  readonly #reportedValues = new Map<SettingKey, unknown>();

  readonly onDidChange = this.#onDidChange.event;
  /** A message about an unusable value. */
  readonly onDidFindProblem = this.#onDidFindProblem.event;

  constructor() {
    this.#disposables.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        for (const key of Object.keys(settingDefaults) as SettingKey[]) {
          if (event.affectsConfiguration(`${section}.${key}`)) {
            this.#onDidChange.fire(key);
          }
        }
      }),
    );
  }

  /** As written. Sign-in checks it with `checkApiUrl`, because an unusable address must stop the sign-in. */
  get apiUrl(): string {
    return readAddress(this.#read('apiUrl'), settingDefaults.apiUrl);
  }

  /** Time between background refreshes in milliseconds; 0 turns them off. */
  get refreshIntervalMs(): number {
    return this.#read('refreshInterval') === 0
      ? 0
      : this.#number('refreshInterval', 10, 86_400) * 1000;
  }

  get requestTimeoutMs(): number {
    return this.#number('requestTimeout', 1, 600) * 1000;
  }

  get groupBy(): Grouping {
    return this.#oneOf('groupBy', groupings);
  }

  /** Every value but `false` asks first, to be on the safe side. */
  get confirmStop(): boolean {
    return this.#read('confirmStop') !== false;
  }

  get confirmReboot(): boolean {
    return this.#read('confirmReboot') !== false;
  }

  get deleteConfirmation(): DeleteConfirmation {
    return this.#oneOf('deleteConfirmation', deleteConfirmations);
  }

  get statusBar(): boolean {
    return this.#read('statusBar') === true;
  }

  get showPrices(): boolean {
    return this.#read('showPrices') !== false;
  }

  /** As written. `protectSetting.ts` reads and reports it. */
  get protect(): unknown {
    return this.#read('protect');
  }

  get notifyChanges(): boolean {
    return this.#read('notifyChanges') !== false;
  }

  /** As written. Checked before each connection, because a default in its place could lead to another login. */
  readSsh(key: SshKey): unknown {
    return this.#read(`ssh.${key}`);
  }

  /** Whether our SSH config file follows the list of servers. */
  get sshConfigFile(): boolean {
    return this.#read('ssh.configFile') === true;
  }

  get waitUntilReachable(): ReachabilityWait {
    return this.#oneOf('ssh.waitUntilReachable', reachabilityWaits);
  }

  async setGroupBy(grouping: Grouping): Promise<void> {
    await this.#write('groupBy', grouping);
  }

  async setSshConfigFile(isOn: boolean): Promise<void> {
    await this.#write('ssh.configFile', isOn);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #write(key: SettingKey, value: string | boolean): Promise<void> {
    await vscode.workspace
      .getConfiguration(section)
      .update(key, value, vscode.ConfigurationTarget.Global);
  }

  #read(key: SettingKey): unknown {
    const found = vscode.workspace.getConfiguration(section).inspect(key);
    // The scope already excludes workspace values. Not reading them at all makes sure of it.
    return found?.globalValue ?? found?.defaultValue;
  }

  #number(key: 'refreshInterval' | 'requestTimeout', min: number, max: number): number {
    const value = this.#read(key);
    const fallback = settingDefaults[key];
    const read = readNumber(value, fallback, min, max);
    if (!read.isUsable) {
      this.report(
        key,
        value,
        vscode.l10n.t(
          'The setting "{0}" must be a number between {1} and {2}. Using {3} instead.',
          `${section}.${key}`,
          min,
          max,
          fallback,
        ),
      );
    }
    return read.value;
  }

  #oneOf<K extends keyof SettingValues>(
    key: K,
    values: readonly SettingValues[K][],
  ): SettingValues[K] {
    const value = this.#read(key);
    const fallback: SettingValues[K] = settingDefaults[key];
    const read = readOneOf(value, values, fallback);
    if (!read.isUsable) {
      this.report(
        key,
        value,
        vscode.l10n.t(
          'The setting "{0}" must be one of {1}. Using "{2}" instead.',
          `${section}.${key}`,
          values.join(', '),
          fallback,
        ),
      );
    }
    return read.value;
  }

  /** Reports an unusable value once. */
  report(key: SettingKey, value: unknown, text: string): void {
    if (!this.#reportedValues.has(key) || this.#reportedValues.get(key) !== value) {
      this.#reportedValues.set(key, value);
      this.#onDidFindProblem.fire(text);
    }
  }
}
