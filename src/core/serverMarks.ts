import type { AccountId } from './account.ts';
import { isRecord } from './json.ts';
import type { ServerRef } from './refs.ts';
import type { Server } from './server.ts';
import { toPlainLine } from './text.ts';

/** The colors of the theme with which a person can mark a server. */
export const markColors = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export type MarkColor = (typeof markColors)[number];

/** UTF-16 units of a note. */
export const maxNoteLength = 500;

/** What a person noted about a server. VPS.org does not know of it. */
export interface ServerMarks {
  /** Whether the extension must not change or delete the server. */
  readonly isProtected: boolean;
  readonly isPinned: boolean;
  /** One line; undefined without a note. */
  readonly note: string | undefined;
  readonly color: MarkColor | undefined;
}

/** The marks of all servers. */
export interface MarksReader {
  readonly isEmpty: boolean;
  get(ref: ServerRef): ServerMarks;
}

/** The notes of an account's servers, for `matcher`. */
export function notesOf(
  marks: MarksReader,
  accountId: AccountId,
): ((server: Server) => string | undefined) | undefined {
  return marks.isEmpty ? undefined : ({ id }) => marks.get({ accountId, serverId: id }).note;
}

/** Text that a person typed, as one line of at most 500 characters; undefined where nothing is left. */
export function toNote(text: string): string | undefined {
  return toPlainLine(text, maxNoteLength) || undefined;
}

/** Reads stored marks, which another version or another computer may have written. An unusable one counts as not set. */
export function readMarks(value: unknown): ServerMarks {
  const { isProtected, isPinned, note, color } = isRecord(value) ? value : {};
  return {
    isProtected: isProtected === true,
    isPinned: isPinned === true,
    note: typeof note === 'string' ? toNote(note) : undefined,
    color: markColors.find((known) => known === color),
  };
}
