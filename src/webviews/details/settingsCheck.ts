import type { ServerSettings } from '../../core/requests.ts';
import type { SettingsValues } from '../../core/serverSettings.ts';
import { checkHostname, checkName } from '../../core/validation.ts';
import { hostnameProblemText, nameProblemText } from '../../text/validation.ts';
import type { SettingsErrors } from './protocol.ts';

export type CheckedSettings =
  | { readonly ok: true; readonly settings: ServerSettings }
  | { readonly ok: false; readonly errors: SettingsErrors };

/**
 * Checks the form in the host, before anything is sent. Unchanged values are always valid: a server without a hostname can
 * be renamed without entering one.
 */
export function checkSettings(wanted: ServerSettings, current: SettingsValues): CheckedSettings {
  const name =
    wanted.name.trim() === current.name.trim()
      ? { ok: true as const, value: current.name }
      : checkName(wanted.name);
  const hostname =
    wanted.hostname.trim() === current.hostname.trim()
      ? { ok: true as const, value: current.hostname }
      : checkHostname(wanted.hostname);
  if (name.ok && hostname.ok) {
    return {
      ok: true,
      settings: {
        name: name.value,
        hostname: hostname.value,
        backupsEnabled: wanted.backupsEnabled,
      },
    };
  }
  return {
    ok: false,
    errors: {
      ...(name.ok ? {} : { name: nameProblemText(name.problem) }),
      ...(hostname.ok ? {} : { hostname: hostnameProblemText(hostname.problem) }),
    },
  };
}
