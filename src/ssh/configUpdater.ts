import type { Clock } from '../core/clock.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { hasServerChanges } from '../state/storeChange.ts';
import type { Sessions } from '../state/sessions.ts';
import type { SshProfiles } from '../state/sshProfiles.ts';
import { writeManagedConfig } from './managedConfig.ts';
import type { ConfigFiles } from './managedConfig.ts';

/** Changes within this time are written together. */
const debounceMs = 2_000;

export interface ConfigUpdaterOptions {
  readonly folder: ConfigFiles;
  readonly sessions: Sessions;
  readonly profiles: SshProfiles;
  readonly clock: Clock;
  readonly isOn: () => boolean;
  readonly reportProblem: (error: unknown) => void;
}

/** Writes our SSH config file after changes of the servers, the accounts and the SSH settings. */
export class ConfigUpdater implements Disposable {
  readonly #options: ConfigUpdaterOptions;
  readonly #disposables = new DisposableStore();
  #timer: Disposable | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isListMissing = true;
  /** One report until a write succeeds: the list changes often. */
  #isReported = false;

  constructor(options: ConfigUpdaterOptions) {
    this.#options = options;
    const { sessions, profiles } = options;
    const schedule = (): void => this.schedule();
    this.#disposables.add(
      sessions.onDidChange(({ store }) => {
        // A refresh without changes needs no work, unless the list of an account was still missing.
        if (store && (this.#isListMissing || hasServerChanges(store))) {
          schedule();
        }
      }),
    );
    this.#disposables.add(sessions.onDidChangeAccounts(schedule));
    this.#disposables.add(profiles.onDidChange(schedule));
    this.#disposables.add({ dispose: () => this.#timer?.dispose() });
    this.schedule();
  }

  schedule(): void {
    if (!this.#options.isOn()) {
      return;
    }
    this.#timer ??= this.#options.clock.setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write());
    }, debounceMs);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #write(): Promise<void> {
    const { folder, sessions, profiles, isOn, reportProblem } = this.#options;
    if (!isOn()) {
      return;
    }
    try {
      const written = await writeManagedConfig(folder, sessions, profiles);
      this.#isListMissing = written === undefined;
      this.#isReported = false;
    } catch (error) {
      if (!this.#isReported) {
        this.#isReported = true;
        reportProblem(error);
      }
    }
  }
}
