import type { Clock } from '../core/clock.ts';
import type { Disposable } from '../core/event.ts';
import { parseIsoTime } from '../core/isoTime.ts';
import type { PriceList } from '../core/pricing.ts';
import { refKey } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { ActivityEntry } from './activityEntry.ts';
import { maxEntries } from './activityLog.ts';
import type { ActivityLog } from './activityLog.ts';
import { groupByServer } from './changeExplanation.ts';
import type { ChangedServers } from './changedServers.ts';
import { findCreationRecord, findEditRecord } from './editExplanation.ts';
import type { ServerActions } from './serverActions.ts';
import { editsBetween, toPlanState } from './serverEdits.ts';
import type { ServerEdit } from './serverEdits.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { StoreChange } from './storeChange.ts';

export interface EditTrackerOptions {
  readonly sessions: Sessions;
  readonly actions: Pick<ServerActions, 'running'>;
  readonly log: ActivityLog;
  readonly changedServers: ChangedServers;
  readonly clock: Clock;
  /** The prices as far as they are known without a request. */
  readonly loadPrices: (session: Session) => Promise<PriceList | undefined>;
  readonly warn: (text: string, error: unknown) => void;
}

interface Pending {
  readonly ref: ServerRef;
  /** The server before its first change; undefined for one that was not known. */
  readonly before: Server | undefined;
  readonly comparedAt: number;
}

/** Leaves time for another window to record what it did. */
const settleMs = 3_000;
/** How much older than the last list a new server may be: clocks differ, and a filter may have hidden it from that list. */
const maxCreationAgeMs = 20 * 60_000;

/**
 * Finds servers that were created elsewhere and changes of other facts than the status that follow from nothing done from this
 * editor, in this window or another one. Records them, and marks the servers whose costs changed.
 */
export class EditTracker implements Disposable {
  readonly #options: EditTrackerOptions;
  readonly #pending = new Map<string, Pending>();
  /** Servers that a list lacked. They are not new when they return. */
  readonly #returning = new Set<string>();
  #timer: Disposable | undefined;

  constructor(options: EditTrackerOptions) {
    this.#options = options;
  }

  /** Call this for every change of a store, in order. */
  note(session: Session, { changed, added, removed, comparedAt }: StoreChange): void {
    // The first list is no news.
    if (comparedAt === undefined) {
      return;
    }
    for (const { before, after } of changed.values()) {
      if (editsBetween(before, after).length > 0) {
        this.#note(session, before.id, before, comparedAt);
      }
    }
    for (const server of added) {
      // An older one was withheld from the lists so far.
      const isNew = (parseIsoTime(server.createdAt) ?? -Infinity) >= comparedAt - maxCreationAgeMs;
      if (isNew && !this.#returning.has(refKey(toRef(session, server.id)))) {
        this.#note(session, server.id, undefined, comparedAt);
      }
    }
    for (const serverId of removed.keys()) {
      const key = refKey(toRef(session, serverId));
      // One that was not recorded yet is new when it returns.
      if (this.#pending.get(key)?.before !== undefined || !this.#pending.has(key)) {
        this.#returning.add(key);
      }
      this.#pending.delete(key);
    }
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#pending.clear();
  }

  #note(session: Session, serverId: string, before: Server | undefined, comparedAt: number): void {
    const ref = toRef(session, serverId);
    const key = refKey(ref);
    this.#pending.set(key, this.#pending.get(key) ?? { ref, before, comparedAt });
    this.#timer ??= this.#options.clock.setTimeout(() => this.#run(), settleMs);
  }

  #run(): void {
    this.#judge()
      .catch((error: unknown) => this.#options.warn('Could not judge the edits', error))
      .finally(() => {
        this.#timer =
          this.#pending.size > 0
            ? this.#options.clock.setTimeout(() => this.#run(), settleMs)
            : undefined;
      });
  }

  async #judge(): Promise<void> {
    const { sessions, actions, log, loadPrices } = this.#options;
    const due = [...this.#pending].filter(([, { ref }]) => actions.running(ref) === undefined);
    if (due.length === 0) {
      return;
    }
    due.forEach(([key]) => this.#pending.delete(key));
    const all = await log.readAll();
    const entries = groupByServer(all);
    const creations = all.filter((entry) => entry.kind === 'action' && entry.action === 'create');
    const prices = new Map<Session, PriceList | undefined>();
    for (const session of sessions.all) {
      prices.set(session, await loadPrices(session));
    }
    let count = 0;
    for (const [key, pending] of due) {
      const found = sessions.find(pending.ref);
      const own = entries.get(key) ?? [];
      const news = found && findNews(pending, found.server, own, creations);
      if (!found || !news) {
        continue;
      }
      try {
        // The activity shows no more. A fleet that changes at once must not fill the disk.
        if (news.isUnrecorded && count++ < maxEntries) {
          this.#record(pending, found.server, news.edits, prices.get(found.session));
        }
        if (news.affectsCosts) {
          this.#options.changedServers.add(pending.ref);
        }
      } catch (error) {
        this.#options.warn('Could not record an edit', error);
      }
    }
  }

  #record(
    { ref, before }: Pending,
    server: Server,
    edits: readonly ServerEdit[],
    prices: PriceList | undefined,
  ): void {
    const monthlyOf = ({ plan }: Server): number | undefined => prices?.priceOf({ plan })?.monthly;
    const created = {
      ...toPlanState(server.plan ?? {}, monthlyOf(server)),
      location: server.location,
    };
    this.#options.log.addEdit({
      ...ref,
      serverName: server.name,
      created: before ? undefined : created,
      edits: edits.map((edit) =>
        edit.field === 'plan' && before
          ? {
              field: 'plan',
              before: { ...edit.before, monthly: monthlyOf(before) },
              after: { ...edit.after, monthly: monthlyOf(server) },
            }
          : edit,
      ),
    });
  }
}

interface News {
  /** What no window recorded so far. */
  readonly edits: readonly ServerEdit[];
  /** Whether no other window recorded it. */
  readonly isUnrecorded: boolean;
  readonly affectsCosts: boolean;
}

/** What changed elsewhere; undefined for nothing. `entries` are those about the server, `creations` all of this editor. */
function findNews(
  { ref, before, comparedAt }: Pending,
  server: Server,
  entries: readonly ActivityEntry[],
  creations: readonly ActivityEntry[],
): News | undefined {
  if (!before) {
    const record = findCreationRecord([...entries, ...creations], ref, server.name, comparedAt);
    return record?.kind === 'action'
      ? undefined
      : { edits: [], isUnrecorded: !record, affectsCosts: true };
  }
  const changed = editsBetween(before, server)
    .map((edit) => ({ edit, record: findEditRecord(entries, edit) }))
    .filter(({ record }) => record?.kind !== 'action');
  if (changed.length === 0) {
    return undefined;
  }
  const unrecorded = changed.filter(({ record }) => !record);
  return {
    edits: unrecorded.map(({ edit }) => edit),
    isUnrecorded: unrecorded.length > 0,
    affectsCosts: changed.some(({ edit }) => edit.field === 'plan'),
  };
}

function toRef({ account }: Session, serverId: ServerId): ServerRef {
  return { accountId: account.id, serverId };
}
