import * as v from 'valibot';
import { chosenPlan, isOfferedAt } from './planChoice.ts';
import type { PlanChoice } from './planChoice.ts';
import type { CreateRequest, ResourceId } from './requests.ts';
import { typedText } from './typedText.ts';
import { checkHostname, checkName, checkResourceId } from './validation.ts';
import type { Checked } from './apiUrl.ts';
import type { HostnameProblem } from './validation.ts';

// The fields of the create form. The page checks them while a person types, the host before it sends anything.

/** What the check of a field needs to know beside its own value. */
interface CheckContext {
  readonly location: string;
  /** Plans of the chosen account. */
  readonly plans: readonly PlanChoice[];
  /** Whether ids may be texts, because the API has shown such an id. Otherwise they are whole numbers. */
  readonly acceptsTextIds: boolean;
}

interface FieldRule<V extends string | boolean, T, P extends string> {
  /** Value in an empty form. */
  readonly empty: V;
  /** The value for the request; an undefined one is not sent. */
  readonly check: (value: V, context: CheckContext) => Checked<T, P>;
  /** An id that means something else in another account. */
  readonly isAccountSpecific: boolean;
}

type IdProblem = 'empty' | 'notWhole';

function checkLocation(text: string): Checked<string, 'empty'> {
  const location = text.trim();
  return location === '' ? { ok: false, problem: 'empty' } : { ok: true, value: location };
}

function checkId(text: string, { acceptsTextIds }: CheckContext): Checked<ResourceId, IdProblem> {
  return text.trim() === ''
    ? { ok: false, problem: 'empty' }
    : checkResourceId(text, acceptsTextIds);
}

/** Rejects a listed plan that is not offered at the location. A typed id that is not listed is left to the API. */
function checkPlan(
  planId: string,
  context: CheckContext,
): Checked<ResourceId, IdProblem | 'notHere'> {
  const plan = chosenPlan({ planId }, context.plans);
  return plan && !isOfferedAt(plan, context.location)
    ? { ok: false, problem: 'notHere' }
    : checkId(planId, context);
}

function checkOptionalHostname(
  text: string,
): Checked<string | undefined, Exclude<HostnameProblem, 'empty'>> {
  if (text.trim() === '') {
    return { ok: true, value: undefined };
  }
  const checked = checkHostname(text);
  if (checked.ok) {
    return checked;
  }
  // checkHostname drops a dot at the end, so it reports a single "." as empty.
  return { ok: false, problem: checked.problem === 'empty' ? 'badLabel' : checked.problem };
}

function checkOptionalId(
  text: string,
  { acceptsTextIds }: CheckContext,
): Checked<ResourceId | undefined, 'notWhole'> {
  return text.trim() === ''
    ? { ok: true, value: undefined }
    : checkResourceId(text, acceptsTextIds);
}

function typed<T, P extends string>(
  check: FieldRule<string, T, P>['check'],
): FieldRule<string, T, P> {
  return { empty: '', check, isAccountSpecific: false };
}

function typedId<T, P extends string>(
  check: FieldRule<string, T, P>['check'],
): FieldRule<string, T, P> {
  return { ...typed(check), isAccountSpecific: true };
}

const checkbox: FieldRule<boolean, boolean, never> = {
  empty: false,
  check: (value) => ({ ok: true, value }),
  isAccountSpecific: false,
};

/** Every field of the request, in the order of the form. */
const rules = {
  name: typed(checkName),
  location: typed(checkLocation),
  planId: typedId(checkPlan),
  osId: typedId(checkId),
  hostname: typed(checkOptionalHostname),
  sshKeyId: typedId(checkOptionalId),
  backupsEnabled: checkbox,
} satisfies {
  readonly [F in keyof CreateRequest]-?:
    FieldRule<string, CreateRequest[F], string> | FieldRule<boolean, CreateRequest[F], never>;
};

type Rules = typeof rules;
type RequestField = keyof Rules;

/** The form as typed: text for everything that can be typed, so that nothing gets lost in between. */
export type CreateValues = { readonly accountId: string } & {
  readonly [F in RequestField]: Rules[F]['empty'];
};
export type CreateField = keyof CreateValues;

type Problem<F extends RequestField> = Extract<
  ReturnType<Rules[F]['check']>,
  { readonly ok: false }
>['problem'];

/** What is wrong, by field. Valid fields are missing. */
export type CreateProblems = {
  readonly [F in RequestField as [Problem<F>] extends [never] ? never : F]?: Problem<F>;
};

export type CheckedCreate =
  | { readonly ok: true; readonly request: CreateRequest }
  | { readonly ok: false; readonly problems: CreateProblems };

const requestFields = Object.keys(rules) as readonly RequestField[];

/** Every field, in the order of the form. */
export const createFields: readonly CreateField[] = ['accountId', ...requestFields];

const valuesSchema: v.GenericSchema = v.object({
  accountId: typedText,
  ...Object.fromEntries(
    requestFields.map((field) => [
      field,
      typeof rules[field].empty === 'boolean' ? v.boolean() : typedText,
    ]),
  ),
});

/** For values from outside: messages and stored drafts. */
export const createValuesSchema = valuesSchema as v.GenericSchema<unknown, CreateValues>;

function emptyFields(isCleared: (field: RequestField) => boolean): Partial<CreateValues> {
  return Object.fromEntries(
    requestFields.filter(isCleared).map((field) => [field, rules[field].empty]),
  );
}

export function emptyCreateValues(accountId: string, location = ''): CreateValues {
  return { ...emptyFields(() => true), accountId, location } as CreateValues;
}

/** The form for another account, without the ids of this one. */
export function inAccount(values: CreateValues, accountId: string): CreateValues {
  return { ...values, ...emptyFields((field) => rules[field].isAccountSpecific), accountId };
}

/** Checks the form. The request carries what was filled in and nothing else. */
export function checkCreateValues(
  values: CreateValues,
  { plans, acceptsTextIds }: Omit<CheckContext, 'location'>,
): CheckedCreate {
  const context = { location: values.location, plans, acceptsTextIds };
  const request: Partial<Record<RequestField, unknown>> = {};
  const problems: Partial<Record<RequestField, string>> = {};
  for (const field of requestFields) {
    // The compiler cannot see that a rule and its value belong together; the type of `CreateValues` ensures it.
    const check = rules[field].check as FieldRule<string | boolean, unknown, string>['check'];
    const checked = check(values[field], context);
    if (!checked.ok) {
      problems[field] = checked.problem;
    } else if (checked.value !== undefined) {
      request[field] = checked.value;
    }
  }
  return Object.keys(problems).length === 0
    ? { ok: true, request: request as unknown as CreateRequest }
    : { ok: false, problems: problems as CreateProblems };
}
