import { checkCreateValues, inAccount } from '../../core/createForm.ts';
import type { CreateField, CreateValues } from '../../core/createForm.ts';
import type { CreateState, CreateTextKey, KeptCreate } from '../../protocol/create.ts';
import { createProblemTextKeys } from '../../protocol/texts.ts';
import type { Texts } from '../../protocol/texts.ts';
import { createFields, readKept } from './kept.ts';

export type FieldErrors = Readonly<Partial<Record<CreateField, string>>>;

/** What a person has filled in so far, and what to tell them about it. Knows nothing of the page. */
export interface FormModel {
  readonly values: CreateValues;
  /** Fields for which "Other..." is chosen. */
  readonly typed: ReadonlySet<CreateField>;
  /** What has to be shown now: our own problems with touched fields, and the host's with what was sent. */
  readonly errors: FieldErrors;
  readonly isSound: boolean;
  /** Takes in a new state. What was typed stays, unless it is another filling of the form. */
  follow(state: CreateState): void;
  edit(field: CreateField, value: string | boolean, isOther: boolean | undefined): void;
  /** The person left a field. One that was only passed through is not complained about. */
  leave(field: CreateField): void;
  /** From now on every problem shows. */
  touchAll(): void;
  /** Remembers what is sent: the host's errors are about this. */
  sending(): void;
  readonly kept: KeptCreate;
}

export function makeFormModel(texts: Texts<CreateTextKey>, kept: unknown): FormModel {
  let state: CreateState | undefined;
  let values: CreateValues | undefined;
  let sent: CreateValues | undefined;
  let typed = new Set<CreateField>();
  let touched = new Set<CreateField>();
  const edited = new Set<CreateField>();

  const now = (): { state: CreateState; values: CreateValues } => {
    if (!state || !values) {
      throw new Error('The form has no state yet.');
    }
    return { state, values };
  };
  const ownErrors = (): FieldErrors => {
    const current = now();
    const checked = checkCreateValues(current.values, current.state.choices);
    if (checked.ok) {
      return {};
    }
    const errors: Partial<Record<CreateField, string>> = {};
    for (const field of createFields) {
      if (field === 'accountId' || field === 'backupsEnabled') {
        continue;
      }
      const keys: Readonly<Record<string, CreateTextKey>> = createProblemTextKeys[field];
      const key = keys[checked.problems[field] ?? ''];
      if (key !== undefined) {
        errors[field] = texts[key];
      }
    }
    return errors;
  };
  const only = (errors: FieldErrors, isShown: (field: CreateField) => boolean): FieldErrors =>
    Object.fromEntries(createFields.filter((field) => errors[field] !== undefined && isShown(field)).map((field) => [field, errors[field]]));

  return {
    get values() {
      return now().values;
    },
    get typed() {
      return typed;
    },
    get errors() {
      const current = now();
      const own = only(ownErrors(), (field) => touched.has(field));
      const hosts = only(current.state.errors, (field) => current.values[field] === (sent ?? current.values)[field]);
      return { ...hosts, ...own };
    },
    get isSound() {
      return Object.keys(ownErrors()).length === 0;
    },
    get kept() {
      const current = now();
      return { formId: current.state.formId, values: current.values, typed: [...typed], touched: [...touched] };
    },
    follow(next) {
      if (next.formId !== state?.formId) {
        const before = state === undefined ? readKept(kept, next.formId) : undefined;
        values = before?.values ?? next.initial;
        typed = new Set(before?.typed);
        touched = new Set(before?.touched);
        edited.clear();
        sent = undefined;
      }
      // The plan of the server that this one is to be like comes when it is known what can be ordered.
      if (values?.planId === '' && !typed.has('planId') && values.accountId === next.initial.accountId) {
        values = { ...values, planId: next.initial.planId };
      }
      state = next;
      if (Object.keys(next.errors).length > 0) {
        sent ??= values;
      }
    },
    edit(field, value, isOther) {
      values = { ...now().values, [field]: value };
      if (field === 'accountId') {
        values = inAccount(values, values.accountId);
        typed.clear();
      }
      edited.add(field);
      if (isOther === true) {
        typed.add(field);
      } else if (isOther === false) {
        typed.delete(field);
      }
      // Another location may not offer the chosen plan: nobody touched the plan, and still it must be said.
      if (field === 'location' && values.planId !== '') {
        touched.add('planId');
      }
    },
    leave(field) {
      if (edited.has(field)) {
        touched.add(field);
      }
    },
    touchAll() {
      touched = new Set(createFields);
    },
    sending() {
      sent = now().values;
    },
  };
}
