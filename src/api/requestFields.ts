import type { JsonObject } from '../core/json.ts';
import type { CreateRequest, ServerSettings } from '../core/requests.ts';

/** The API's names for the fields of `PUT` and `PATCH /servers/{id}/`. */
export const settingsFieldNames = {
  name: 'name',
  hostname: 'hostname',
  backupsEnabled: 'backups_enabled',
} as const satisfies Readonly<Record<keyof ServerSettings, string>>;

/** The API's names for the fields of `POST /servers/`. */
export const createFieldNames = {
  name: 'name',
  planId: 'plan_id',
  osId: 'os_id',
  location: 'location',
  hostname: 'hostname',
  sshKeyId: 'ssh_key_id',
  backupsEnabled: 'backups_enabled',
} as const satisfies Readonly<Record<keyof CreateRequest, string>>;

/** A request body with the API's field names. Missing fields are undefined, which JSON leaves out. */
export function toBody<F extends string>(
  names: Readonly<Record<F, string>>,
  request: Readonly<Partial<Record<F, unknown>>>,
): JsonObject {
  const fields = Object.entries(names) as [F, string][];
  return Object.fromEntries(fields.map(([field, name]) => [name, request[field]]));
}
