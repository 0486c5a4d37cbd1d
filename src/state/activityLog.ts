import type { Clock } from '../core/clock.ts';
import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { RedactText } from '../core/redact.ts';
import type { ServerRef } from '../core/refs.ts';
import type { ServerStatus } from '../core/server.ts';
import type { RecordedOutcome, SentAction } from './actionRecord.ts';
import { isOpen, readEntries, writeEntry } from './activityEntry.ts';
import type {
  ActionEntry,
  ActionResult,
  ActivityEntry,
  ChangeEntry,
  EditEntry,
} from './activityEntry.ts';
import type { Sessions } from './sessions.ts';

/** The lines that all windows share. Every method may reject. */
export interface ActivityFile {
  /** All lines. The order of lines of different windows is not certain. */
  read(): Promise<string>;
  /** Adds a line at once. Returns the size of the file in bytes. */
  append(line: string): Promise<number>;
  /** Replaces all lines by what `change` returns, and loses no line that another window appends meanwhile. */
  rewrite(change: (text: string) => string): Promise<void>;
}

export interface ActivityLogOptions {
  readonly sessions: Sessions;
  readonly file: ActivityFile;
  readonly clock: Clock;
  readonly makeId: () => string;
  readonly redact: RedactText;
  /** Receives read and write errors, which must not affect an action. */
  readonly warn: (text: string, error: unknown) => void;
}

/** Entries that the activity shows. */
export const maxEntries = 500;
/** How long an action may explain a change. Until then it is kept, however many there are. */
const recentMs = 60 * 60_000;
/** Limits memory and the file. More than one action on a whole fleet. */
const maxRecentEntries = 25_000;
/** Larger than the entries that the activity shows can be. */
const maxBytes = 1_500_000;

/** What was done from here and what changed elsewhere, in all windows. Contains entries of signed-in accounts only. */
export class ActivityLog implements Disposable {
  /** Distinguishes this window from others. */
  readonly windowId: string;
  readonly #options: ActivityLogOptions;
  readonly #onDidChange = new Emitter<void>();
  /** The entries of this window, also where the file cannot be written. */
  readonly #own = new Map<string, ActivityEntry>();
  /** Runs file operations one after the other. */
  #queue: Promise<void> = Promise.resolve();
  /** A larger file is compacted. */
  #maxBytes = maxBytes;

