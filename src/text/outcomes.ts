import * as l10n from '@vscode/l10n';
import type { AppError } from '../core/errors.ts';
import { isPowerAction } from '../core/server.ts';
import type { PowerAction, Server, ServerAction } from '../core/server.ts';
import type { ActionOutcome } from '../state/serverActions.ts';
import { errorText } from './errors.ts';
import { plural } from './l10n.ts';
import { protectionText } from './protection.ts';
import { withReply } from './sentences.ts';

export interface OutcomeText {
  readonly text: string;
  /** `done`: it worked. `info`: nothing was changed, for a good reason. `warning`: the result is unclear. `error`: it failed. */
  readonly severity: 'done' | 'info' | 'warning' | 'error';
  readonly canRetry: boolean;
  /** A message about the account already covers this, so it must not be repeated. */
  readonly isReported?: boolean;
}

function doneText(action: ServerAction, name: string): string {
  switch (action) {
    case 'start':
      return l10n.t('"{0}" is starting.', name);
    case 'stop':
      return l10n.t('"{0}" is stopping.', name);
    case 'reboot':
      return l10n.t('"{0}" is rebooting.', name);
    case 'delete':
      return l10n.t('"{0}" was deleted.', name);
    case 'rename':
    case 'setBackups':
      return l10n.t('"{0}" was changed.', name);
  }
}

function failedText(action: ServerAction, name: string, reason: string): string {
  switch (action) {
    case 'start':
      return l10n.t('Starting "{0}" failed: {1}', name, reason);
    case 'stop':
      return l10n.t('Stopping "{0}" failed: {1}', name, reason);
    case 'reboot':
      return l10n.t('Rebooting "{0}" failed: {1}', name, reason);
    case 'delete':
      return l10n.t('Deleting "{0}" failed: {1}', name, reason);
    case 'rename':
    case 'setBackups':
      return l10n.t('Changing "{0}" failed: {1}', name, reason);
  }
}

/** Sums up a bulk action: "Deleted 1 of 2 servers." */
export function bulkOutcomeText(
  action: PowerAction | 'delete',
  done: number,
  total: number,
): string {
  switch (action) {
    case 'start':
      return plural(
        l10n.t('Starting {0} of {1, plural, one {# server} other {# servers}}.'),
        done,
        total,
      );
    case 'stop':
      return plural(
        l10n.t('Stopping {0} of {1, plural, one {# server} other {# servers}}.'),
        done,
        total,
      );
    case 'reboot':
      return plural(
        l10n.t('Rebooting {0} of {1, plural, one {# server} other {# servers}}.'),
        done,
        total,
      );
    case 'delete':
      return plural(
        l10n.t('Deleted {0} of {1, plural, one {# server} other {# servers}}.'),
        done,
        total,
      );
  }
}

function unclearReason(error: AppError): string {
  switch (error.kind) {
    case 'cancelled':
      return l10n.t('The request was cancelled because the account changed.');
    case 'notFound':
      return l10n.t('VPS.org did not find the server (HTTP 404).');
    default:
      return errorText(error);
  }
}

function unclearText(
  outcome: Extract<ActionOutcome, { kind: 'unclear' }>,
  action: ServerAction,
  name: string,
): string {
  const reason = unclearReason(outcome.error);
  if (outcome.seen === 'gone') {
    return l10n.t('{0} "{1}" no longer exists.', reason, name);
  }
  if (outcome.seen === 'unknown') {
    return unknownText(action, name, reason);
  }
  return seenText(outcome.seen, action, name, reason);
}

/** Neither the reply nor a look at the server says what became of the request. */
function unknownText(action: ServerAction, name: string, reason: string): string {
  switch (action) {
    case 'start':
      return l10n.t(
        '{0} Couldn\'t confirm that "{1}" was started. The request was not retried. Refresh to check.',
        reason,
        name,
      );
    case 'stop':
      return l10n.t(
        '{0} Couldn\'t confirm that "{1}" was stopped. The request was not retried. Refresh to check.',
        reason,
        name,
      );
    case 'reboot':
      return l10n.t(
        '{0} Couldn\'t confirm that "{1}" was rebooted. The request was not retried. Refresh to check.',
        reason,
        name,
      );
    case 'delete':
      return l10n.t(
        '{0} Couldn\'t confirm the deletion of "{1}"; it was not retried. The server may still exist. Refresh to check.',
        reason,
        name,
      );
    case 'rename':
    case 'setBackups':
      return l10n.t(
        '{0} Couldn\'t confirm the change to "{1}"; it was not retried. Refresh to check.',
        reason,
        name,
      );
  }
}

