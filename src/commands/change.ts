import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { ServerAction } from '../core/server.ts';
import { checkName } from '../core/validation.ts';
import { askText } from '../host/inputBox.ts';
import { nameProblemText } from '../host/problemText.ts';
import type { CommandContext } from './context.ts';
import { describeOutcome } from './outcomes.ts';
import { runActions } from './runActions.ts';
import { listTargets, skippedText, splitTargets } from './split.ts';
import type { Split } from './split.ts';
import { resolveTarget, resolveTargets } from './targets.ts';
import type { Target } from './targets.ts';

/** Tells why an action is impossible now; true when it is. */
function isImpossible(context: CommandContext, action: ServerAction, { server }: Target): boolean {
  if (isAllowed(action, server.status)) {
    return false;
  }
  context.messages.info(
    vscode.l10n.t('"{0}" is "{1}" at the moment. Try again when that is over.', server.name, server.status),
  );
  return true;
}

async function rename(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const target = await resolveTarget(context, args, {
    placeholder: vscode.l10n.t('Rename which server?'),
    none: vscode.l10n.t('No server can be renamed now.'),
    accepts: (server) => isAllowed('rename', server.status),
  });
  if (!target || isImpossible(context, 'rename', target)) {
    return;
  }
  const { name } = target.server;
  await askText({
    title: vscode.l10n.t('Rename "{0}"', name),
    prompt: vscode.l10n.t('The new name: letters, digits and hyphens. The host name stays as it is.'),
    value: name,
    validate: (text) => {
      const checked = checkName(text);
      return checked.ok || text === name ? undefined : nameProblemText(checked.problem);
    },
    submit: async (text, signal) => {
      const checked = checkName(text);
      if (text.trim() === name || !checked.ok) {
        return checked.ok || text === name ? undefined : nameProblemText(checked.problem);
      }
      const outcome = await context.actions.update(target.ref, 'rename', { name: checked.value });
      const described = describeOutcome(outcome, 'rename', name);
      if (outcome.kind === 'done') {
        context.messages.flash(vscode.l10n.t('"{0}" is now called "{1}".', name, checked.value));
        return undefined;
      }
      if (signal.aborted) {
        // The box was closed meanwhile and shows nothing any more.
        context.messages.warn(described.text);
      }
      return described.text;
    },
  });
}

interface SwitchItem extends vscode.QuickPickItem {
  readonly enabled: boolean;
}

/** Only the detail reply tells whether backups are on (api.md, section 3). */
async function knowBackups({ session, ref }: Target): Promise<boolean | undefined> {
  const server = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking VPS.org') },
    () => session.loadServer(ref.serverId),
  );
  return server?.backupsEnabled;
}

async function setBackups(context: CommandContext, args: readonly unknown[]): Promise<void> {
  const targets = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Turn automatic backups on or off for which server?'),
    none: vscode.l10n.t('No server can be changed now.'),
    accepts: (server) => isAllowed('setBackups', server.status),
  });
  const split = splitTargets(context, targets, 'setBackups');
  const { able } = split;
  const [first] = targets;
  if (!first || (able.length === 0 && isImpossible(context, 'setBackups', first))) {
    return;
  }
  const [only] = able;
  const current = able.length === 1 && only ? await knowBackups(only) : undefined;
  const item = (enabled: boolean, label: string): SwitchItem => ({
    label,
    enabled,
    ...(current === enabled ? { description: vscode.l10n.t('as it is now') } : {}),
  });
  const items = [item(true, vscode.l10n.t('On')), item(false, vscode.l10n.t('Off'))];
  const picked = await vscode.window.showQuickPick(current === true ? items.reverse() : items, {
    placeHolder:
      able.length === 1 && only
        ? vscode.l10n.t('Automatic backups for "{0}"', only.server.name)
        : vscode.l10n.t('Automatic backups for {0} servers', able.length),
  });
  if (picked && picked.enabled !== current && (targets.length === 1 || (await isConfirmed(context, split, picked.enabled)))) {
    await runActions(context, able, {
      action: 'setBackups',
      progressTitle: vscode.l10n.t('Changing automatic backups'),
      run: ({ ref }) => context.actions.update(ref, 'setBackups', { backupsEnabled: picked.enabled }),
    });
  }
}

function isConfirmed({ messages }: CommandContext, split: Split, enabled: boolean): Promise<boolean> {
  const count = split.able.length;
  return messages.confirm({
    message: enabled
      ? vscode.l10n.t('Turn automatic backups on for {0} servers?', count)
      : vscode.l10n.t('Turn automatic backups off for {0} servers?', count),
    detail: [listTargets(split.able), skippedText(split)].filter(Boolean).join('\n\n'),
    confirm: enabled ? vscode.l10n.t('Turn On') : vscode.l10n.t('Turn Off'),
  });
}

/** Rename... and Turn Automatic Backups On or Off... (endpoint 5, that field only). */
export function registerChange(context: CommandContext): void {
  context.registry.register('vpsOrg.server.rename', (...args) => rename(context, args));
  context.registry.register('vpsOrg.server.setBackups', (...args) => setBackups(context, args));
}
