import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import type { Target } from '../state/targets.ts';
import { editButton } from './connectable.ts';
import { lastLine, readExitReason } from './exitReason.ts';
import type { ExitReason } from './exitReason.ts';
import type { SshTarget } from './profile.ts';

/** Present only with the part that checks connections. */
const checkCommand = 'vpsOrg.server.checkConnection';

/** One sentence about what happened, one about what to do next. */
function exitText(
  reason: ExitReason,
  name: string,
  { user, host, port, jumpHost }: SshTarget,
): string {
  switch (reason) {
    case 'refused':
      return vscode.l10n.t(
        '"{0}" refused the connection at port {1}. SSH is not running there yet, or a firewall blocks it. Wait a minute after a start, then try again.',
        name,
        String(port),
      );
    case 'timedOut':
      return vscode.l10n.t(
        '"{0}" did not answer in time. Check that the server is active and that no firewall blocks port {1}.',
        name,
        String(port),
      );
    case 'unreachable':
      return vscode.l10n.t(
        'There is no route to "{0}" ({1}). Check your network connection.',
        name,
        host,
      );
    case 'unknownHost':
      return vscode.l10n.t(
        'A host name on the way to "{0}" could not be resolved. Check the hostname and the jump host in the SSH settings.',
        name,
      );
    case 'hostKeyChanged':
      return vscode.l10n.t(
        'The host key of "{0}" has changed. That is normal after a server was created again at the same address; otherwise someone may be intercepting the connection. Remove the old key only if you know why it changed.',
        name,
      );
    case 'hostKeyNotTrusted':
      return vscode.l10n.t(
        'The host key of "{0}" was not accepted. Connect again and confirm the key to continue.',
        name,
      );
    case 'permissionDenied':
      return vscode.l10n.t(
        '"{0}" did not accept the sign-in of "{1}". Check the user and the identity file in the SSH settings.',
        name,
        user,
      );
    case 'tooManyKeys':
      return vscode.l10n.t(
        'SSH offered so many keys that "{0}" ended the connection before the right one. Remove keys from the SSH agent, or choose an identity file and add "IdentitiesOnly yes" to ~/.ssh/config.',
        name,
      );
    case 'jumpHostFailed':
      return jumpHost === undefined
        ? vscode.l10n.t(
            'The jump host or proxy in ~/.ssh/config did not connect to "{0}". Connect with ssh in a terminal to see why.',
            name,
          )
        : vscode.l10n.t(
            'The jump host {0} did not connect to "{1}". Check that you can sign in to the jump host, and that it reaches the server.',
            jumpHost,
            name,
          );
    case 'closed':
      return vscode.l10n.t('The SSH connection to "{0}" was closed. Connect again.', name);
    case 'badSettings':
      return vscode.l10n.t(
        'ssh could not use its configuration for "{0}". Check the file ~/.ssh/config.',
        name,
      );
  }
}

/** Shows why `ssh` ended, with the next step as a button. */
export async function reportExit(
  { messages }: CommandContext,
  target: Target,
  ssh: SshTarget,
  log: string,
): Promise<void> {
  const { name } = target.server;
  const reason = readExitReason(log);
  const last = lastLine(log);
  const retry = {
    title: vscode.l10n.t('Try Again'),
    run: () => vscode.commands.executeCommand('vpsOrg.server.openTerminal', target.ref),
  };
  if (reason === undefined) {
    if (last !== '') {
      messages.warn(vscode.l10n.t('SSH to "{0}" ended with an error: {1}', name, last), retry);
    }
    return;
  }
  const canCheck = (await vscode.commands.getCommands(true)).includes(checkCommand);
  const check = {
    title: vscode.l10n.t('Check Connection...'),
    run: () => vscode.commands.executeCommand(checkCommand, target.ref),
  };
  const isAboutSettings = [
    'permissionDenied',
    'tooManyKeys',
    'unknownHost',
    'jumpHostFailed',
  ].includes(reason);
  messages.warn(
    exitText(reason, name, ssh),
    retry,
    ...(isAboutSettings ? [editButton(target)] : canCheck ? [check] : []),
  );
}
