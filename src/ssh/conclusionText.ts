import * as l10n from '@vscode/l10n';
import { noTargetText } from '../text/ssh.ts';
import type { ProbeResult, ClosedReason } from './portProbe.ts';
import { mainProblem } from './connectionCheck.ts';
import type { CheckStep } from './connectionCheck.ts';
import type { HostKeyResult } from './hostKeys.ts';
import { keyText } from './findingText.ts';
import type { NoTargetReason } from './profile.ts';

interface Subject {
  readonly name: string;
  readonly port: number;
  readonly jumpHost: string | undefined;
}

/** The result of a check in one or two sentences: the first problem and the next step. */
export function conclusionText(steps: readonly CheckStep[], subject: Subject): string {
  const problem = mainProblem(steps);
  if (!problem) {
    return subject.jumpHost === undefined
      ? readyText(steps, subject.name)
      : l10n.t(
          '"{0}" is reached through the jump host {1}, so its port and host key were not checked from here.',
          subject.name,
          subject.jumpHost,
        );
  }
  switch (problem.step) {
    case 'address':
      return typeof problem.found === 'string' ? addressProblem(problem.found, subject.name) : '';
    case 'hostname':
      return hostnameProblem(problem, subject.name);
    case 'port':
    case 'banner':
      return typeof problem.found === 'string' ? '' : portProblem(problem.found, subject);
    case 'hostKey':
      return typeof problem.found === 'string' ? '' : hostKeyProblem(problem.found, subject.name);
  }
}

function readyText(steps: readonly CheckStep[], name: string): string {
  const key = steps.find((step) => step.step === 'hostKey')?.found;
  return typeof key === 'object' && key.kind === 'new'
    ? l10n.t(
        '"{0}" accepts SSH connections. Its host key is new here: SSH will ask you to confirm {1}.',
        name,
        keyText(key.key),
      )
    : l10n.t('"{0}" accepts SSH connections.', name);
}

function addressProblem(reason: NoTargetReason, name: string): string {
  switch (reason) {
    case 'noAddress':
      return l10n.t(
        '"{0}" has no address yet. A new server gets one while it is being created: wait until it is active.',
        name,
      );
    case 'unusableAddress':
      return l10n.t(
        'The address that VPS.org reports for "{0}" leads to no other computer, so it was not contacted. Refresh the server, or look at it in the web panel.',
        name,
      );
    default:
      return noTargetText(reason, name);
  }
}

function hostnameProblem(
  { found, outcome }: Extract<CheckStep, { step: 'hostname' }>,
  name: string,
): string {
  switch (found.kind) {
    case 'mismatch':
      return l10n.t(
        'The hostname {0} leads to a different computer than "{1}". Update its DNS entry, or connect with the address.',
        found.hostname,
        name,
      );
    case 'notFound':
    case 'failed':
      return outcome === 'failed'
        ? l10n.t(
            'The hostname {0} could not be found, so SSH cannot connect to it. Create its DNS entry, or connect with the address.',
            found.hostname,
          )
        : l10n.t(
            'The hostname {0} of "{1}" could not be found. Create its DNS entry, or connect with the address.',
            found.hostname,
            name,
          );
    case 'none':
    case 'matches':
      return '';
  }
}

function portProblem(found: ProbeResult, { name, port }: Subject): string {
  switch (found.kind) {
    case 'notOpen':
      return closedText(found.reason, found.code, name, port);
    case 'silent':
      return l10n.t(
        'Port {0} of "{1}" is open, but SSH does not answer. The server may be starting or overloaded: try again in a minute, or reboot it.',
        port,
        name,
      );
    case 'closed':
      return l10n.t(
        'Port {0} of "{1}" closed the connection at once. SSH may be starting, or the server blocks your address after too many attempts: try again in a few minutes.',
        port,
        name,
      );
    case 'notSsh':
      return l10n.t(
        'Something other than SSH answers on port {0} of "{1}". Check which port SSH uses on this server.',
        port,
        name,
      );
    case 'ssh':
      return '';
  }
}

function closedText(
  reason: ClosedReason,
  code: string | undefined,
  name: string,
  port: number,
): string {
  switch (reason) {
    case 'refused':
      return l10n.t(
        'Port {0} of "{1}" refused the connection: SSH is not running yet, or a firewall blocks it. A new server needs a minute after it became active.',
        port,
        name,
      );
    case 'timedOut':
      return l10n.t(
        'Port {0} of "{1}" does not answer: the server is still starting, or a firewall there or in your network drops the connection.',
        port,
        name,
      );
    case 'noRoute':
      return l10n.t(
        'Your network has no route to "{0}". Check your connection or VPN; an IPv6 address needs a network with IPv6.',
        name,
      );
    case 'failed':
      return l10n.t(
        'Could not connect to port {0} of "{1}" ({2}). Check your network and firewall.',
        port,
        name,
        code ?? l10n.t('connection closed'),
      );
  }
}

function hostKeyProblem(found: HostKeyResult, name: string): string {
  switch (found.kind) {
    case 'changed':
      return l10n.t(
        'The host key of "{0}" has changed, so SSH refuses to connect. This is normal after a server was created again at the same address or its system was reinstalled. If neither happened, someone may be intercepting the connection: do not connect.',
        name,
      );
    case 'revoked':
      return l10n.t(
        '"{0}" uses a host key that your known_hosts file marks as revoked. Do not connect until you know why.',
        name,
      );
    case 'noKey':
    case 'toolFailed':
      return l10n.t(
        '"{0}" accepts SSH connections, but its host key could not be checked. SSH checks it when you connect.',
        name,
      );
    case 'known':
    case 'new':
    case 'toolMissing':
      return '';
  }
}
