import type { Clock } from '../core/clock.ts';
import { DisposableStore } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import { isInTransition } from '../core/server.ts';
import type { ServerStatus } from '../core/server.ts';
import type { ActivityEntry, ChangeEntry } from './activityEntry.ts';
import type { ActivityLog } from './activityLog.ts';
import { findExplanation, findRecorded, groupByServer } from './changeExplanation.ts';
import type { ChangeElsewhere } from './changeExplanation.ts';
import type { ChangedServers } from './changedServers.ts';
import { checkRemovals } from './removalCheck.ts';
import type { ServerActions } from './serverActions.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { StatusWaiter } from './statusWaiter.ts';
import type { StoreChange } from './storeChange.ts';

export interface ChangeTrackerOptions {
  readonly sessions: Sessions;
  readonly actions: ServerActions;
  readonly statusWaiter: StatusWaiter;
  readonly log: ActivityLog;
  readonly changedServers: ChangedServers;
  readonly clock: Clock;
  /** Called, with the entry about it, for every change that no message of this or another window was about. */
  readonly onDidFind: (change: ChangeElsewhere, entry: ChangeEntry) => void;
  /** Receives errors, which must not end the judging of other changes. */
  readonly warn: (text: string, error: unknown) => void;
}

interface Pending extends Omit<ChangeElsewhere, 'after'> {
  /** The transition that the server went through, if one was seen. */
  readonly transition: ServerStatus | undefined;
  dueAt: number;
  /** Whether a request confirmed that the server is gone. */
  isConfirmed: boolean;
  /** How often no request could tell. */
  failedChecks: number;
}

/** Leaves time for the rest of a change, and for another window to record what it did. */
const settleMs = 3_000;
/** A removal that no request confirms is checked again, a few times. */
const recheckMs = 60_000;
const maxChecks = 3;

/**
 * Finds the changes of a status that follow from nothing done from this editor, in this window or another one. Judges a change
 * once the server has settled; records it and marks the server.
 */
export class ChangeTracker implements Disposable {
  readonly #options: ChangeTrackerOptions;
  readonly #disposables = new DisposableStore();
  readonly #pending = new Map<string, Pending>();
  /** When the newest action was sent that explained a change of the server. It and older ones explain no other. */
  readonly #explainedAt = new Map<string, number>();
  /** The unexpected ends of waiting, which have a message of their own. */
  readonly #reported = new Map<string, ServerStatus | undefined>();
  #timer: Disposable | undefined;
  #judging: Promise<void> = Promise.resolve();

