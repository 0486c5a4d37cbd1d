import * as l10n from '@vscode/l10n';
import { toPlainLine } from '../core/text.ts';
import type { ActionEntry, ActivityEntry } from '../state/activityEntry.ts';
import { editText } from './serverEdits.ts';

/** Wider columns would push the text out of sight. */
const maxColumn = 40;

/** The activity as lines of text, in the order of the entries. */
export function activityText(entries: readonly ActivityEntry[], now: number): string {
  const title = l10n.t('VPS.org activity, newest first. As of {0}, in local time.', timeText(now));
  const [first] = entries;
  if (!first) {
    const hint = l10n.t(
      'No activity yet. Actions from this editor and changes made elsewhere are listed here.',
    );
    return `${title}\n\n${hint}\n`;
  }
  const rows = entries.map((entry) => [
    timeText(entry.at),
    serverText(entry),
    entryText(entry),
    toPlainLine(entry.accountLabel),
    messageText(entry),
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.min(maxColumn, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const note = l10n.t('A change made elsewhere has the time at which it was noticed.');
  return `${title}\n${note}\n\n${lines.join('\n')}\n`;
}

/** Local time in a form that sorts and can be searched: "2025-01-10 14:30:05". */
function timeText(ms: number): string {
  const time = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}

function serverText({ serverName, serverId }: ActivityEntry): string {
  const name = toPlainLine(serverName);
  return serverId === undefined ? name : l10n.t('{0} ({1})', name, toPlainLine(serverId));
}

function entryText(entry: ActivityEntry): string {
  if (entry.kind === 'edit') {
    return editText(entry);
  }
  if (entry.kind === 'change') {
    return entry.after === undefined
      ? l10n.t('Deleted elsewhere (was {0})', toPlainLine(entry.before))
      : l10n.t('Changed elsewhere: {0} → {1}', toPlainLine(entry.before), toPlainLine(entry.after));
  }
  return l10n.t('{0}: {1}', actionText(entry), resultText(entry));
}

function messageText(entry: ActivityEntry): string {
  return entry.kind === 'action' && entry.message !== undefined
    ? l10n.t('VPS.org answered: {0}', toPlainLine(entry.message, 500))
    : '';
}

function actionText({ action, settings }: ActionEntry): string {
  switch (action) {
    case 'start':
      return l10n.t('Start');
    case 'stop':
      return l10n.t('Stop');
    case 'reboot':
      return l10n.t('Reboot');
    case 'delete':
      return l10n.t('Delete');
    case 'create':
      return l10n.t('Create');
    case 'setBackups':
      return settings.backupsEnabled === false
        ? l10n.t('Turn automatic backups off')
        : l10n.t('Turn automatic backups on');
    case 'rename':
      return settingsText(settings);
  }
}

/** "Rename to web-2", "Save settings (hostname web.example.com, backups on)". */
function settingsText({ name, hostname, backupsEnabled }: ActionEntry['settings']): string {
  if (name !== undefined && hostname === undefined && backupsEnabled === undefined) {
    return l10n.t('Rename to {0}', toPlainLine(name));
  }
  const parts = [
    name === undefined ? '' : l10n.t('name {0}', toPlainLine(name)),
    hostname === undefined ? '' : l10n.t('hostname {0}', toPlainLine(hostname) || '-'),
    backupsEnabled === undefined
      ? ''
      : backupsEnabled
        ? l10n.t('backups on')
        : l10n.t('backups off'),
  ].filter(Boolean);
  return parts.length === 0
    ? l10n.t('Save settings')
    : l10n.t('Save settings ({0})', parts.join(', '));
}

function resultText({ at, result, end }: ActionEntry): string {
  switch (result) {
    case 'sent':
      return l10n.t('sent, no answer recorded');
    case 'done':
      return end
        ? l10n.t('accepted, {0} after {1}', toPlainLine(end.status), durationText(end.at - at))
        : l10n.t('accepted');
    case 'refused':
      return l10n.t('refused');
    case 'gone':
      return l10n.t('the server no longer existed');
    case 'unclear':
      return l10n.t('sent, outcome unknown');
    case 'failed':
      return l10n.t('failed');
  }
}

function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120
    ? l10n.t('{0} s', String(seconds))
    : l10n.t('{0} min', String(Math.round(seconds / 60)));
}
