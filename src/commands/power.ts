import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { PowerAction } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { loadTargetPrices } from '../state/targetPrices.ts';
import { isForMany, splitTargets } from '../state/targets.ts';
import type { TargetSplit } from '../state/targets.ts';
import { plural } from '../text/l10n.ts';
import { bulkOutcomeText } from '../text/outcomes.ts';
import { stoppedCostText } from '../text/prices.ts';
import { accountLine, joinSkipped, listTargets, notesText, skippedText } from '../text/targets.ts';
import { filterNote } from './filterNote.ts';
import { reportProtected } from './reportProtected.ts';
import { runActions } from './runActions.ts';
import { resolveTargets } from '../host/serverPicker.ts';

interface PowerTexts {
  readonly placeholder: string;
  readonly none: string;
  readonly progress: string;
  readonly confirm: string;
  readonly question: (name: string) => string;
  /** Plural form by the number of servers. */
  readonly questionMany: string;
  readonly note: string | undefined;
}

function textsFor(action: PowerAction): PowerTexts {
  switch (action) {
    case 'start':
      return {
        placeholder: vscode.l10n.t('Start which server?'),
        none: vscode.l10n.t('No server can be started now.'),
        progress: vscode.l10n.t('Starting'),
        confirm: vscode.l10n.t('Start'),
        question: (name) => vscode.l10n.t('Start "{0}"?', name),
        questionMany: vscode.l10n.t('{0, plural, one {Start # server?} other {Start # servers?}}'),
        note: undefined,
      };
    case 'stop':
      return {
        placeholder: vscode.l10n.t('Stop which server?'),
        none: vscode.l10n.t('No server can be stopped now.'),
        progress: vscode.l10n.t('Stopping'),
        confirm: vscode.l10n.t('Stop'),
        question: (name) => vscode.l10n.t('Stop "{0}"?', name),
        questionMany: vscode.l10n.t('{0, plural, one {Stop # server?} other {Stop # servers?}}'),
        note: vscode.l10n.t("You're still charged for a stopped server until you delete it."),
      };
    case 'reboot':
      return {
        placeholder: vscode.l10n.t('Reboot which server?'),
        none: vscode.l10n.t('No server can be rebooted now.'),
        progress: vscode.l10n.t('Rebooting'),
        confirm: vscode.l10n.t('Reboot'),
        question: (name) => vscode.l10n.t('Reboot "{0}"?', name),
        questionMany: vscode.l10n.t(
          '{0, plural, one {Reboot # server?} other {Reboot # servers?}}',
        ),
        note: undefined,
      };
  }
}

async function isConfirmed(
  context: CommandContext,
  action: PowerAction,
  { able, skipped }: TargetSplit,
  args: readonly unknown[],
): Promise<boolean> {
  const { settings, messages, sessions, plans, marks } = context;
  const isMany = able.length + skipped.length > 1 || isForMany(args);
  const [first] = able;
  // The settings apply to a single server; groups and selections are always confirmed.
  const mustAsk =
    isMany || { start: false, stop: settings.confirmStop, reboot: settings.confirmReboot }[action];
  if (!mustAsk || !first) {
    return true;
  }
  const texts = textsFor(action);
  const prices = action === 'stop' ? await loadTargetPrices(await plans(), able) : undefined;
  const cost = prices && stoppedCostText(prices.total, prices.isSample);
  return messages.confirm({
    message:
      able.length === 1
        ? texts.question(first.server.name)
        : plural(texts.questionMany, able.length),
    detail: [
      listTargets(able),
      filterNote(context, args),
      sessions.all.length > 1 ? accountLine(able) : undefined,
      notesText(marks, able),
      skippedText(skipped),
      [texts.note, cost].filter(Boolean).join(' '),
    ]
      .filter(Boolean)
      .join('\n\n'),
    confirm: texts.confirm,
  });
}

async function runPowerAction(
  context: CommandContext,
  action: PowerAction,
  args: readonly unknown[],
): Promise<void> {
  const { actions, messages } = context;
  const texts = textsFor(action);
  const targets = await resolveTargets(context, args, {
    placeholder: texts.placeholder,
    none: texts.none,
    accepts: (server) => isAllowed(action, server),
  });
  if (targets.length === 0) {
    return;
  }
  const split = splitTargets(actions, targets, action);
  const { able, skipped } = split;
  const [only] = targets;
  if (targets.length === 1 && only && reportProtected(context, only)) {
    return;
  }
  if (able.length === 0) {
    messages.info(
      targets.length === 1
        ? vscode.l10n.t('This is not possible now: {0}.', joinSkipped(skipped))
        : [texts.none, skippedText(skipped)].join(' '),
    );
    return;
  }
  if (await isConfirmed(context, action, split, args)) {
    await runActions(context, able, {
      action,
      progressTitle: texts.progress,
      skipped,
      summary: (done, total) => bulkOutcomeText(action, done, total),
      run: ({ ref }) => actions.power(ref, action),
    });
  }
}

/** Start Server. */
export function startServers(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return runPowerAction(context, 'start', args);
}

/** Stop Server... */
export function stopServers(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return runPowerAction(context, 'stop', args);
}

/** Reboot Server... */
export function rebootServers(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return runPowerAction(context, 'reboot', args);
}

/** Stop Waiting for Server: the action at VPS.org continues. */
export async function stopWaiting(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  const { statusWaiter } = context;
  const targets = await resolveTargets(context, args, {
    placeholder: vscode.l10n.t('Stop waiting for which server?'),
    none: vscode.l10n.t('No server is being waited for.'),
    accepts: (_server, ref) => statusWaiter.isWaiting(ref),
  });
  for (const { ref } of targets) {
    statusWaiter.stop(ref);
  }
}
