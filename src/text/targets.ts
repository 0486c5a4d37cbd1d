import * as l10n from '@vscode/l10n';
import { nameKey } from '../core/sameName.ts';
import type { Server } from '../core/server.ts';
import type { MarksReader } from '../core/serverMarks.ts';
import { clamp } from '../core/text.ts';
import type { Session } from '../state/session.ts';
import type { SkippedTarget, Target } from '../state/targets.ts';
import { plural } from './l10n.ts';
import { addressText } from './servers.ts';

/** Lines that fit in a question beside its other text. */
export const maxLines = 15;
/** Names that fit in a question, one after the other. */
const maxNames = 200;
/** Notes that fit in a question, and characters of each. */
const maxNotes = 5;
const maxNoteInQuestion = 200;

/** Joins names with commas; beyond `max` it says how many more there are. */
export function joinNames(names: readonly string[], max = maxNames): string {
  const shown = names.slice(0, max).join(', ');
  return names.length > max ? l10n.t('{0} and {1} more', shown, names.length - max) : shown;
}

/** "ID 12345" for a server whose name another server in the lists has too, however it is capitalized or composed. */
export function namesakeIds(sessions: Iterable<Session>): (server: Server) => string | undefined {
  const counts = new Map<string, number>();
  for (const { servers } of sessions) {
    for (const { name } of servers.servers) {
      counts.set(nameKey(name), (counts.get(nameKey(name)) ?? 0) + 1);
    }
  }
  return ({ id, name }) =>
    (counts.get(nameKey(name)) ?? 0) > 1 ? l10n.t('ID {0}', id) : undefined;
}

interface TargetTextOptions {
  readonly withStatus?: boolean;
}

/**
 * The parts of a server's line: name, what distinguishes it from another one of the same name, address, location, status where
 * it matters, account.
 */
export function targetText(
  targets: readonly Target[],
  { withStatus = false }: TargetTextOptions = {},
): (target: Target) => readonly string[] {
  const sessions = new Set(targets.map(({ session }) => session));
  const idOf = namesakeIds(sessions);
  return ({ server, session: { account } }) =>
    [
      server.name,
      idOf(server),
      addressText(server),
      server.location,
      withStatus ? server.status : undefined,
      sessions.size > 1 ? account.label : undefined,
      account.kind === 'sample' ? l10n.t('sample') : undefined,
    ].filter((part): part is string => Boolean(part));
}

/** A line for each server. For many servers only the names, in a paragraph for each account. */
export function listTargets(targets: readonly Target[], options?: TargetTextOptions): string {
  const textOf = targetText(targets, options);
  if (targets.length <= maxLines) {
    return targets.map((target) => textOf(target).join(' · ')).join('\n');
  }
  const sessions = [...new Set(targets.map(({ session }) => session))];
  const idOf = namesakeIds(sessions);
  const paragraphs = sessions.map((session) => {
    const names = targets
      .filter((target) => target.session === session)
      .map(({ server }) => {
        const id = idOf(server);
        return id === undefined ? server.name : l10n.t('{0} ({1})', server.name, id);
      });
    const text = joinNames(names);
    return sessions.length > 1 ? l10n.t('{0}: {1}', session.account.label, text) : text;
  });
  return paragraphs.join('\n\n');
}

/** The notes on servers, for questions: a note may say whom to ask first. Undefined where there are none. */
export function notesText(marks: MarksReader, targets: readonly Target[]): string | undefined {
  const lines = targets.flatMap(({ ref, server }) => {
    const { note } = marks.get(ref);
    const text = note && clamp(note, maxNoteInQuestion);
    if (!text) {
      return [];
    }
    return targets.length === 1
      ? l10n.t('Note: {0}', text)
      : l10n.t('Note on "{0}": {1}', server.name, text);
  });
  const hidden = lines.length - maxNotes;
  return (
    [
      ...lines.slice(0, maxNotes),
      ...(hidden > 0
        ? [plural(l10n.t('{0, plural, one {# more note} other {# more notes}}'), hidden)]
        : []),
    ].join('\n') || undefined
  );
}

/** `"web-1"`, and with several accounts `"web-1" (jo@example.com)`. */
export function quotedServer(
  { all }: { readonly all: readonly Session[] },
  { server, session }: Target,
): string {
  const name = `"${server.name}"`;
  return all.length > 1 ? l10n.t('{0} ({1})', name, session.account.label) : name;
}

/** "Account: jo@example.com", where all servers are in one account; otherwise their lines name it. */
export function accountLine(targets: readonly Target[]): string | undefined {
  const [first, ...others] = targets;
  return first && others.every(({ session }) => session === first.session)
    ? l10n.t('Account: {0}', first.session.account.label)
    : undefined;
}

function skipReasonText({ reason }: SkippedTarget): string {
  switch (reason.kind) {
    case 'alreadyInStatus':
      return l10n.t('already {0}', reason.status);
    case 'notAllowed':
      return reason.status;
    case 'protected':
      return l10n.t('protected');
    case 'busy':
      return l10n.t('another request is in progress');
  }
}

/** "web-2 (already stopped), web-3 (suspended)" */
export function joinSkipped(skipped: readonly SkippedTarget[]): string {
  return joinNames(
    skipped.map((each) => l10n.t('{0} ({1})', each.target.server.name, skipReasonText(each))),
  );
}

/** "Skipped: web-2 (already stopped)"; undefined when no server is skipped. */
export function skippedText(skipped: readonly SkippedTarget[]): string | undefined {
  return skipped.length === 0 ? undefined : l10n.t('Skipped: {0}', joinSkipped(skipped));
}
