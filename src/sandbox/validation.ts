import { locations, plans, systems } from './catalog.ts';
import type { NewServer, Settings } from './world.ts';

/** Messages by field, as Django REST framework sends them with a 400. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** A valid value, or its errors. */
export type Checked<T> = { readonly value: T } | { readonly errors: FieldErrors };

type Body = Readonly<Record<string, unknown>>;
/** The error of a value, or undefined when it is valid. */
type Rule = (value: unknown) => string | undefined;

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const fqdn = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+(?!\\d+$)${label}$`, 'iu');

const text =
  (isValid: (value: string) => boolean, complaint: string): Rule =>
  (value) => {
    if (typeof value !== 'string') {
      return 'Not a valid string.';
    }
    return isValid(value) ? undefined : complaint;
  };
const whole =
  (exists: (id: number) => boolean): Rule =>
  (value) => {
    if (!Number.isSafeInteger(value)) {
      return 'A valid integer is required.';
    }
    return exists(value as number)
      ? undefined
      : `Invalid pk "${String(value)}" - object does not exist.`;
  };

const rules = {
  name: text(
    (name) => /^[A-Za-z0-9-]{1,63}$/u.test(name),
    'Use 1 to 63 letters, digits and hyphens.',
  ),
  // A server without a hostname has an empty one, and PUT must be able to send it back.
  hostname: text((name) => name === '' || fqdn.test(name), 'Enter a fully qualified domain name.'),
  backups_enabled: (value) => (typeof value === 'boolean' ? undefined : 'Must be a valid boolean.'),
  plan_id: whole((id) => plans.some((each) => each.id === id)),
  os_id: whole((id) => systems.some((each) => each.id === id)),
  location: text((code) => locations.includes(code), 'Unknown location.'),
  ssh_key_id: (value) =>
    Number.isSafeInteger(value) && (value as number) > 0
      ? undefined
      : 'A valid integer above 0 is required.',
} satisfies Record<string, Rule>;
type Field = keyof typeof rules;

const settings = ['name', 'hostname', 'backups_enabled'] as const;

function check(
  body: Body,
  fields: readonly Field[],
  required: readonly Field[],
): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const field of fields) {
    const value = body[field];
    const isRequired = required.includes(field);
    const complaint =
      value === null
        ? 'This field may not be null.'
        : value === undefined
          ? isRequired && 'This field is required.'
          : rules[field](value);
    if (complaint) {
      errors[field] = [complaint];
    }
  }
  return errors;
}

const hasErrors = (errors: FieldErrors): boolean => Object.keys(errors).length > 0;

/** Checks the body of `POST /servers/`. */
export function checkNewServer(body: Body): Checked<NewServer> {
  const errors = check(body, Object.keys(rules) as Field[], [
    'name',
    'plan_id',
    'os_id',
    'location',
  ]);
  const plan = plans.find((each) => each.id === body.plan_id);
  if (plan && !errors.plan_id) {
    if (!plan.available) {
      errors.plan_id = [`Plan "${plan.name}" is not available at the moment.`];
    } else if (!errors.location && !plan.locations.includes(body.location as string)) {
      errors.location = [`Plan "${plan.name}" is not offered here.`];
    }
  }
  if (hasErrors(errors)) {
    return { errors };
  }
  const {
    name,
    hostname = '',
    backups_enabled = false,
    location,
    plan_id,
    os_id,
  } = body as Partial<NewServer> & Omit<NewServer, 'hostname' | 'backups_enabled'>;
  return { value: { name, hostname, backups_enabled, location, plan_id, os_id } };
}

/** Checks the body of `PUT /servers/{id}/`, which requires all settings, or of a PATCH. Ignores unknown fields. */
export function checkSettings(body: Body, allRequired: boolean): Checked<Partial<Settings>> {
  const errors = check(body, settings, allRequired ? settings : []);
  if (hasErrors(errors)) {
    return { errors };
  }
  const named = settings.filter((field) => body[field] !== undefined);
  return { value: Object.fromEntries(named.map((field) => [field, body[field]])) };
}