/** Statuses that show that the request arrived. A server that is rebooted was active before, too. */
const expectedStatuses: Readonly<Record<PowerAction, readonly string[]>> = {
  start: ['starting', 'active'],
  stop: ['stopping', 'stopped'],
  reboot: ['rebooting'],
};

/** Whether a server that was called `name` looks as if the request had arrived. */
function hasArrived(seen: Server, action: ServerAction, name: string): boolean {
  return isPowerAction(action)
    ? expectedStatuses[action].includes(seen.status)
    : action === 'rename' && seen.name !== name;
}

/** What the server looked like afterwards, and what that says about the request. */
function seenText(seen: Server, action: ServerAction, name: string, reason: string): string {
  const { status } = seen;
  if (hasArrived(seen, action, name)) {
    return action === 'rename'
      ? l10n.t(
          '{0} However, "{1}" is now called "{2}", so the request probably arrived.',
          reason,
          name,
          seen.name,
        )
      : l10n.t(
          '{0} However, "{1}" is now "{2}", so the request probably arrived.',
          reason,
          name,
          status,
        );
  }
  switch (action) {
    case 'start':
      return l10n.t(
        '{0} "{1}" was probably not started: it is now "{2}". The request was not retried.',
        reason,
        name,
        status,
      );
    case 'stop':
      return l10n.t(
        '{0} "{1}" was probably not stopped: it is now "{2}". The request was not retried.',
        reason,
        name,
        status,
      );
    case 'reboot':
      return l10n.t(
        '{0} Couldn\'t confirm the reboot of "{1}", which is now "{2}". It was not retried.',
        reason,
        name,
        status,
      );
    case 'delete':
      return l10n.t(
        '{0} "{1}" still exists ({2}). The deletion was not retried.',
        reason,
        name,
        status,
      );
    case 'rename':
    case 'setBackups':
      return l10n.t('{0} Couldn\'t confirm the change to "{1}"; it was not retried.', reason, name);
  }
}

/** Describes the outcome for the server that is called `name`. */
export function describeOutcome(
  outcome: ActionOutcome,
  action: ServerAction,
  name: string,
): OutcomeText {
  switch (outcome.kind) {
    case 'done':
      return {
        text: withReply(doneText(action, name), outcome.message),
        severity: 'done',
        canRetry: false,
      };
    case 'gone':
      return action === 'delete'
        ? { text: l10n.t('"{0}" was already deleted.', name), severity: 'done', canRetry: false }
        : { text: l10n.t('"{0}" no longer exists.', name), severity: 'info', canRetry: false };
    case 'refused':
      return {
        text: failedText(action, name, errorText(outcome.error)),
        severity: 'info',
        canRetry: false,
      };
    case 'unclear':
      return {
        text: unclearText(outcome, action, name),
        severity: 'warning',
        canRetry: typeof outcome.seen === 'string' || !hasArrived(outcome.seen, action, name),
      };
    case 'notAllowed':
      return {
        text: l10n.t(
          '"{0}" is now "{1}", which does not allow this. Nothing was sent.',
          name,
          outcome.server.status,
        ),
        severity: 'info',
        canRetry: false,
      };
    case 'protected':
      return {
        text: l10n.t('{0} Nothing was sent.', protectionText(outcome.reason, name)),
        severity: 'info',
        canRetry: false,
      };
    case 'busy':
      return {
        text: l10n.t('Another request for "{0}" is in progress. Try again when it is done.', name),
        severity: 'info',
        canRetry: true,
      };
    case 'changed':
      return {
        text: l10n.t('"{0}" or its account changed after you confirmed. Nothing was sent.', name),
        severity: 'warning',
        canRetry: true,
      };
    case 'notKnown':
      return {
        text: l10n.t('"{0}" is no longer in the list. Nothing was sent.', name),
        severity: 'info',
        canRetry: false,
      };
    case 'failed': {
      const isRejected = outcome.error.kind === 'unauthorized';
      return {
        text: failedText(action, name, errorText(outcome.error)),
        severity: 'error',
        canRetry: !isRejected,
        isReported: isRejected,
      };
    }
  }
}