  /** Entries of this window were added or changed, or those of an account were removed. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(options: ActivityLogOptions) {
    this.#options = options;
    this.windowId = options.makeId();
  }

  /** Records an action that was sent at `at`. Call the result with its outcome. */
  startAction(action: SentAction, at: number): (outcome: RecordedOutcome) => void {
    const sent: ActionEntry = {
      kind: 'action',
      ...this.#common(action, at),
      serverId: action.serverId,
      serverName: action.name,
      action: action.action,
      settings: action.settings ?? {},
      result: 'sent',
      message: undefined,
      end: undefined,
    };
    this.#add(sent);
    return (outcome) =>
      this.#add({
        ...sent,
        serverId: sent.serverId ?? outcome.ref?.serverId ?? outcome.probableMatch?.id,
        result: resultOf(outcome),
        message: outcome.error?.serverMessage ?? outcome.message,
      });
  }

  /** Adds to the last action on a server of this window, if it was accepted, in which status the server settled now. */
  endAction({ accountId, serverId }: ServerRef, status: ServerStatus): void {
    const last = [...this.#own.values()].findLast(
      (entry) =>
        entry.kind === 'action' && entry.accountId === accountId && entry.serverId === serverId,
    );
    if (last?.kind === 'action' && last.result === 'done' && !last.end) {
      this.#add({ ...last, end: { status, at: this.#options.clock.now() } });
    }
  }

  /** Records a change that was noticed now. */
  addChange(
    change: Pick<ChangeEntry, 'accountId' | 'serverId' | 'serverName' | 'before' | 'after'>,
  ): ChangeEntry {
    const common = this.#common(change, this.#options.clock.now());
    const entry: ChangeEntry = { kind: 'change', ...common, ...change, isAnnounced: false };
    this.#add(entry);
    return entry;
  }

  /** Records a creation or edits that were noticed now. */
  addEdit(
    edit: Pick<EditEntry, 'accountId' | 'serverId' | 'serverName' | 'created' | 'edits'>,
  ): void {
    this.#add({ kind: 'edit', ...this.#common(edit, this.#options.clock.now()), ...edit });
  }

  /** Records that this window showed a message about a change, so that no other window shows one. */
  announce(entry: ChangeEntry): void {
    this.#add({ ...entry, windowId: this.windowId, isAnnounced: true });
  }

  /** The entries that the activity shows, newest first. Never rejects: without the file they are those of this window. */
  async read(): Promise<readonly ActivityEntry[]> {
    return (await this.readAll()).slice(0, maxEntries);
  }

  /** Like `read`, with older entries, at least every recent action: an action on a whole fleet is longer than what is shown. */
  async readAll(): Promise<readonly ActivityEntry[]> {
    await this.#queue;
    let text = '';
    try {
      text = await this.#options.file.read();
    } catch (error) {
      this.#options.warn('Could not read the activity', error);
    }
    return this.#all(text).reverse();
  }

  /** Removes the entries of accounts that are not signed in. */
  removeSignedOut(): void {
    const { sessions, file } = this.#options;
    // With a locked keychain no account is known, although none signed out.
    if (!sessions.isLoaded) {
      return;
    }
    for (const [id, entry] of this.#own) {
      if (!this.#isSignedIn(entry)) {
        this.#own.delete(id);
      }
    }
    this.#enqueue(async () => {
      // Once the window closes, no account is known.
      if (!sessions.isLoaded) {
        return;
      }
      const entries = [...readEntries(await file.read()).values()];
      if (entries.some((entry) => !this.#isSignedIn(entry))) {
        await file.rewrite((text) => this.#compact(text));
      }
    });
    this.#onDidChange.fire();
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }

  #common({ accountId }: Pick<ActivityEntry, 'accountId'>, at: number) {
    const { sessions, makeId } = this.#options;
    return {
      id: makeId(),
      windowId: this.windowId,
      at,
      accountId,
      accountLabel: sessions.get(accountId)?.account.label ?? '',
    };
  }

  #add(entry: ActivityEntry): void {
    // The entry of an account that signs out while its action is under way would stay on disk.
    if (!this.#isSignedIn(entry)) {
      return;
    }
    const { file, redact } = this.#options;
    const line = writeEntry(entry, redact);
    // As other windows read it.
    readEntries(line).forEach((written, id) => this.#own.set(id, written));
    this.#limitOwn();
    this.#enqueue(async () => {
      if (this.#isSignedIn(entry)) {
        const bytes = await file.append(line);
        if (bytes > this.#maxBytes) {
          await file.rewrite((text) => {
            const compacted = this.#compact(text);
            // Where recent actions alone are larger, the file is not rewritten for each line.
            this.#maxBytes = Math.max(maxBytes, 2 * new TextEncoder().encode(compacted).length);
            return compacted;
          });
        }
      }
    });
    this.#onDidChange.fire();
  }

  /** Removes the oldest entries, up to the first one to keep: called for every line, so that few are looked at. */
  #limitOwn(): void {
    for (const [id, entry] of this.#own) {
      const max = this.#isRecentAction(entry) ? maxRecentEntries : maxEntries;
      if (this.#own.size <= max) {
        return;
      }
      this.#own.delete(id);
    }
  }

  #isRecentAction({ kind, at }: ActivityEntry): boolean {
    return kind === 'action' && at > this.#options.clock.now() - recentMs;
  }

  /** Oldest first. */
  #all(text: string): ActivityEntry[] {
    const entries = new Map(readEntries(text));
    for (const [id, entry] of this.#own) {
      const known = entries.get(id);
      if (!known || isOpen(known)) {
        entries.set(id, entry);
      }
    }
    return [...entries.values()]
      .filter((entry) => this.#isSignedIn(entry))
      .sort((a, b) => a.at - b.at)
      .slice(-maxRecentEntries);
  }

  /** What stays in a compacted file: what the activity shows, and the recent actions. */
  #newest(text: string): ActivityEntry[] {
    const entries = this.#all(text);
    const first = entries.length - maxEntries;
    return entries.filter((entry, index) => index >= first || this.#isRecentAction(entry));
  }

  #compact(text: string): string {
    if (!this.#options.sessions.isLoaded) {
      return text;
    }
    return this.#newest(text)
      .map((entry) => writeEntry(entry, (redacted) => redacted))
      .join('\n');
  }

  #isSignedIn({ accountId }: ActivityEntry): boolean {
    return this.#options.sessions.get(accountId) !== undefined;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#options.warn('Could not write the activity', error);
    });
  }
}

function resultOf({ kind }: RecordedOutcome): ActionResult {
  switch (kind) {
    case 'done':
    case 'refused':
    case 'gone':
    case 'unclear':
      return kind;
    default:
      return 'failed';
  }
}
