import * as v from 'valibot';
import type { Choice } from '../../core/choice.ts';
import { createFields, createValuesSchema } from '../../core/createFields.ts';
import type { CreateField, CreateValues } from '../../core/createFields.ts';
import type { PlanChoice } from '../../core/planChoice.ts';
import { typedText } from '../../core/typedText.ts';

// Messages between the create form's panel and its page. The panel sends whole states, so that a page that was hidden,
// reloaded or restored needs the current one only. The page sends what the person did.

/** Choices of the selected account. */
export interface CreateChoices {
  readonly plans: readonly PlanChoice[];
  readonly locations: readonly Choice[];
  readonly operatingSystems: readonly Choice[];
  readonly sshKeyIds: readonly string[];
  /** Whether ids may be typed as texts, because the API has shown such an id. Otherwise they are whole numbers. */
  readonly acceptsTextIds: boolean;
}

/**
 * `unlisted`: the API offers this account no list of plans. `failed`: it could not be loaded; it is requested again on its own
 * and with `retryPlans`.
 */
export type PlanListState =
  | { readonly kind: 'loading' | 'listed' | 'unlisted' }
  | { readonly kind: 'failed'; readonly reason: string; readonly isRetrying: boolean };

/**
 * `sending`: until the reply arrives, the button is disabled. `asking`: a question about the name is open. `unclear`: the reply
 * was lost.
 */
export type CreatePhase = 'loading' | 'editing' | 'sending' | 'asking' | 'unclear' | 'done';

/** Messages by field, from the host's validation or the API. */
export type CreateErrors = Readonly<Partial<Record<CreateField, string>>>;

export interface CreateState {
  readonly phase: CreatePhase;
  /**
   * `attempt` of the last `create` message that the host received, 0 before the first. Until the page sees its own number,
   * a state may be older than the click, and the button stays disabled.
   */
  readonly attempt: number;
  readonly accounts: readonly Choice[];
  readonly isSample: boolean;
  /** Whether the account has a web panel to link to. */
  readonly hasPanel: boolean;
  readonly choices: CreateChoices;
  readonly planList: PlanListState;
  /** Values of a new form: empty, or copied from a server. For the same `formId`, only the plan may arrive later. */
  readonly initial: CreateValues;
  /** Identifies one filling of the form. A page that has persisted values for it restores them. */
  readonly formId: string;
  /** The entered name, if another server has it. The page may have a newer one. */
  readonly takenName: string | undefined;
  /** About the whole form, for example "not enough credit"; shown as an alert. */
  readonly message: string | undefined;
  /** Offers a link to the VPS.org panel beside the message. */
  readonly offersPanelLink: boolean;
  readonly errors: CreateErrors;
  /** After a lost reply: the server that was probably created. */
  readonly probableMatch: { readonly name: string; readonly description: string } | undefined;
}

export type CreateToWebview =
  { readonly type: 'state'; readonly state: CreateState } | { readonly type: 'copiedCurl' };

/** Messages from the page. */
export const createMessageSchema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  /** Selects another account, whose choices are then loaded. */
  v.object({ type: v.literal('chooseAccount'), accountId: typedText }),
  /** Lets the host persist the form, so that it can be restored after its tab was closed. */
  v.object({ type: v.literal('edited'), values: createValuesSchema }),
  /** `attempt` is the state's plus one. Messages with a number that was already used are ignored. */
  v.object({
    type: v.literal('create'),
    values: createValuesSchema,
    attempt: v.pipe(v.number(), v.safeInteger()),
  }),
  v.object({ type: v.literal('copyCurl'), values: createValuesSchema }),
  v.object({ type: v.literal('retryPlans') }),
  v.object({ type: v.literal('openPanel') }),
  v.object({ type: v.literal('showProbableMatch') }),
  /** After a lost reply: continues editing. */
  v.object({ type: v.literal('dismissProbableMatch') }),
  v.object({ type: v.literal('cancel') }),
]);
export type CreateFromWebview = v.InferOutput<typeof createMessageSchema>;

/** Unknown fields and other values are dropped. */
const fieldsSchema = v.fallback(
  v.pipe(
    v.array(v.unknown()),
    v.transform((names) => createFields.filter((field) => names.includes(field))),
  ),
  [],
);

/**
 * State that the page persists with `setState` and VS Code passes to the panel's serializer after a window reload. It comes
 * from outside, so both sides check it.
 */
export const persistedCreateSchema = v.object({
  formId: v.pipe(v.string(), v.nonEmpty()),
  values: createValuesSchema,
  /** Fields for which "Other..." is selected. */
  typed: fieldsSchema,
  /** Fields whose problems are shown: left after an edit, or submitted. */
  touched: fieldsSchema,
});
export type PersistedCreateState = v.InferOutput<typeof persistedCreateSchema>;
