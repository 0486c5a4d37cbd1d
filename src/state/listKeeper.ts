import type { AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { isSameServer } from '../core/server.ts';
import type { Server } from '../core/server.ts';
import { readSnapshot, writeSnapshot } from '../core/serverSnapshot.ts';
import type { Session } from './session.ts';
import type { SessionChange, Sessions } from './sessions.ts';

/** Where lists are kept between runs: texts by name, on this computer. All of it may fail. */
export interface KeptFiles {
  /** Undefined where there is none of that name. */
  read(name: string): Promise<string | undefined>;
  /** Another window may write the same: the text is there whole, or not at all. */
  write(name: string, text: string): Promise<void>;
  /** Does nothing where there is none of that name. */
  remove(name: string): Promise<void>;
  names(): Promise<readonly string[]>;
}

export interface ListKeeperOptions {
  readonly sessions: Sessions;
  readonly files: KeptFiles;
  readonly clock: Clock;
  /** Hears what could not be read or written: that is no reason to show nothing. */
  readonly warn: (text: string, error: unknown) => void;
}

interface Kept {
  timer: Disposable | undefined;
  writtenAt: number;
  written: readonly Server[] | undefined;
}

/** Changes come in groups: they are written together. */
const gatherMs = 1_000;
/** A list that says the same again is written anew this often, so that its age stays about right. */
const sameAgainMs = 5 * 60_000;

/**
 * Keeps the last list of each account, so that the view is filled at once when VS Code starts. The lists of the sample account
 * are not kept: it is here itself. What belongs to an account goes with it.
 */
export class ListKeeper implements Disposable {
  readonly #options: ListKeeperOptions;
  readonly #disposables = new DisposableStore();
  readonly #kept = new Map<Session, Kept>();
  /** Reading, writing and removing, one after the other. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: ListKeeperOptions) {
    this.#options = options;
    const { sessions } = options;
    this.#disposables.add(sessions.onDidChange((change) => this.#note(change)));
    this.#disposables.add(
      sessions.onDidChangeAccounts(() => {
        this.#restoreAll();
        this.#forgetOthers();
      }),
    );
    this.#restoreAll();
  }

  /** Resolves when everything that was begun is done. Never rejects. */
  async settle(): Promise<void> {
    await this.#work;
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#kept.forEach(({ timer }) => timer?.dispose());
    this.#kept.clear();
  }

  #restoreAll(): void {
    const { sessions, files } = this.#options;
    for (const session of sessions.all.filter(({ account }) => account.kind === 'token')) {
      if (!this.#kept.has(session)) {
        this.#kept.set(session, { timer: undefined, writtenAt: -Infinity, written: undefined });
        this.#enqueue('read', async () => {
          const text = await files.read(fileName(session.account.id));
          const snapshot = text === undefined ? undefined : readSnapshot(text);
          if (snapshot?.apiUrl === session.account.apiUrl && sessions.get(session.account.id) === session) {
            session.servers.restore(snapshot.servers, snapshot.takenAt);
          }
        });
      }
    }
  }

  /** An account that was signed out, here or in another window, leaves nothing behind. */
  #forgetOthers(): void {
    const { sessions, files } = this.#options;
    for (const [session, { timer }] of this.#kept) {
      if (!sessions.all.includes(session)) {
        timer?.dispose();
        this.#kept.delete(session);
      }
    }
    this.#enqueue('remove', async () => {
      const wanted = new Set(sessions.all.map(({ account }) => fileName(account.id)));
      for (const name of await files.names()) {
        if (!wanted.has(name)) {
          await files.remove(name);
        }
      }
    });
  }

  #note({ session, store }: SessionChange): void {
    const kept = this.#kept.get(session);
    const { loadedAt } = session.servers.load;
    if (!kept || !store || loadedAt === undefined) {
      return;
    }
    const isSame = store.changed.size + store.added.size + store.removed.size === 0;
    if (kept.timer === undefined && (!isSame || loadedAt - kept.writtenAt >= sameAgainMs)) {
      kept.timer = this.#options.clock.setTimeout(() => this.#write(session, kept), gatherMs);
    }
  }

  #write(session: Session, kept: Kept): void {
    kept.timer = undefined;
    this.#enqueue('write', async () => {
      const { account, servers } = session;
      const takenAt = servers.load.loadedAt;
      // Signed out meanwhile: what is written now would stay for good.
      const isWanted = takenAt !== undefined && this.#options.sessions.get(account.id) === session;
      if (isWanted && (takenAt - kept.writtenAt >= sameAgainMs || !isSameList(kept.written, servers.servers))) {
        kept.writtenAt = takenAt;
        kept.written = servers.servers;
        const text = writeSnapshot({ apiUrl: account.apiUrl, takenAt, servers: servers.servers });
        await this.#options.files.write(fileName(account.id), text);
      }
    });
  }

  #enqueue(what: string, work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.#options.warn(`The last list of servers could not be kept (${what})`, error);
    });
  }
}

/** Whether two lists say the same, apart from usage, which is not kept. */
function isSameList(a: readonly Server[] | undefined, b: readonly Server[]): boolean {
  return a?.length === b.length && a.every((server, index) => {
    const other = b[index];
    return server === other || (other && isSameServer({ ...server, usage: other.usage }, other));
  });
}

/** Ids are random, but they come from a secret that anybody may have written: nothing in them may lead elsewhere. */
function fileName(accountId: AccountId): string {
  return `${encodeURIComponent(accountId).replaceAll('.', '%2E').slice(0, 150)}.json`;
}
