import type { CreateField } from '../core/createForm.ts';
import type { AppError } from '../core/errors.ts';
import type { Server } from '../core/server.ts';
import type { CreatePhase } from '../protocol/create.ts';
import type { CreationOutcome } from '../state/serverCreation.ts';
import { createFieldNames, splitFieldErrors } from './fieldErrors.ts';

/** Words for what came of a creation. */
export interface OutcomeTexts {
  readonly error: (error: AppError) => string;
  readonly nameExists: string;
  readonly busy: string;
  readonly notSent: (why: string) => string;
  /** `said`: VPS.org's own words, where it had any. */
  readonly notEnoughCredit: (said: string | undefined) => string;
  /** The answer was lost, and a server was found that it probably was about. */
  readonly likely: (why: string, name: string) => string;
  /** The answer was lost, and the list has no such server. */
  readonly notFound: (why: string) => string;
  /** The answer was lost, and there is no list either. */
  readonly notKnown: (why: string) => string;
}

/** What the form shows about its sending. */
export interface FormView {
  readonly phase: CreatePhase;
  readonly message: string | undefined;
  readonly offersPanelLink: boolean;
  readonly errors: Readonly<Partial<Record<CreateField, string>>>;
  readonly likely: Server | undefined;
}

const quiet = { message: undefined, offersPanelLink: false, errors: {}, likely: undefined } as const;

/** A form in `phase` without anything to say. */
export function quietView(phase: CreatePhase): FormView {
  return { phase, ...quiet };
}

/** What the form shows after a creation. It stays open and filled after everything but success. */
export function viewAfter(outcome: CreationOutcome, isSample: boolean, texts: OutcomeTexts): FormView {
  switch (outcome.kind) {
    case 'done':
      return quietView('done');
    case 'nameExists':
      return { ...quietView('editing'), errors: { name: texts.nameExists } };
    case 'busy':
      return { ...quietView('editing'), message: texts.busy };
    case 'notSent':
      return { ...quietView('editing'), message: texts.notSent(texts.error(outcome.error)) };
    case 'unclear':
      return { ...quietView('unclear'), message: unclearText(outcome, texts), likely: outcome.likely };
    case 'failed':
      return failedView(outcome.error, isSample, texts);
  }
}

function unclearText(
  { error, likely, looked }: Extract<CreationOutcome, { kind: 'unclear' }>,
  texts: OutcomeTexts,
): string {
  const why = texts.error(error);
  if (likely) {
    return texts.likely(why, likely.name);
  }
  return looked ? texts.notFound(why) : texts.notKnown(why);
}

function failedView(error: AppError, isSample: boolean, texts: OutcomeTexts): FormView {
  if (error.kind === 'paymentRequired') {
    // The credit of the sample account is no matter for VPS.org's panel.
    const message = texts.notEnoughCredit(error.serverMessage);
    return { ...quietView('editing'), message, offersPanelLink: !isSample };
  }
  const { errors, hasRest } = splitFieldErrors(error, createFieldNames);
  const message = hasRest || error.serverMessage !== undefined ? texts.error(error) : undefined;
  return { ...quietView('editing'), message, errors };
}
