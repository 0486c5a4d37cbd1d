import * as v from 'valibot';
import { checkCreateValues, createFields, inAccount } from '../../../core/createFields.ts';
import type { CreateField, CreateValues } from '../../../core/createFields.ts';
import { createErrorTexts } from '../../../text/validation.ts';
import { persistedCreateSchema } from '../protocol.ts';
import type { CreateErrors, CreateState, PersistedCreateState } from '../protocol.ts';

/** The values of the form and the messages about them, without any elements. Call `follow` before anything else. */
export interface FormModel {
  readonly values: CreateValues;
  /** Fields for which "Other..." is selected. */
  readonly typed: ReadonlySet<CreateField>;
  /** The messages to show: our own for touched fields, and the host's for values that were sent. */
  readonly errors: CreateErrors;
  readonly isValid: boolean;
  /** Takes a new state of the host. Values that were entered are kept, unless it is another filling of the form. */
  follow(state: CreateState): void;
  edit(field: CreateField, value: string | boolean, isOther: boolean | undefined): void;
  /** Marks a field as touched, if it was edited. */
  leave(field: CreateField): void;
  touchAll(): void;
  /** Records the values that are sent, which the host's next messages are about. */
  sending(): void;
  readonly persisted: PersistedCreateState;
}

/** Reads the persisted state, if it belongs to this filling of the form. */
function readPersisted(persisted: unknown, formId: string): PersistedCreateState | undefined {
  const { success, output } = v.safeParse(persistedCreateSchema, persisted);
  return success && output.formId === formId ? output : undefined;
}

function only(errors: CreateErrors, isShown: (field: CreateField) => boolean): CreateErrors {
  return Object.fromEntries(
    createFields
      .filter((field) => errors[field] !== undefined && isShown(field))
      .map((field) => [field, errors[field]]),
  );
}

export function makeFormModel(persisted: unknown): FormModel {
  let state: CreateState | undefined;
  let values: CreateValues | undefined;
  let sent: CreateValues | undefined;
  let typed = new Set<CreateField>();
  let touched = new Set<CreateField>();
  const edited = new Set<CreateField>();

  const current = (): { state: CreateState; values: CreateValues } => {
    if (!state || !values) {
      throw new Error('The form has no state yet.');
    }
    return { state, values };
  };
  const ownErrors = (): CreateErrors => {
    const now = current();
    const checked = checkCreateValues(now.values, now.state.choices);
    return checked.ok ? {} : createErrorTexts(checked.problems);
  };

  return {
    get values() {
      return current().values;
    },
    get typed() {
      return typed;
    },
    get errors() {
      const now = current();
      const hosts = only(
        now.state.errors,
        (field) => now.values[field] === (sent ?? now.values)[field],
      );
      return { ...hosts, ...only(ownErrors(), (field) => touched.has(field)) };
    },
    get isValid() {
      return Object.keys(ownErrors()).length === 0;
    },
    get persisted() {
      const now = current();
      return {
        formId: now.state.formId,
        values: now.values,
        typed: [...typed],
        touched: [...touched],
      };
    },
    follow(next) {
      if (next.formId !== state?.formId) {
        const before = state === undefined ? readPersisted(persisted, next.formId) : undefined;
        values = before?.values ?? next.initial;
        typed = new Set(before?.typed);
        touched = new Set(before?.touched);
        edited.clear();
        sent = undefined;
      }
      // The plan of the server to copy arrives later, with the list of plans.
      if (
        values?.planId === '' &&
        !typed.has('planId') &&
        values.accountId === next.initial.accountId
      ) {
        values = { ...values, planId: next.initial.planId };
      }
      state = next;
      if (Object.keys(next.errors).length > 0) {
        sent ??= values;
      }
    },
    edit(field, value, isOther) {
      values = { ...current().values, [field]: value };
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
      // The new location may not offer the selected plan, which has to be shown although the plan was not edited.
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
      sent = current().values;
    },
  };
}
