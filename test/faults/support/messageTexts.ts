import type { AppError } from '../../../src/core/errors.ts';
import type { CreationOutcome } from '../../../src/state/serverCreation.ts';
import { viewAfter } from '../../../src/webviews/create/outcome.ts';

/** The messages of the create form. */
export function describeCreation(outcome: CreationOutcome): string {
  const { message, errors } = viewAfter(outcome, false);
  return [message, ...Object.values(errors)].filter(Boolean).join(' ') || '-';
}

/** For the table: the kind of an error with its reason. */
export function describeErrorKind(error: AppError): string {
  return error.reason === undefined ? error.kind : `${error.kind} (${error.reason})`;
}