  constructor(options: ChangeTrackerOptions) {
    this.#options = options;
    const { actions, statusWaiter } = options;
    this.#disposables.add(actions.onDidChange((ref) => this.#touch(refKey(ref))));
    this.#disposables.add(
      statusWaiter.onDidEnd(({ ref, end, target, server }) => {
        const key = refKey(ref);
        if (target !== undefined && this.#pending.has(key)) {
          this.#reported.set(key, end === 'gone' ? undefined : server.status);
        }
        this.#touch(key);
      }),
    );
    this.#disposables.add({ dispose: () => this.#timer?.dispose() });
  }

  /** Call this for every change of a store, in order. */
  note(session: Session, { changed, removed, comparedAt }: StoreChange): void {
    for (const { before, after } of changed.values()) {
      if (before.status !== after.status) {
        this.#note(session, before.id, after.name, before.status, comparedAt);
      }
    }
    for (const { id, name, status } of removed.values()) {
      this.#note(session, id, name, status, comparedAt);
    }
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#pending.clear();
  }

  #note(
    session: Session,
    serverId: string,
    name: string,
    before: ServerStatus,
    comparedAt: number | undefined,
  ): void {
    const ref = { accountId: session.account.id, serverId };
    const key = refKey(ref);
    const known = this.#pending.get(key);
    const status = session.servers.get(serverId)?.status;
    this.#pending.set(key, {
      ref,
      name,
      before: known?.before ?? before,
      comparedAt: known ? known.comparedAt : comparedAt,
      transition: status !== undefined && isInTransition(status) ? status : known?.transition,
      dueAt: 0,
      isConfirmed: false,
      failedChecks: 0,
    });
    this.#touch(key);
  }

  /** Judges a change later, now that something about it is new. */
  #touch(key: string): void {
    const pending = this.#pending.get(key);
    if (pending) {
      pending.dueAt = this.#options.clock.now() + settleMs;
      this.#timer ??= this.#options.clock.setTimeout(() => this.#run(), settleMs);
    }
  }

  #run(): void {
    this.#timer = undefined;
    this.#judging = this.#judging
      .then(() => this.#judge())
      .catch((error: unknown) => this.#options.warn('Could not judge the changes', error));
  }

  async #judge(): Promise<void> {
    const { clock, log } = this.#options;
    if (this.#due().length > 0) {
      const entries = groupByServer(await log.readAll());
      const unconfirmed: Pending[] = [];
      for (const [key, pending] of this.#due()) {
        this.#pending.delete(key);
        try {
          if (!this.#judgeOne(key, pending, entries.get(key) ?? [])) {
            this.#pending.set(key, pending);
            unconfirmed.push(pending);
          }
        } catch (error) {
          this.#options.warn('Could not judge a change', error);
        }
      }
      await this.#confirm(unconfirmed);
    }
    // Those that are due and not settled are touched when their status changes, or when the action or the wait ends.
    const next = [...this.#pending.values()].filter(
      (each) => each.dueAt > clock.now() || this.#isSettled(each),
    );
    if (next.length > 0) {
      const nextMs = Math.min(...next.map(({ dueAt }) => dueAt)) - clock.now();
      this.#timer ??= clock.setTimeout(() => this.#run(), Math.max(0, nextMs));
    }
  }

  #due(): readonly (readonly [string, Pending])[] {
    const now = this.#options.clock.now();
    return [...this.#pending].filter(
      ([, pending]) => pending.dueAt <= now && this.#isSettled(pending),
    );
  }

  /** Checks whether removed servers are gone. Those that are, or are not, stay due. */
  async #confirm(unconfirmed: readonly Pending[]): Promise<void> {
    const { sessions, clock } = this.#options;
    const confirm = async (session: Session): Promise<void> => {
      const removed = unconfirmed.filter(({ ref }) => ref.accountId === session.account.id);
      const presences = await checkRemovals(
        session,
        removed.map(({ ref }) => ref.serverId),
      );
      for (const pending of removed) {
        const presence = presences.get(pending.ref.serverId) ?? 'unknown';
        pending.isConfirmed = presence === 'gone';
        if (presence === 'unknown') {
          pending.failedChecks += 1;
          pending.dueAt = clock.now() + recheckMs;
        }
        const key = refKey(pending.ref);
        // Another change may have been noted meanwhile.
        if (pending.failedChecks >= maxChecks && this.#pending.get(key) === pending) {
          this.#pending.delete(key);
        }
      }
    };
    await Promise.all(sessions.all.map(confirm));
  }

  #isSettled({ ref }: Pending): boolean {
    const { sessions, actions, statusWaiter } = this.#options;
    const status = sessions.find(ref)?.server.status;
    return (
      !actions.running(ref) &&
      !statusWaiter.isWaiting(ref) &&
      (status === undefined || !isInTransition(status))
    );
  }

  /** Returns false where a request must confirm first that the server is gone. */
  #judgeOne(key: string, pending: Pending, entries: readonly ActivityEntry[]): boolean {
    const { clock } = this.#options;
    const change = this.#changeOf(pending);
    const after = this.#explainedAt.get(key) ?? -Infinity;
    const explanation = change && findExplanation(entries, change, { after, now: clock.now() });
    if (change && change.after === undefined && !explanation && !pending.isConfirmed) {
      return false;
    }
    if (explanation) {
      this.#explainedAt.set(key, explanation.at);
      if (change.after === undefined) {
        this.#options.changedServers.delete(pending.ref);
      }
    } else if (change) {
      this.#record(key, change, pending.transition, entries);
    }
    this.#reported.delete(key);
    return true;
  }

  /** Undefined where the account signed out, the server is missing from a list that proves nothing, or is as before. */
  #changeOf({ ref, name, before, transition, comparedAt }: Pending): ChangeElsewhere | undefined {
    const session = this.#options.sessions.get(ref.accountId);
    const server = session?.servers.get(ref.serverId);
    const isAsBefore = server?.status === before && transition === undefined;
    if (!session || (!server && !session.servers.isProvenGone(ref.serverId)) || isAsBefore) {
      return undefined;
    }
    return { ref, name: server?.name ?? name, before, after: server?.status, comparedAt };
  }

  #record(
    key: string,
    change: ChangeElsewhere,
    transition: ServerStatus | undefined,
    entries: readonly ActivityEntry[],
  ): void {
    const { log, changedServers, onDidFind } = this.#options;
    const { ref, name, before, after } = change;
    const entry =
      findRecorded(entries, change, log.windowId) ??
      log.addChange({
        ...ref,
        serverName: name,
        // After a reboot the status is as before.
        before: after === before ? (transition ?? before) : before,
        after,
      });
    if (after === undefined) {
      changedServers.delete(ref);
    } else {
      changedServers.add(ref);
    }
    if (entry.isAnnounced) {
      return;
    }
    if (this.#reported.has(key) && this.#reported.get(key) === after) {
      log.announce(entry);
    } else {
      onDidFind(change, entry);
    }
  }
}
