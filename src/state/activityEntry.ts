import type { AccountId } from '../core/account.ts';
import { isRecord } from '../core/json.ts';
import type { JsonObject } from '../core/json.ts';
import type { RedactText } from '../core/redact.ts';
import type { ServerSettings } from '../core/requests.ts';
import { parseIsoTime } from '../core/isoTime.ts';
import type { ServerId, ServerStatus } from '../core/server.ts';
import { parseJson, readText } from '../core/storedValues.ts';
import { toPlainLine } from '../core/text.ts';
import type { SentAction } from './actionRecord.ts';
import { readEdits, writeEdits } from './storedEdits.ts';
import type { CreatedState, ServerEdit } from './serverEdits.ts';

const actions = [
  'start',
  'stop',
  'reboot',
  'rename',
  'setBackups',
  'delete',
  'create',
] as const satisfies readonly SentAction['action'][];

/** `sent`: without an outcome so far, or for good where the window was closed. The others as in `ActionOutcome`. */
const results = ['sent', 'done', 'refused', 'gone', 'unclear', 'failed'] as const;
export type ActionResult = (typeof results)[number];

interface EntryBase {
  /** The lines about one action or change share it; the last one counts. */
  readonly id: string;
  /** The window that recorded it, or announced it. */
  readonly windowId: string;
  /** When the action was sent or the change was noticed, in milliseconds since 1970. */
  readonly at: number;
  readonly accountId: AccountId;
  readonly accountLabel: string;
  /** Undefined for a creation that returned no server. */
  readonly serverId: ServerId | undefined;
  readonly serverName: string;
}

export interface ActionEnd {
  readonly status: ServerStatus;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** Something done from this editor. */
export interface ActionEntry extends EntryBase {
  readonly kind: 'action';
  readonly action: SentAction['action'];
  readonly settings: Partial<ServerSettings>;
  readonly result: ActionResult;
  /** The API's words. */
  readonly message: string | undefined;
  /** How an accepted action ended, if a window waited for that. */
  readonly end: ActionEnd | undefined;
}

/** A change that follows from nothing done from this editor. */
export interface ChangeEntry extends EntryBase {
  readonly kind: 'change';
  readonly before: ServerStatus;
  /** Undefined after a deletion. */
  readonly after: ServerStatus | undefined;
  /** Whether a window showed a message about it. */
  readonly isAnnounced: boolean;
}

/** A server that was created elsewhere, or whose facts other than the status changed there. */
export interface EditEntry extends EntryBase {
  readonly kind: 'edit';
  /** What was created; undefined for a change. */
  readonly created: CreatedState | undefined;
  readonly edits: readonly ServerEdit[];
}

export type ActivityEntry = ActionEntry | ChangeEntry | EditEntry;

const maxName = 200;
const maxMessage = 500;

/** One line of JSON. No text of the API or a person reaches the disk unredacted. */
export function writeEntry(entry: ActivityEntry, redact: RedactText): string {
  const clean = (text: string | undefined, max = maxName): string | undefined =>
    text === undefined ? undefined : toPlainLine(redact(text), max);
  const { kind, id, windowId, accountId, serverId } = entry;
  const common = {
    kind,
    id,
    windowId,
    at: new Date(entry.at).toISOString(),
    accountId,
    accountLabel: clean(entry.accountLabel),
    serverId,
    serverName: clean(entry.serverName),
  };
  if (entry.kind === 'change') {
    const { before, after, isAnnounced } = entry;
    return JSON.stringify({ ...common, before: clean(before), after: clean(after), isAnnounced });
  }
  if (entry.kind === 'edit') {
    return JSON.stringify({ ...common, ...writeEdits(entry, clean) });
  }
  const { action, settings, result, message, end } = entry;
  return JSON.stringify({
    ...common,
    action,
    settings: {
      name: clean(settings.name),
      hostname: clean(settings.hostname),
      backupsEnabled: settings.backupsEnabled,
    },
    result,
    message: clean(message, maxMessage),
    end: end && { status: clean(end.status), at: new Date(end.at).toISOString() },
  });
}

/** Reads lines that anyone may have damaged, and skips what is no entry. Of several lines about one entry the last counts. */
export function readEntries(text: string): ReadonlyMap<string, ActivityEntry> {
  const entries = new Map<string, ActivityEntry>();
  for (const line of text.split('\n')) {
    const entry = line === '' ? undefined : readEntry(parseJson(line));
    // Lines of several files come in no particular order.
    const known = entry && entries.get(entry.id);
    if (entry && !(known && (isOpen(entry) || (hasEnd(known) && !hasEnd(entry))))) {
      entries.set(entry.id, entry);
    }
  }
  return entries;
}

function hasEnd(entry: ActivityEntry): boolean {
  return entry.kind === 'action' && entry.end !== undefined;
}

/** Whether a later line may add the outcome of the action, or that the change was announced. */
export function isOpen(entry: ActivityEntry): boolean {
  switch (entry.kind) {
    case 'action':
      return entry.result === 'sent';
    case 'change':
      return !entry.isAnnounced;
    case 'edit':
      return false;
  }
}

function readEntry(value: unknown): ActivityEntry | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const [id, accountId] = [value.id, value.accountId].map(readText);
  const at = parseIsoTime(readText(value.at));
  if (!id || !accountId || at === undefined) {
    return undefined;
  }
  const common: EntryBase = {
    id,
    windowId: readText(value.windowId) ?? '',
    at,
    accountId,
    accountLabel: readText(value.accountLabel) ?? '',
    serverId: readText(value.serverId),
    serverName: readText(value.serverName) ?? '',
  };
  const before = readText(value.before);
  if (value.kind === 'change' && before) {
    return {
      ...common,
      kind: 'change',
      before,
      after: readText(value.after),
      isAnnounced: value.isAnnounced === true,
    };
  }
  if (value.kind === 'edit') {
    const edits = readEdits(value);
    return edits && { ...common, kind: 'edit', ...edits };
  }
  const action = actions.find((each) => each === value.action);
  const result = results.find((each) => each === value.result);
  return value.kind === 'action' && action && result
    ? {
        ...common,
        kind: 'action',
        action,
        settings: isRecord(value.settings) ? readSettings(value.settings) : {},
        result,
        message: readText(value.message),
        end: isRecord(value.end) ? readEnd(value.end) : undefined,
      }
    : undefined;
}

function readEnd(value: JsonObject): ActionEnd | undefined {
  const [status, at] = [readText(value.status), parseIsoTime(readText(value.at))];
  return status && at !== undefined ? { status, at } : undefined;
}

function readSettings({ name, hostname, backupsEnabled }: JsonObject): Partial<ServerSettings> {
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof hostname === 'string' && { hostname }),
    ...(typeof backupsEnabled === 'boolean' && { backupsEnabled }),
  };
}
