import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { refKey } from '../core/refs.ts';
import type { CommandContext } from '../host/commandContext.ts';
import type { MessageButton } from '../host/messages.ts';
import type { ChangeEntry } from '../state/activityEntry.ts';
import type { ActivityLog } from '../state/activityLog.ts';
import { findRecorded, groupByServer } from '../state/changeExplanation.ts';
import type { ChangeElsewhere } from '../state/changeExplanation.ts';
import { plural } from '../text/l10n.ts';
import { joinNames } from '../text/targets.ts';
import { formatTime } from '../text/times.ts';

/** Changes that arrive within this time share a message. */
const collectMs = 1_000;
/** After a window was hidden, the list that refreshes then belongs to the same message. */
const returnMs = 8_000;
const minIntervalMs = 60_000;
/** An older comparison is named in the message. */
const maxUnnamedAgeMs = 5 * 60_000;
/** Names in one sentence. */
const maxNames = 10;

type Kind = 'suspended' | 'deleted' | 'stopped';

/** What the windows record about their messages. */
type AnnouncementLog = Pick<ActivityLog, 'windowId' | 'readAll' | 'announce'>;

interface Held {
  readonly change: ChangeElsewhere;
  readonly kind: Kind;
  readonly entry: ChangeEntry;
}

/**
 * Announces servers that were suspended, deleted or stopped elsewhere: many in one message, at most one message a minute, and
 * only while the servers are viewed. Changes that were found before are announced when they are viewed again, unless another
 * window announced them.
 */
export class ChangeMessages implements Disposable {
  readonly #context: CommandContext;
  readonly #log: AnnouncementLog;
  readonly #isViewed: () => boolean;
  readonly #held = new Map<string, Held>();
  #timer: Disposable | undefined;
  #shownAt = -Infinity;
  #wasViewed: boolean;
  #viewedSince: number;

  /** @param isViewed whether the view or a panel is visible in a focused window; call `update` when that changes */
  constructor(context: CommandContext, log: AnnouncementLog, isViewed: () => boolean) {
    this.#context = context;
    this.#log = log;
    this.#isViewed = isViewed;
    this.#wasViewed = isViewed();
    // What is found right after a start is found by the first lists.
    this.#viewedSince = context.clock.now();
  }

  update(): void {
    const isViewed = this.#isViewed();
    if (isViewed && !this.#wasViewed) {
      this.#viewedSince = this.#context.clock.now();
    }
    this.#wasViewed = isViewed;
    this.#schedule();
  }

  /** @param entry the record of the change */
  add(change: ChangeElsewhere, entry: ChangeEntry): void {
    const key = refKey(change.ref);
    const kind = kindOf(change);
    if (kind && this.#context.settings.notifyChanges) {
      this.#held.set(key, { change, kind, entry });
      this.#schedule();
    } else {
      // It started again, or was unsuspended.
      this.#held.delete(key);
    }
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#held.clear();
  }

  #schedule(): void {
    if (this.#held.size === 0 || !this.#isViewed()) {
      this.#timer?.dispose();
      this.#timer = undefined;
      return;
    }
    const now = this.#context.clock.now();
    const at = Math.max(
      now + collectMs,
      // A clock that was set back must not delay a message for long.
      Math.min(this.#shownAt + minIntervalMs, now + minIntervalMs),
      Math.min(this.#viewedSince + returnMs, now + returnMs),
    );
    this.#timer ??= this.#context.clock.setTimeout(() => void this.#show(), at - now);
  }

  async #show(): Promise<void> {
    const entries = groupByServer(await this.#log.readAll());
    // Only now, so that nothing schedules another message meanwhile.
    this.#timer = undefined;
    if (!this.#isViewed()) {
      return;
    }
    const { windowId } = this.#log;
    const isAnnounced = ([key, { change }]: readonly [string, Held]): boolean =>
      findRecorded(entries.get(key) ?? [], change, windowId)?.isAnnounced === true;
    const held = [...this.#held]
      .filter((each) => !isAnnounced(each))
      .map(([, each]) => each)
      .filter((each) => this.#isCurrent(each));
    this.#held.clear();
    const [first, ...others] = held;
    if (!first || !this.#context.settings.notifyChanges) {
      return;
    }
    const { messages, clock } = this.#context;
    this.#shownAt = clock.now();
    const text =
      others.length === 0
        ? oneText(first.kind, this.#nameOf(first))
        : (['suspended', 'deleted', 'stopped'] as const)
            .map((kind) => this.#manyText(kind, held))
            .filter(Boolean)
            .join(' ');
    const since = Math.min(...held.map(({ change }) => change.comparedAt ?? Infinity));
    const isOld = since < Infinity && clock.now() - since > maxUnnamedAgeMs;
    messages.warn(
      isOld ? vscode.l10n.t('Since {0}: {1}', formatTime(since, clock.now()), text) : text,
      ...(others.length === 0 && first.kind !== 'deleted' ? [showServer(first.change)] : []),
      {
        title: vscode.l10n.t('Show Activity'),
        run: () => vscode.commands.executeCommand('vpsOrg.showActivity'),
      },
    );
    held.forEach(({ entry }) => this.#log.announce(entry));
  }

  /** Whether the person would find what the message says. */
  #isCurrent({ change: { ref, after } }: Held): boolean {
    const session = this.#context.sessions.get(ref.accountId);
    return session !== undefined && session.servers.get(ref.serverId)?.status === after;
  }

  #manyText(kind: Kind, held: readonly Held[]): string | undefined {
    const names = held.filter((each) => each.kind === kind).map((each) => this.#nameOf(each));
    return names.length === 0
      ? undefined
      : plural(manyTemplate(kind), names.length, joinNames(names, maxNames));
  }

  #nameOf({ change: { name, ref } }: Held): string {
    const { sessions } = this.#context;
    const label = sessions.get(ref.accountId)?.account.label ?? '';
    return sessions.all.length > 1 ? vscode.l10n.t('{0} ({1})', `"${name}"`, label) : `"${name}"`;
  }
}

/** Undefined for a change that the mark on the row is enough for. */
function kindOf({ before, after }: ChangeElsewhere): Kind | undefined {
  if (after === undefined) {
    return 'deleted';
  }
  const kind = (['suspended', 'stopped'] as const).find((each) => each === after);
  return after === before ? undefined : kind;
}

function oneText(kind: Kind, name: string): string {
  switch (kind) {
    case 'suspended':
      return vscode.l10n.t('{0} was suspended.', name);
    case 'deleted':
      return vscode.l10n.t('{0} was deleted elsewhere.', name);
    case 'stopped':
      return vscode.l10n.t('{0} stopped. Nobody stopped it from this editor.', name);
  }
}

function manyTemplate(kind: Kind): string {
  switch (kind) {
    case 'suspended':
      return vscode.l10n.t(
        '{0, plural, one {# server was} other {# servers were}} suspended: {1}.',
      );
    case 'deleted':
      return vscode.l10n.t(
        '{0, plural, one {# server was} other {# servers were}} deleted elsewhere: {1}.',
      );
    case 'stopped':
      return vscode.l10n.t(
        '{0, plural, one {# server} other {# servers}} stopped, but not from this editor: {1}.',
      );
  }
}

function showServer({ ref }: ChangeElsewhere): MessageButton {
  return {
    title: vscode.l10n.t('Show Server'),
    run: () => vscode.commands.executeCommand('vpsOrg.server.open', ref),
  };
}
