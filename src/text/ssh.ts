import * as l10n from '@vscode/l10n';
import type { NoTargetReason, SshTarget } from '../ssh/profile.ts';
import { plural } from './l10n.ts';

/** Why SSH cannot connect to a server, and what to do. */
export function noTargetText(reason: NoTargetReason, name: string): string {
  switch (reason) {
    case 'noAddress':
      return l10n.t('"{0}" has no IP address yet. Refresh the server and try again.', name);
    case 'unusableAddress':
      return l10n.t('The IP address of "{0}" cannot be connected to.', name);
    case 'sample':
      return l10n.t(
        '"{0}" is simulated: SSH cannot reach it. Its address is reserved for examples.',
        name,
      );
    case 'invalidUser':
      return l10n.t(
        'The SSH user for "{0}" is not valid. Use letters, digits, dots, hyphens and underscores.',
        name,
      );
    case 'invalidPort':
      return l10n.t('The SSH port for "{0}" must be a whole number from 1 to 65535.', name);
    case 'invalidIdentityFile':
      return l10n.t(
        'The SSH identity file for "{0}" must be an absolute path, or one that starts with "~/", without special characters.',
        name,
      );
    case 'invalidJumpHost':
      return l10n.t(
        'The SSH jump host for "{0}" is not valid. Use "host", "user@host" or "user@host:port".',
        name,
      );
  }
}

/**
 * Why servers are left out where only servers that SSH can connect to appear, from the reason of each:
 * "Skipped: 38 with addresses reserved for examples, 2 without an IP address yet." Undefined if none is.
 */
export function skippedReasonsText(reasons: readonly NoTargetReason[]): string | undefined {
  const count = (...wanted: readonly NoTargetReason[]): number =>
    reasons.filter((reason) => wanted.includes(reason)).length;
  const [sample, noAddress, unusable] = [
    count('sample'),
    count('noAddress'),
    count('unusableAddress'),
  ];
  const invalid = count('invalidUser', 'invalidPort', 'invalidIdentityFile', 'invalidJumpHost');
  const parts = [
    sample > 0
      ? plural(
          l10n.t(
            '{0, plural, one {# simulated (address reserved for examples)} other {# simulated (addresses reserved for examples)}}',
          ),
          sample,
        )
      : '',
    noAddress > 0 ? l10n.t('{0} without an IP address yet', noAddress) : '',
    unusable > 0 ? l10n.t('{0} without a usable address', unusable) : '',
    invalid > 0 ? l10n.t('{0} with SSH settings that cannot be used', invalid) : '',
  ].filter(Boolean);
  return parts.length > 0 ? l10n.t('Skipped: {0}.', parts.join(', ')) : undefined;
}

/** Whether a person can correct it in the SSH settings. */
export function isSettingReason(reason: NoTargetReason): boolean {
  return reason.startsWith('invalid');
}

/** "root@203.0.113.10, port 2222, key ~/.ssh/id_vps, via bastion.example.com" */
function targetText({ user, host, port, identityFile, jumpHost }: SshTarget): string {
  return [
    `${user}@${host}`,
    port === 22 ? '' : l10n.t('port {0}', String(port)),
    identityFile === undefined ? '' : l10n.t('key {0}', identityFile),
    jumpHost === undefined ? '' : l10n.t('via {0}', jumpHost),
  ]
    .filter(Boolean)
    .join(', ');
}

/** How SSH connects to a server, or in short why it cannot; undefined if its address is unknown. */
export function sshText(ssh: SshTarget | NoTargetReason, name: string): string | undefined {
  if (typeof ssh !== 'string') {
    return targetText(ssh);
  }
  if (ssh === 'sample') {
    return l10n.t('not available for simulated servers');
  }
  return isSettingReason(ssh) ? noTargetText(ssh, name) : undefined;
}
