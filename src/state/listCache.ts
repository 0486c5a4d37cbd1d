import type { AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { isSameServer } from '../core/server.ts';
import type { Server } from '../core/server.ts';
import { readSnapshot, writeSnapshot } from './listSnapshot.ts';
import { hasServerChanges } from './storeChange.ts';
import type { Session } from './session.ts';
import type { SessionChange, Sessions } from './sessions.ts';

/** Stores texts by name on this computer. Every method may reject. */
export interface CacheFiles {
  /** Undefined when the file does not exist. */
  read(name: string): Promise<string | undefined>;
  /** Atomic, because another window may write the same file. */
  write(name: string, text: string): Promise<void>;
  /** Does nothing when the file does not exist. */
  remove(name: string): Promise<void>;
  /** All files, also half-written ones that nothing writes any more. */
  names(): Promise<readonly string[]>;
}

export interface ListCacheOptions {
  readonly sessions: Sessions;
  readonly files: CacheFiles;
  readonly clock: Clock;
  /** Receives read and write errors, which must not affect the view. */
  readonly warn: (text: string, error: unknown) => void;
}

interface CacheEntry {
  /** Set while a write is scheduled. */
  timer: Disposable | undefined;
  /** When the written list arrived, in milliseconds since 1970. */
  writtenAt: number;
  written: readonly Server[] | undefined;
}

/** Collects the changes of this time into one write. */
const writeDelayMs = 1_000;
/** An unchanged list is rewritten this often, so that its stored age stays about right. */
const rewriteUnchangedMs = 5 * 60_000;

/**
 * Caches the last list of each account on disk, so that the view is filled at once when VS Code starts. Skips the sample
 * account, which needs no network. Removes the list of an account that signs out.
 */
export class ListCache implements Disposable {
  readonly #options: ListCacheOptions;
  readonly #disposables = new DisposableStore();
  readonly #entries = new Map<Session, CacheEntry>();
  /** Runs file operations one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(options: ListCacheOptions) {
    this.#options = options;
    const { sessions } = options;
    this.#disposables.add(sessions.onDidChange((change) => this.#scheduleWrite(change)));
    this.#disposables.add(
      sessions.onDidChangeAccounts(() => {
        this.#restoreAll();
        this.#removeSignedOut();
      }),
    );
    this.#restoreAll();
    this.#removeSignedOut();
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#entries.forEach(({ timer }) => timer?.dispose());
    this.#entries.clear();
  }

  #restoreAll(): void {
    const { sessions, files } = this.#options;
    for (const session of sessions.all.filter(({ account }) => account.kind === 'token')) {
      if (!this.#entries.has(session)) {
        this.#entries.set(session, { timer: undefined, writtenAt: -Infinity, written: undefined });
        this.#enqueue('read', async () => {
          const text = await files.read(fileName(session.account.id));
          const snapshot = text === undefined ? undefined : readSnapshot(text);
          if (
            snapshot?.apiUrl === session.account.apiUrl &&
            sessions.get(session.account.id) === session
          ) {
            session.servers.restore(snapshot.servers, snapshot.takenAt);
          }
        });
      }
    }
  }

  /** Removes what no account needs: also lists that another window or an earlier run left, and half-written files. */
  #removeSignedOut(): void {
    const { sessions, files } = this.#options;
    for (const [session, { timer }] of this.#entries) {
      if (!sessions.all.includes(session)) {
        timer?.dispose();
        this.#entries.delete(session);
      }
    }
    this.#enqueue('remove', async () => {
      // With a locked keychain no account is known, although none signed out.
      if (!sessions.isLoaded) {
        return;
      }
      const wanted = new Set(sessions.all.map(({ account }) => fileName(account.id)));
      for (const name of await files.names()) {
        if (!wanted.has(name)) {
          await files.remove(name);
        }
      }
    });
  }

  #scheduleWrite({ session, store }: SessionChange): void {
    const entry = this.#entries.get(session);
    const { loadedAt } = session.servers.load;
    if (!entry || !store || loadedAt === undefined) {
      return;
    }
    const isSame = !hasServerChanges(store);
    if (
      entry.timer === undefined &&
      (!isSame || loadedAt - entry.writtenAt >= rewriteUnchangedMs)
    ) {
      entry.timer = this.#options.clock.setTimeout(() => this.#write(session, entry), writeDelayMs);
    }
  }

  #write(session: Session, entry: CacheEntry): void {
    entry.timer = undefined;
    this.#enqueue('write', async () => {
      const { account, servers } = session;
      const takenAt = servers.load.loadedAt;
      // A list that is written after its account signed out would stay on disk.
      const isWanted = takenAt !== undefined && this.#options.sessions.get(account.id) === session;
      if (
        isWanted &&
        (takenAt - entry.writtenAt >= rewriteUnchangedMs ||
          !isSameList(entry.written, servers.servers))
      ) {
        entry.writtenAt = takenAt;
        entry.written = servers.servers;
        const text = writeSnapshot({ apiUrl: account.apiUrl, takenAt, servers: servers.servers });
        await this.#options.files.write(fileName(account.id), text);
      }
    });
  }

  #enqueue(operation: string, work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#options.warn(`The list cache failed (${operation})`, error);
    });
  }
}

/** Whether two lists are equal, apart from usage, which is not stored. */
function isSameList(a: readonly Server[] | undefined, b: readonly Server[]): boolean {
  return (
    a?.length === b.length &&
    a.every((server, index) => {
      const other = b[index];
      return server === other || (other && isSameServer({ ...server, usage: other.usage }, other));
    })
  );
}

/** Ids come from a secret that anyone may have edited, so they must not lead out of the folder. */
function fileName(accountId: AccountId): string {
  return `${encodeURIComponent(accountId).replaceAll('.', '%2E').slice(0, 150)}.json`;
}
