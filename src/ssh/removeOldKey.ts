import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import type { MessageButton } from '../host/messages.ts';
import type { Target } from '../state/targets.ts';
import { keyText } from './findingText.ts';
import { removeHostKeys } from './hostKeys.ts';
import type { HostKeyParts } from './hostKeys.ts';
import { knownHostsName } from './knownHosts.ts';
import type { HostKeyVerdict } from './knownHosts.ts';
import { openTerminalButton } from './openTerminalButton.ts';
import type { SshTarget } from './profile.ts';

/** Asks, showing both fingerprints, and removes the old host key with `ssh-keygen -R`. */
export async function removeOldKey(
  { messages, log }: CommandContext,
  { ref, server }: Target,
  target: SshTarget,
  { key, oldKey }: Extract<HostKeyVerdict, { readonly kind: 'changed' }>,
  keys: HostKeyParts,
  checkAgain: MessageButton,
): Promise<void> {
  const name = knownHostsName(target.host, target.port);
  const isConfirmed = await messages.confirm({
    message: vscode.l10n.t('Remove the old host key of "{0}"?', server.name),
    detail: [
      vscode.l10n.t('Old key: {0}', keyText(oldKey)),
      vscode.l10n.t('New key: {0}', keyText(key)),
      '',
      vscode.l10n.t(
        'Continue only if the server was created again or reinstalled. If not, someone may be intercepting the connection.',
      ),
      vscode.l10n.t(
        'Removes {0} from your known_hosts file. SSH will show the new key and ask you to confirm it when you connect.',
        name,
      ),
    ].join('\n'),
    confirm: vscode.l10n.t('Remove Old Key'),
  });
  if (!isConfirmed) {
    return;
  }
  const failure = await removeHostKeys(target, keys, new AbortController().signal);
  if (!failure) {
    messages.info(
      vscode.l10n.t(
        'Removed the old host key of "{0}". SSH will ask you to confirm the new one.',
        server.name,
      ),
      ...(await openTerminalButton(ref)),
      checkAgain,
    );
    return;
  }
  const reason = failure.kind === 'toolFailed' ? failure.text : '';
  log.warn(`ssh-keygen -R failed: ${failure.kind} ${reason}`);
  messages.error(
    [
      vscode.l10n.t(
        'Could not remove the old host key of "{0}". Remove the lines of {1} from your known_hosts file yourself.',
        server.name,
        name,
      ),
      reason,
    ]
      .filter(Boolean)
      .join(' '),
    checkAgain,
  );
}
