import type { AccountId } from '../core/account.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { JsonObject } from '../core/json.ts';
import type { ServerId } from '../core/server.ts';
import { withoutAccount, withoutServer } from './markChanges.ts';
import { checkRemovals } from './removalCheck.ts';
import type { MarkStore } from './serverMarks.ts';
import type { Revision } from './serverStore.ts';
import type { Session } from './session.ts';
import type { SessionChange, Sessions } from './sessions.ts';

/**
 * Removes the marks of servers that are gone for good, and of accounts that are signed out while this window is open.
 *
 * Complete lists that lack a server are not enough: the marks protect servers, and wrong lists must not end that. After two of
 * them `checkRemovals` must confirm it. Marks of unknown accounts stay, because Settings Sync may have brought them from another
 * computer.
 */
export class MarkCleaner implements Disposable {
  readonly #sessions: Sessions;
  readonly #marks: MarkStore;
  readonly #warn: (text: string) => void;
  readonly #disposables = new DisposableStore();
  /** Servers that disappeared, and when, by account. */
  readonly #missing = new Map<AccountId, Map<ServerId, Revision>>();
  #accountIds: readonly AccountId[];

  /** @param warn is called when the marks could not be written */
  constructor(sessions: Sessions, marks: MarkStore, warn: (text: string) => void) {
    this.#sessions = sessions;
    this.#marks = marks;
    this.#warn = warn;
    this.#accountIds = this.#signedIn();
    this.#disposables.add(sessions.onDidChange((change) => this.#forgetServers(change)));
    this.#disposables.add(sessions.onDidChangeAccounts(() => this.#forgetAccounts()));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #forgetServers({ session, store }: SessionChange): void {
    const accountId = session.account.id;
    const missing = this.#missing.get(accountId) ?? new Map<ServerId, Revision>();
    const overdue: ServerId[] = [];
    for (const [serverId, missingSince] of missing) {
      if (session.servers.get(serverId)) {
        missing.delete(serverId);
      } else if (session.servers.isCompleteSince(missingSince)) {
        missing.delete(serverId);
        overdue.push(serverId);
      }
    }
    for (const serverId of store?.removed.keys() ?? []) {
      // A list that may be incomplete removes servers that are known from the cache only.
      if (session.servers.isProvenGone(serverId)) {
        missing.set(serverId, session.servers.nextRevision());
      }
    }
    this.#missing.set(accountId, missing);
    const marked = overdue.filter((serverId) => this.#marks.has({ accountId, serverId }));
    if (marked.length > 0) {
      void this.#forgetConfirmed(session, marked);
    }
  }

  async #forgetConfirmed(session: Session, serverIds: readonly ServerId[]): Promise<void> {
    const accountId = session.account.id;
    const gone: ServerId[] = [];
    for (const [serverId, presence] of await checkRemovals(session, serverIds)) {
      if (presence === 'gone') {
        gone.push(serverId);
      } else if (presence === 'unknown') {
        // The next complete list that lacks the server makes it overdue again.
        this.#missing.get(accountId)?.set(serverId, session.servers.nextRevision());
      }
    }
    if (gone.length > 0) {
      this.#forget((all) =>
        gone.reduce((rest, serverId) => withoutServer(rest, { accountId, serverId }), all),
      );
    }
  }

  #forgetAccounts(): void {
    const remaining = this.#signedIn();
    for (const id of this.#accountIds.filter((known) => !remaining.includes(known))) {
      this.#missing.delete(id);
      this.#forget((all) => withoutAccount(all, id));
    }
    this.#accountIds = remaining;
  }

  #signedIn(): readonly AccountId[] {
    return this.#sessions.all.map(({ account }) => account.id);
  }

  #forget(change: (all: JsonObject) => JsonObject): void {
    this.#marks
      .update(change)
      .catch((error: unknown) =>
        this.#warn(`Could not remove the marks of a server: ${String(error)}`),
      );
  }
}
