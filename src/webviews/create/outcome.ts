import * as l10n from '@vscode/l10n';
import { createFieldNames } from '../../api/requestFields.ts';
import type { AppError } from '../../core/errors.ts';
import type { Server } from '../../core/server.ts';
import type { CreationOutcome } from '../../state/serverCreation.ts';
import { errorText } from '../../text/errors.ts';
import { toFieldErrors } from '../fieldErrors.ts';
import type { CreateErrors, CreatePhase } from './protocol.ts';

/** The part of the form's state that an attempt to create a server changes. */
export interface FormView {
  readonly phase: CreatePhase;
  readonly message: string | undefined;
  readonly offersPanelLink: boolean;
  readonly errors: CreateErrors;
  readonly probableMatch: Server | undefined;
}

/** A form in `phase` without messages. */
export function quietView(phase: CreatePhase): FormView {
  return {
    phase,
    message: undefined,
    offersPanelLink: false,
    errors: {},
    probableMatch: undefined,
  };
}

/** The form after an attempt. After everything but success it stays open and filled. */
export function viewAfter(outcome: CreationOutcome, isSample: boolean): FormView {
  switch (outcome.kind) {
    case 'done':
      return quietView('done');
    case 'nameExists':
      return {
        ...quietView('editing'),
        errors: { name: l10n.t('A server with this name already exists.') },
      };
    case 'busy':
      return {
        ...quietView('editing'),
        message: l10n.t('Another server is being created in this account. Wait until it is done.'),
      };
    case 'notSent':
      return {
        ...quietView('editing'),
        message: l10n.t('{0} The create request was not sent.', errorText(outcome.error)),
      };
    case 'unclear':
      return {
        ...quietView('unclear'),
        message: unclearText(outcome),
        offersPanelLink: !isSample && outcome.probableMatch === undefined,
        probableMatch: outcome.probableMatch,
      };
    case 'failed':
      return failedView(outcome.error, isSample);
  }
}

function unclearText({
  error,
  probableMatch,
  looked,
}: Extract<CreationOutcome, { kind: 'unclear' }>): string {
  const why = errorText(error);
  if (probableMatch) {
    return l10n.t(
      '{0} However, "{1}" is new in the list, so it was probably created. The request was not retried.',
      why,
      probableMatch.name,
    );
  }
  return looked
    ? l10n.t(
        '{0} There is no new server with this name in the list, but it may still appear. The request was not retried. Check VPS.org before you try again.',
        why,
      )
    : l10n.t(
        "{0} Couldn't confirm whether the server was created, because the list couldn't be loaded. The request was not retried. Check VPS.org before you try again.",
        why,
      );
}

function notEnoughCreditText(serverMessage: string | undefined): string {
  return serverMessage === undefined
    ? l10n.t('There is not enough credit for this server. Nothing was created.')
    : l10n.t(
        'There is not enough credit for this server. Nothing was created. VPS.org answered: {0}',
        serverMessage,
      );
}

function failedView(error: AppError, isSample: boolean): FormView {
  if (error.kind === 'paymentRequired') {
    // The VPS.org panel does not show the credit of the sample account.
    return {
      ...quietView('editing'),
      message: notEnoughCreditText(error.serverMessage),
      offersPanelLink: !isSample,
    };
  }
  const { errors, hasOthers } = toFieldErrors(error, createFieldNames);
  const message = hasOthers || error.serverMessage !== undefined ? errorText(error) : undefined;
  return { ...quietView('editing'), message, errors };
}
