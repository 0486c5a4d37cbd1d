import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { resolveTarget, resolveTargets } from '../host/serverPicker.ts';
import { terminalProfileId } from '../ids.ts';
import { plural } from '../text/l10n.ts';
import { reportRefused, splitByConnection } from './connectable.ts';
import { hasAddress, mayOpenTerminals, prepareTerminal, showWhenOpened } from './terminal.ts';

/** More terminals at once are probably a mistake. */
const maxWithoutQuestion = 5;

function pickOptions() {
  return {
    placeholder: vscode.l10n.t('Open an SSH terminal on which server?'),
    none: vscode.l10n.t('There is no server with an IP address.'),
    accepts: (server: Parameters<typeof hasAddress>[0]['server']) => hasAddress({ server }),
  };
}

/** Open SSH Terminal: one terminal for each server. With the id of the terminal profile, returns its profile instead. */
export async function openTerminals(
  context: CommandContext,
  args: readonly unknown[],
): Promise<vscode.TerminalProfile | undefined> {
  if (!mayOpenTerminals(context)) {
    return undefined;
  }
  if (args[0] === terminalProfileId) {
    return pickTerminalProfile(context);
  }
  const targets = await resolveTargets(context, args, pickOptions());
  const { able, refused } = splitByConnection(await context.ssh(), targets);
  reportRefused(context, refused);
  if (able.length > maxWithoutQuestion && !(await confirmMany(context, able.length))) {
    return undefined;
  }
  for (const each of able) {
    vscode.window.createTerminal(await prepareTerminal(context, each)).show();
  }
  return undefined;
}

function confirmMany({ messages }: CommandContext, count: number): Promise<boolean> {
  return messages.confirm({
    message: plural(
      vscode.l10n.t('Open {0, plural, one {# SSH terminal} other {# SSH terminals}}?'),
      count,
    ),
    detail: '',
    confirm: vscode.l10n.t('Open Terminals'),
  });
}

/** The terminal profile "VPS.org Server...". Undefined where no server was picked or it cannot be connected to. */
async function pickTerminalProfile(
  context: CommandContext,
): Promise<vscode.TerminalProfile | undefined> {
  const target = await resolveTarget(context, [], pickOptions());
  const { able, refused } = splitByConnection(await context.ssh(), target ? [target] : []);
  reportRefused(context, refused);
  if (!able[0]) {
    return undefined;
  }
  const options = await prepareTerminal(context, able[0]);
  showWhenOpened(options);
  return new vscode.TerminalProfile(options);
}
