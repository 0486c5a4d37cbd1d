import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { withStatusBarProgress } from '../host/progress.ts';
import { resolveTargets } from '../host/serverPicker.ts';
import { splitTargets } from '../state/targets.ts';
import type { Target, TargetSplit } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { backupsPriceText } from '../text/prices.ts';
import { accountLine, joinNames, listTargets, quotedServer, skippedText } from '../text/targets.ts';
import { filterNote } from './filterNote.ts';
import { reportNotAllowed } from './reportNotAllowed.ts';
import { reportProtected } from './reportProtected.ts';
import { runActions } from './runActions.ts';

/** Turn Automatic Backups On or Off...: `PATCH /servers/{id}/` with that field only. */
export async function setBackups(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const targets = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Turn automatic backups on or off for which server?'),
    none: vscode.l10n.t('No server can be changed now.'),
    accepts: (server) => isAllowed('setBackups', server),
  });
  const split = splitTargets(context.actions, targets, 'setBackups');
  const { able } = split;
  const [first] = targets;
  if (!first || (targets.length === 1 && reportProtected(context, first))) {
    return;
  }
  if (able.length === 0) {
    if (targets.length > 1 || !reportNotAllowed(context, 'setBackups', first.server)) {
      context.messages.info(
        [vscode.l10n.t('No server can be changed now.'), skippedText(split.skipped)].join(' '),
      );
    }
    return;
  }
  const [only] = able;
  const current = able.length === 1 && only ? await loadBackupsEnabled(only) : undefined;
  const enabled = await pickEnabled(context, able, current);
  if (
    enabled !== undefined &&
    enabled !== current &&
    (targets.length === 1 || (await isConfirmed(context, split, enabled, args)))
  ) {
    await runActions(context, able, {
      action: 'setBackups',
      progressTitle: vscode.l10n.t('Changing automatic backups'),
      skipped: split.skipped,
      summary: (done, total) => summaryText(enabled, done, total),
      run: ({ ref }) => context.actions.update(ref, 'setBackups', { backupsEnabled: enabled }),
    });
  }
}

/** Whether backups are on, which only the detail reply contains. Undefined where the reply does not say so. */
async function loadBackupsEnabled({ session, ref }: Target): Promise<boolean | undefined> {
  const server = await withStatusBarProgress(vscode.l10n.t('Contacting VPS.org'), () =>
    session.loadServer(ref.serverId),
  );
  return server?.backupsEnabled;
}

/** Asks for on or off, with the other value than the current one first. */
async function pickEnabled(
  { sessions }: CommandContext,
  targets: readonly Target[],
  current: boolean | undefined,
): Promise<boolean | undefined> {
  const item = (enabled: boolean, label: string) => ({
    label,
    enabled,
    description: current === enabled ? vscode.l10n.t('current') : '',
    detail: enabled && current !== true ? costNote(targets) : '',
  });
  const items = [item(true, vscode.l10n.t('On')), item(false, vscode.l10n.t('Off'))];
  const [first] = targets;
  const picked = await vscode.window.showQuickPick(current === true ? items.reverse() : items, {
    placeHolder:
      targets.length === 1 && first
        ? vscode.l10n.t('Automatic backups for {0}', quotedServer(sessions, first))
        : plural(
            vscode.l10n.t('Automatic backups for {0, plural, one {# server} other {# servers}}'),
            targets.length,
          ),
  });
  return picked?.enabled;
}

function isConfirmed(
  context: CommandContext,
  split: TargetSplit,
  enabled: boolean,
  args: readonly unknown[],
): Promise<boolean> {
  const { messages, sessions } = context;
  const message = enabled
    ? vscode.l10n.t('Turn automatic backups on for {0, plural, one {# server} other {# servers}}?')
    : vscode.l10n.t(
        'Turn automatic backups off for {0, plural, one {# server} other {# servers}}?',
      );
  return messages.confirm({
    message: plural(message, split.able.length),
    detail: [
      listTargets(split.able),
      alreadyNote(split.able, enabled),
      enabled ? costNote(split.able) : undefined,
      filterNote(context, args),
      sessions.all.length > 1 ? accountLine(split.able) : undefined,
      skippedText(split.skipped),
    ]
      .filter(Boolean)
      .join('\n\n'),
    confirm: enabled ? vscode.l10n.t('Turn On') : vscode.l10n.t('Turn Off'),
  });
}

/** Names the servers that have the setting already. Lists omit it, so that may have changed since; the request is sent anyway. */
function alreadyNote(targets: readonly Target[], enabled: boolean): string | undefined {
  const names = targets
    .filter(({ server }) => server.backupsEnabled === enabled)
    .map(({ server }) => server.name);
  if (names.length === 0) {
    return undefined;
  }
  return enabled
    ? vscode.l10n.t('Already on, as last seen: {0}.', joinNames(names))
    : vscode.l10n.t('Already off, as last seen: {0}.', joinNames(names));
}

/** Empty for sample servers, which cost nothing. */
function costNote(targets: readonly Target[]): string {
  return targets.every(({ session }) => session.account.kind === 'sample')
    ? ''
    : backupsPriceText();
}

/** The state afterwards and no change: some servers may have had it before. */
function summaryText(enabled: boolean, done: number, total: number): string {
  return plural(
    enabled
      ? vscode.l10n.t(
          'Automatic backups are on for {0} of {1, plural, one {# server} other {# servers}}.',
        )
      : vscode.l10n.t(
          'Automatic backups are off for {0} of {1, plural, one {# server} other {# servers}}.',
        ),
    done,
    total,
  );
}
