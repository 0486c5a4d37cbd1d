import * as l10n from '@vscode/l10n';
import type { ProtectionReason } from '../state/protection.ts';

/** Why a server can not be changed, as a sentence. */
export function protectionText({ pattern }: ProtectionReason, name: string): string {
  return pattern === undefined
    ? l10n.t('"{0}" is protected.', name)
    : l10n.t(
        '"{0}" is protected by the pattern "{1}" in the setting vpsOrg.protect.',
        name,
        pattern,
      );
}

/** As `protectionText`, with what that means. */
export function notChangeableText(reason: ProtectionReason, name: string): string {
  return l10n.t(
    "{0} It can't be started, stopped, rebooted, changed or deleted from this editor.",
    protectionText(reason, name),
  );
}

/** What the protection is good for. Shown wherever a person may rely on it. */
export function protectionScopeText(): string {
  return l10n.t('Protects against mistakes in this editor only, not in the control panel.');
}

/** The value of the row "Protected" in a tooltip. */
export function protectionLine({ pattern }: ProtectionReason): string {
  return pattern === undefined
    ? l10n.t('in this editor only')
    : l10n.t('in this editor only, by "{0}"', pattern);
}
