import type { AppError } from '../core/errors.ts';

/** The API's messages about a rejected request. */
export interface FieldErrors<F extends string> {
  /** By field of the form. */
  readonly errors: Readonly<Partial<Record<F, string>>>;
  /** Whether a message is about no field of the form, or there is none at all. */
  readonly hasOthers: boolean;
}

/**
 * Assigns the API's messages to the fields that they name.
 *
 * @param names the API's names by field of the form
 */
export function toFieldErrors<F extends string>(
  error: AppError,
  names: Readonly<Record<F, string>>,
): FieldErrors<F> {
  const fields = new Map(
    (Object.entries(names) as [F, string][]).map(([field, name]) => [name, field]),
  );
  const errors: Partial<Record<F, string>> = {};
  let hasOthers = false;
  for (const [name, messages] of Object.entries(error.fields)) {
    const field = fields.get(name);
    if (field === undefined || messages.length === 0) {
      hasOthers = true;
    } else {
      errors[field] = messages.join(' ');
    }
  }
  return { errors, hasOthers: hasOthers || Object.keys(errors).length === 0 };
}
