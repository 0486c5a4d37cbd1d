import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { PowerAction } from '../core/server.ts';
import type { CommandContext } from './context.ts';
import { runActions } from './runActions.ts';
import { listTargets, skippedText, splitTargets } from './split.ts';
import type { Split } from './split.ts';
import { isForMany, resolveTargets } from './targets.ts';
import type { PickOptions } from './targets.ts';

interface PowerTexts {
  readonly placeholder: string;
  readonly none: string;
  readonly progress: string;
  readonly confirm: string;
  readonly question: (name: string) => string;
  readonly questionMany: (count: number) => string;
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
        questionMany: (count) => vscode.l10n.t('Start {0} servers?', count),
        note: undefined,
      };
    case 'stop':
      return {
        placeholder: vscode.l10n.t('Stop which server?'),
        none: vscode.l10n.t('No server can be stopped now.'),
        progress: vscode.l10n.t('Stopping'),
        confirm: vscode.l10n.t('Stop'),
        question: (name) => vscode.l10n.t('Stop "{0}"?', name),
        questionMany: (count) => vscode.l10n.t('Stop {0} servers?', count),
        note: vscode.l10n.t("VPS.org's FAQ says that a stopped server is still charged until it is deleted."),
      };
    case 'reboot':
      return {
        placeholder: vscode.l10n.t('Reboot which server?'),
        none: vscode.l10n.t('No server can be rebooted now.'),
        progress: vscode.l10n.t('Rebooting'),
        confirm: vscode.l10n.t('Reboot'),
        question: (name) => vscode.l10n.t('Reboot "{0}"?', name),
        questionMany: (count) => vscode.l10n.t('Reboot {0} servers?', count),
        note: undefined,
      };
  }
}

async function isConfirmed(
  context: CommandContext,
  action: PowerAction,
  split: Split,
  isMany: boolean,
): Promise<boolean> {
  const { settings, messages } = context;
  const { able } = split;
  const [first] = able;
  // The settings speak of one server; several, and groups of them, are always asked about.
  const asks = isMany || { start: false, stop: settings.confirmStop, reboot: settings.confirmReboot }[action];
  if (!asks || !first) {
    return true;
  }
  const texts = textsFor(action);
  const detail = [
    listTargets(able),
    skippedText(split),
    texts.note,
  ];
  return messages.confirm({
    message: able.length === 1 ? texts.question(first.server.name) : texts.questionMany(able.length),
    detail: detail.filter(Boolean).join('\n\n'),
    confirm: texts.confirm,
  });
}

async function power(context: CommandContext, action: PowerAction, args: readonly unknown[]): Promise<void> {
  const texts = textsFor(action);
  const options: PickOptions = {
    placeholder: texts.placeholder,
    none: texts.none,
    accepts: (server) => isAllowed(action, server.status),
  };
  const targets = await resolveTargets(context, args, options);
  const split = splitTargets(context, targets, action);
  const { able, skipped } = split;
  if (targets.length > 0 && able.length === 0) {
    context.messages.info(
      targets.length === 1
        ? vscode.l10n.t('This is not possible now: {0}.', skipped.join(', '))
        : [texts.none, skippedText(split)].join(' '),
    );
    return;
  }
  if (able.length > 0 && (await isConfirmed(context, action, split, targets.length > 1 || isForMany(args)))) {
    await runActions(context, able, {
      action,
      progressTitle: texts.progress,
      run: ({ ref }) => context.actions.power(ref, action),
    });
  }
}

/** Start, Stop... and Reboot... (endpoints 7 to 9), and Stop Waiting. */
export function registerPower(context: CommandContext): void {
  const { registry, follower } = context;
  registry.register('vpsOrg.server.start', (...args) => power(context, 'start', args));
  registry.register('vpsOrg.server.stop', (...args) => power(context, 'stop', args));
  registry.register('vpsOrg.server.reboot', (...args) => power(context, 'reboot', args));
  registry.register('vpsOrg.server.stopWaiting', async (...args) => {
    const targets = await resolveTargets(context, args, {
      placeholder: vscode.l10n.t('Stop waiting for which server?'),
      none: vscode.l10n.t('No server is being waited for.'),
      accepts: (_server, ref) => follower.isFollowing(ref),
    });
    for (const { ref } of targets) {
      follower.stop(ref);
    }
  });
}
