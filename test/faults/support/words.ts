import { register } from 'node:module';
import type { AppError } from '../../../src/core/errors.ts';
import type { CreationOutcome } from '../../../src/state/serverCreation.ts';

// The words for people are made by files that use VS Code for nothing but to look up translations.
register('../../support/withoutVscode.mjs', import.meta.url);
const { errorText } = await import('../../../src/host/errorText.ts');
const { describeOutcome } = await import('../../../src/commands/outcomes.ts');
const { formTexts } = await import('../../../src/panels/createTexts.ts');
const { viewAfter } = await import('../../../src/panels/createOutcome.ts');

export { describeOutcome, errorText };

/** What the create form says. */
export function creationText(outcome: CreationOutcome): string {
  const { message, errors } = viewAfter(outcome, false, formTexts());
  return [message, ...Object.values(errors)].filter(Boolean).join(' ') || '-';
}

/** The kind of an error with its reason, for the table. */
export function kindText(error: AppError): string {
  return error.reason === undefined ? error.kind : `${error.kind} (${error.reason})`;
}
