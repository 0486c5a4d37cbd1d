import type { AccountId } from '../core/account.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable, Event } from '../core/event.ts';
import { isRecord } from '../core/json.ts';
import type { JsonObject } from '../core/json.ts';
import type { Memento } from '../core/memento.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { parseJson, readText } from '../core/storedValues.ts';
import { defaultProfile, sshTarget } from '../ssh/profile.ts';
import type { NoTargetReason, SshHost, SshProfile, SshTarget } from '../ssh/profile.ts';
import type { Sessions } from './sessions.ts';
import type { Target } from './targets.ts';

/** The settings as written. A value that cannot be used is not replaced: it must not lead to another login. */
export interface SshSettings extends SshProfile {
  readonly hostBy: SshHost;
}

/** Settings of one server. A missing one follows the settings for all servers; null means "none". */
export interface SshOverrides {
  readonly user?: string;
  readonly port?: number;
  readonly identityFile?: string | null;
  readonly jumpHost?: string | null;
}

export interface SshProfilesOptions {
  readonly memento: Memento;
  readonly settings: {
    readSsh(key: SshSettingKey): unknown;
    /** Sends the key of a setting that changed. */
    readonly onDidChange: Event<string>;
  };
  readonly sessions: Sessions;
}

const stateKey = 'vpsOrg.ssh.servers';
const createdKey = 'vpsOrg.ssh.configCreated';

function readNullable(value: unknown): string | null | undefined {
  return value === null ? null : readText(value);
}

/** Reads stored overrides, which an older or newer version may have written. */
function readOverrides(value: unknown): SshOverrides {
  if (!isRecord(value)) {
    return {};
  }
  const { port } = value;
  const user = readText(value.user);
  const identityFile = readNullable(value.identityFile);
  const jumpHost = readNullable(value.jumpHost);
  return {
    ...(user === undefined ? {} : { user }),
    ...(typeof port === 'number' ? { port } : {}),
    ...(identityFile === undefined ? {} : { identityFile }),
    ...(jumpHost === undefined ? {} : { jumpHost }),
  };
}

/**
 * How to connect to each server: the settings for all servers, with the overrides of one. Overrides and the last remote folders
 * are stored in global state by account and server. They contain no secrets.
 */
export class SshProfiles implements Disposable {
  readonly #options: SshProfilesOptions;
  readonly #onDidChange = new Emitter<void>();
  readonly #subscriptions = new DisposableStore();

  /** The settings changed, or the overrides of a server in this window. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(options: SshProfilesOptions) {
    this.#options = options;
    this.#subscriptions.add(
      options.sessions.onDidChangeAccounts(() => void this.#forgetAccounts()),
    );
    this.#subscriptions.add(
      options.settings.onDidChange((key) => {
        if (key.startsWith('ssh.')) {
          this.#onDidChange.fire();
        }
      }),
    );
    void this.#forgetAccounts();
  }

  get settings(): SshSettings {
    return readSshSettings((key) => this.#options.settings.readSsh(key));
  }

  profileOf(ref: ServerRef): SshProfile {
    const { settings } = this;
    const { user, port, identityFile, jumpHost } = this.overridesOf(ref);
    return {
      user: user ?? settings.user,
      port: port ?? settings.port,
      identityFile:
        identityFile === undefined ? settings.identityFile : (identityFile ?? undefined),
      jumpHost: jumpHost === undefined ? settings.jumpHost : (jumpHost ?? undefined),
    };
  }

  targetOf({ ref, server, session }: Target): SshTarget | NoTargetReason {
    return sshTarget(server, this.profileOf(ref), session.account, this.settings.hostBy);
  }

  overridesOf(ref: ServerRef): SshOverrides {
    return readOverrides(this.#entry(ref).profile);
  }

  /** Whether any server of an account has settings of its own. */
  hasOverrides(accountId: AccountId): boolean {
    return Object.entries(this.#all()).some(
      ([key, entry]) =>
        accountOf(key) === accountId &&
        isRecord(entry) &&
        Object.keys(readOverrides(entry.profile)).length > 0,
    );
  }

  async setOverrides(ref: ServerRef, overrides: SshOverrides): Promise<void> {
    await this.#update(ref, { profile: overrides });
    this.#onDidChange.fire();
  }

  /** The folder that was last opened on the server. */
  lastFolder(ref: ServerRef): string | undefined {
    return readText(this.#entry(ref).folder);
  }

  async setLastFolder(ref: ServerRef, folder: string): Promise<void> {
    await this.#update(ref, { folder });
  }

  /** Whether the person's SSH config did not exist before our line was added. */
  get isConfigCreated(): boolean {
    return this.#options.memento.get(createdKey) === true;
  }

  async setConfigCreated(isCreated: boolean): Promise<void> {
    await this.#options.memento.update(createdKey, isCreated);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#onDidChange.dispose();
  }

  #all(): JsonObject {
    const stored = this.#options.memento.get(stateKey);
    return isRecord(stored) ? stored : {};
  }

  #entry(ref: ServerRef): JsonObject {
    const entry = this.#all()[refKey(ref)];
    return isRecord(entry) ? entry : {};
  }

  async #update(ref: ServerRef, facts: JsonObject): Promise<void> {
    const entry = { ...this.#entry(ref), ...facts };
    await this.#options.memento.update(stateKey, { ...this.#all(), [refKey(ref)]: entry });
  }

  /** Signing out removes what is stored about the servers of an account. */
  async #forgetAccounts(): Promise<void> {
    const { sessions, memento } = this.#options;
    const all = Object.entries(this.#all());
    const known = all.filter(([key]) => {
      const accountId = accountOf(key);
      return accountId !== undefined && sessions.get(accountId) !== undefined;
    });
    if (sessions.isLoaded && known.length < all.length) {
      await memento.update(stateKey, Object.fromEntries(known));
    }
  }
}

/** The account in a `refKey`. */
function accountOf(key: string): AccountId | undefined {
  const parts = parseJson(key);
  return Array.isArray(parts) ? String(parts[0]) : undefined;
}

/** The settings below `vpsOrg.ssh` that make up a profile. */
export type SshSettingKey = 'user' | 'port' | 'identityFile' | 'jumpHost' | 'host';

/** Reads the settings as VS Code returns them. An empty text is the default. */
function readSshSettings(read: (key: SshSettingKey) => unknown): SshSettings {
  const text = (key: SshSettingKey): string | undefined => {
    const value = read(key);
    return typeof value === 'string' ? value.trim() || undefined : undefined;
  };
  const port = read('port');
  return {
    user: text('user') ?? defaultProfile.user,
    port: typeof port === 'number' ? port : Number.NaN,
    identityFile: text('identityFile'),
    jumpHost: text('jumpHost'),
    hostBy: read('host') === 'hostname' ? 'hostname' : 'address',
  };
}
