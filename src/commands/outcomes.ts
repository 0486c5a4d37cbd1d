import * as vscode from 'vscode';
import type { ServerAction } from '../core/server.ts';
import { errorText } from '../host/errorText.ts';
import type { ActionOutcome } from '../state/serverActions.ts';

/** An outcome in words. */
export interface OutcomeText {
  readonly text: string;
  /** Whether the person got what they asked for, or something to know about, or a failure. */
  readonly severity: 'done' | 'info' | 'warning' | 'error';
  /** Whether to try again makes sense. */
  readonly canRetry: boolean;
  /** Somebody else tells it: `accountNotices` does of a token that was rejected. */
  readonly isTold?: boolean;
}

function doneText(action: ServerAction, name: string): string {
  switch (action) {
    case 'start':
      return vscode.l10n.t('"{0}" is starting.', name);
    case 'stop':
      return vscode.l10n.t('"{0}" is stopping.', name);
    case 'reboot':
      return vscode.l10n.t('"{0}" is rebooting.', name);
    case 'delete':
      return vscode.l10n.t('"{0}" was deleted.', name);
    case 'rename':
    case 'setBackups':
      return vscode.l10n.t('"{0}" was changed.', name);
  }
}

/** What was begun or done with how many of those that it was asked for. */
export function doneOfMany(action: ServerAction, count: number, all: number): string {
  switch (action) {
    case 'start':
      return vscode.l10n.t('{0} of {1} servers are starting.', count, all);
    case 'stop':
      return vscode.l10n.t('{0} of {1} servers are stopping.', count, all);
    case 'reboot':
      return vscode.l10n.t('{0} of {1} servers are rebooting.', count, all);
    case 'delete':
      return vscode.l10n.t('{0} of {1} servers were deleted.', count, all);
    case 'rename':
    case 'setBackups':
      return vscode.l10n.t('{0} of {1} servers were changed.', count, all);
  }
}

function unclearText(outcome: Extract<ActionOutcome, { kind: 'unclear' }>, action: ServerAction, name: string): string {
  const why =
    outcome.error.kind === 'cancelled'
      ? vscode.l10n.t('The request was called off when the account changed.')
      : errorText(outcome.error);
  if (outcome.seen === 'gone') {
    return vscode.l10n.t('{0} A look at "{1}" shows that it does not exist any more.', why, name);
  }
  if (outcome.seen === 'unknown') {
    return vscode.l10n.t(
      '{0} It is not known whether this took effect on "{1}". It was not sent again; refresh to see.',
      why,
      name,
    );
  }
  if (action === 'reboot' && outcome.seen.status === 'active') {
    // It was so before, too.
    return vscode.l10n.t('{0} "{1}" is active; whether it was rebooted is not known. The request was not sent again.', why, name);
  }
  return action === 'delete'
    ? vscode.l10n.t('{0} "{1}" still exists, with status "{2}". The deletion was not sent again.', why, name, outcome.seen.status)
    : vscode.l10n.t('{0} "{1}" now has the status "{2}". The request was not sent again.', why, name, outcome.seen.status);
}

/** What an outcome means for the server called `name`. */
export function describeOutcome(outcome: ActionOutcome, action: ServerAction, name: string): OutcomeText {
  switch (outcome.kind) {
    case 'done':
      return { text: doneText(action, name), severity: 'done', canRetry: false };
    case 'gone':
      return {
        text:
          action === 'delete'
            ? vscode.l10n.t('"{0}" was deleted already.', name)
            : vscode.l10n.t('"{0}" does not exist any more.', name),
        severity: action === 'delete' ? 'done' : 'info',
        canRetry: false,
      };
    case 'refused':
      return { text: `"${name}": ${errorText(outcome.error)}`, severity: 'info', canRetry: false };
    case 'unclear':
      return { text: unclearText(outcome, action, name), severity: 'warning', canRetry: true };
    case 'notAllowed':
      return {
        text: vscode.l10n.t('"{0}" now has the status "{1}", which does not allow this. Nothing was sent.', name, outcome.server.status),
        severity: 'info',
        canRetry: false,
      };
    case 'busy':
      return {
        text: vscode.l10n.t('Another request for "{0}" is under way. Wait until it is answered.', name),
        severity: 'info',
        canRetry: true,
      };
    case 'notKnown':
      return { text: vscode.l10n.t('"{0}" is not in the list any more. Nothing was sent.', name), severity: 'info', canRetry: false };
    case 'failed':
      return {
        text: `"${name}": ${errorText(outcome.error)}`,
        severity: 'error',
        canRetry: outcome.error.kind !== 'unauthorized',
        isTold: outcome.error.kind === 'unauthorized',
      };
  }
}
