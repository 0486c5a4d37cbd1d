import type { ServerSettings } from '../core/requests.ts';
import { checkHostname, checkName } from '../core/validation.ts';
import type { SettingsField, SettingsValues } from '../protocol/details.ts';
import { hostnameTextKeys, nameTextKeys } from '../protocol/texts.ts';
import type { ValidationTextKey } from '../protocol/texts.ts';

export type CheckedSettings =
  | { readonly ok: true; readonly settings: ServerSettings }
  | { readonly ok: false; readonly errors: Readonly<Partial<Record<SettingsField, ValidationTextKey>>> };

/**
 * Checks the form again before anything is sent. What the server has already may stay as it is, whatever the rules say here:
 * a server without a host name can be renamed without making one up.
 */
export function checkSettings(wanted: ServerSettings, current: SettingsValues): CheckedSettings {
  const name = wanted.name === current.name ? { ok: true as const, value: wanted.name } : checkName(wanted.name);
  const hostname =
    wanted.hostname.trim() === current.hostname
      ? { ok: true as const, value: current.hostname }
      : checkHostname(wanted.hostname);
  if (name.ok && hostname.ok) {
    return { ok: true, settings: { name: name.value, hostname: hostname.value, backupsEnabled: wanted.backupsEnabled } };
  }
  return {
    ok: false,
    errors: {
      ...(name.ok ? {} : { name: nameTextKeys[name.problem] }),
      ...(hostname.ok ? {} : { hostname: hostnameTextKeys[hostname.problem] }),
    },
  };
}

/** A setting that somebody else changed while the form was being edited, and that saving would overwrite. */
export interface Conflict {
  readonly field: SettingsField;
  /** What VPS.org has now. */
  readonly now: string | boolean;
  /** What would be written over it. */
  readonly wanted: string | boolean;
}

const fields = ['name', 'hostname', 'backupsEnabled'] as const satisfies readonly SettingsField[];

/** Where the server is not any more as it was when the person began to edit, and not as they want it either. */
export function findConflicts(basis: SettingsValues, now: SettingsValues, wanted: ServerSettings): readonly Conflict[] {
  return fields.flatMap((field) => {
    const value = now[field];
    return value === undefined || basis[field] === undefined || value === basis[field] || value === wanted[field]
      ? []
      : [{ field, now: value, wanted: wanted[field] }];
  });
}

/** Whether the server has these settings already: then a lost answer was a good one. */
export function hasSettings(now: SettingsValues, wanted: ServerSettings): boolean {
  return fields.every((field) => now[field] === wanted[field]);
}
