import * as l10n from '@vscode/l10n';
import type { CheckStep } from './connectionCheck.ts';
import type { HostKeyResult } from './hostKeys.ts';
import type { NameResult } from './hostnameLookup.ts';
import { fingerprint, keyTypeName } from './knownHosts.ts';
import type { HostKey } from './knownHosts.ts';
import type { ProbeResult } from './portProbe.ts';
import type { NoTargetReason, SshTarget } from './profile.ts';

/** What a step found, in a few words. */
export function findingText(step: CheckStep): string {
  switch (step.step) {
    case 'address':
      return addressText(step.found);
    case 'hostname':
      return nameText(step.found);
    case 'port':
      return portText(step.found);
    case 'banner':
      return bannerText(step.found);
    case 'hostKey':
      return hostKeyText(step.found);
  }
}

/** `ED25519 SHA256:...` */
export function keyText(key: HostKey): string {
  return `${keyTypeName(key)} ${fingerprint(key)}`;
}

function addressText(found: SshTarget | NoTargetReason): string {
  if (typeof found !== 'string') {
    return l10n.t('{0}, port {1}', found.host, found.port);
  }
  switch (found) {
    case 'noAddress':
      return l10n.t('the server has no address yet');
    case 'unusableAddress':
      return l10n.t('the reported address cannot be used');
    case 'sample':
      return l10n.t('reserved for examples, nothing answers there');
    default:
      return l10n.t('not used, because the SSH settings are not valid');
  }
}

function nameText(found: NameResult): string {
  switch (found.kind) {
    case 'none':
      return l10n.t('the server has no hostname in DNS');
    case 'matches':
      return l10n.t('{0} resolves to {1}', found.hostname, found.answers.join(', '));
    case 'mismatch':
      return l10n.t(
        '{0} resolves to {1}, not to {2}',
        found.hostname,
        found.answers.join(', '),
        found.addresses.join(', '),
      );
    case 'notFound':
      return l10n.t('{0} has no DNS entry', found.hostname);
    case 'failed':
      return l10n.t('{0} could not be looked up', found.hostname);
  }
}

function viaJumpHost(): string {
  return l10n.t('only the jump host can reach it');
}

function notReached(): string {
  return l10n.t('an earlier step failed');
}

function portText(found: ProbeResult | 'jumpHost' | 'notReached'): string {
  if (typeof found === 'string') {
    return found === 'jumpHost' ? viaJumpHost() : notReached();
  }
  if (found.kind !== 'notOpen') {
    return l10n.t('open');
  }
  switch (found.reason) {
    case 'refused':
      return l10n.t('connection refused');
    case 'timedOut':
      return l10n.t('no answer');
    case 'noRoute':
      return l10n.t('no route to the address');
    case 'failed':
      return l10n.t('could not connect ({0})', found.code ?? l10n.t('connection closed'));
  }
}

function bannerText(found: ProbeResult | 'jumpHost' | 'notReached'): string {
  if (typeof found === 'string') {
    return found === 'jumpHost' ? viaJumpHost() : notReached();
  }
  switch (found.kind) {
    case 'ssh':
      return found.text;
    case 'silent':
      return l10n.t('none');
    case 'notSsh':
      return found.text ? l10n.t('not SSH: "{0}"', found.text) : l10n.t('not SSH');
    case 'closed':
      return found.text
        ? l10n.t('connection closed: "{0}"', found.text)
        : l10n.t('connection closed');
    case 'notOpen':
      return notReached();
  }
}

function hostKeyText(found: HostKeyResult | 'jumpHost' | 'notReached'): string {
  if (typeof found === 'string') {
    return found === 'jumpHost' ? viaJumpHost() : notReached();
  }
  switch (found.kind) {
    case 'known':
      return l10n.t('known, {0}', keyText(found.key));
    case 'new':
      return l10n.t('new, {0}', keyText(found.key));
    case 'changed':
      return l10n.t('changed from {0} to {1}', keyText(found.oldKey), keyText(found.key));
    case 'revoked':
      return l10n.t('revoked, {0}', keyText(found.key));
    case 'noKey':
      return l10n.t('the server showed no key');
    case 'toolMissing':
      return l10n.t('"{0}" is not installed', found.tool);
    case 'toolFailed':
      return found.text
        ? l10n.t('"{0}" failed: {1}', found.tool, found.text)
        : l10n.t('"{0}" failed', found.tool);
  }
}
