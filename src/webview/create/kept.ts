import type { CreateField, CreateValues } from '../../core/createForm.ts';
import type { KeptCreate } from '../../protocol/create.ts';

/** Every field, in the order of the form: what is wrong is corrected from the top. */
export const createFields = [
  'accountId',
  'name',
  'location',
  'planId',
  'osId',
  'hostname',
  'sshKeyId',
  'backupsEnabled',
] as const satisfies readonly CreateField[];

function toFields(value: unknown): CreateField[] {
  return Array.isArray(value) ? createFields.filter((field) => value.includes(field)) : [];
}

function toValues(value: unknown): CreateValues | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const values = value as Record<CreateField, unknown>;
  const isWhole = createFields.every(
    (field) => typeof values[field] === (field === 'backupsEnabled' ? 'boolean' : 'string'),
  );
  return isWhole ? (value as CreateValues) : undefined;
}

/** Reads what the webview kept, where it belongs to this filling of the form. */
export function readKept(kept: unknown, formId: string): KeptCreate | undefined {
  if (typeof kept !== 'object' || kept === null) {
    return undefined;
  }
  const { formId: keptId, values, typed, touched } = kept as Record<string, unknown>;
  const keptValues = toValues(values);
  return keptId === formId && keptValues
    ? { formId, values: keptValues, typed: toFields(typed), touched: toFields(touched) }
    : undefined;
}
