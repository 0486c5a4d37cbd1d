import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import type { SshProfiles } from '../state/sshProfiles.ts';
import type { Target } from '../state/targets.ts';
import { isSettingReason, noTargetText } from '../text/ssh.ts';
import type { NoTargetReason, SshTarget } from './profile.ts';

/** A server and how to connect to it. */
export interface Connectable {
  readonly target: Target;
  readonly ssh: SshTarget;
}

export interface SplitByConnection {
  readonly able: readonly Connectable[];
  readonly refused: readonly { readonly target: Target; readonly reason: NoTargetReason }[];
}

export function splitByConnection(
  profiles: SshProfiles,
  targets: readonly Target[],
): SplitByConnection {
  const found = targets.map((target) => ({ target, ssh: profiles.targetOf(target) }));
  return {
    able: found.flatMap(({ target, ssh }) => (typeof ssh === 'string' ? [] : [{ target, ssh }])),
    refused: found.flatMap(({ target, ssh }) =>
      typeof ssh === 'string' ? [{ target, reason: ssh }] : [],
    ),
  };
}

/** Says why a server cannot be connected to; of several, why the first one cannot and how many more there are. */
export function reportRefused(
  { messages }: CommandContext,
  refused: SplitByConnection['refused'],
): void {
  const [first] = refused;
  if (!first) {
    return;
  }
  const { target, reason } = first;
  const text = noTargetText(reason, target.server.name);
  const all =
    refused.length > 1
      ? vscode.l10n.t('{0} Skipped servers: {1}.', text, String(refused.length))
      : text;
  if (isSettingReason(reason)) {
    messages.warn(all, editButton(target));
  } else {
    messages.info(all);
  }
}

export function editButton({ ref }: Pick<Target, 'ref'>): {
  readonly title: string;
  readonly run: () => unknown;
} {
  return {
    title: vscode.l10n.t('Edit SSH Settings...'),
    run: () => vscode.commands.executeCommand('vpsOrg.server.editSsh', ref),
  };
}
