import type { CreateField } from '../core/createForm.ts';
import type { AppError } from '../core/errors.ts';
import type { SettingsField } from '../protocol/details.ts';

/** The API's names (api.md, section 2) of what the forms ask for. */
export const settingsFieldNames: Readonly<Record<string, SettingsField>> = {
  name: 'name',
  hostname: 'hostname',
  backups_enabled: 'backupsEnabled',
};
export const createFieldNames: Readonly<Record<string, CreateField>> = {
  ...settingsFieldNames,
  plan_id: 'planId',
  os_id: 'osId',
  location: 'location',
  ssh_key_id: 'sshKeyId',
};

/** What the API said, told apart by what it is about. */
export interface SplitErrors<F extends string> {
  /** Its words by field of the form. */
  readonly errors: Readonly<Partial<Record<F, string>>>;
  /** Whether it said something about no field of the form, which then has to be said about the whole. */
  readonly hasRest: boolean;
}

/** Puts the API's words next to the fields that they name. */
export function splitFieldErrors<F extends string>(
  error: AppError,
  names: Readonly<Record<string, F>>,
): SplitErrors<F> {
  const errors: Partial<Record<F, string>> = {};
  let hasRest = false;
  for (const [name, words] of Object.entries(error.fields)) {
    const field = Object.hasOwn(names, name) ? names[name] : undefined;
    if (field === undefined || words.length === 0) {
      hasRest = true;
    } else {
      errors[field] = words.join(' ');
    }
  }
  return { errors, hasRest: hasRest || Object.keys(errors).length === 0 };
}
