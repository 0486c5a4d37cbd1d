import { settingDefaults, sshKeys } from './settings.ts';
import type { SettingKey, Settings, SshKey } from './settings.ts';

/** The values that apply, by setting, in the units of package.json. */
export function settingsInForce(
  settings: Settings,
): Readonly<Record<SettingKey, string | number | boolean>> {
  // Names and paths of the person stay out of bug reports.
  const sshSettings = Object.fromEntries(
    sshKeys.map((key) => [
      `ssh.${key}`,
      settings.readSsh(key) === settingDefaults[`ssh.${key}`] ? 'default' : 'set',
    ]),
  ) as Readonly<Record<`ssh.${SshKey}`, string>>;
  return {
    apiUrl: settings.apiUrl,
    refreshInterval: settings.refreshIntervalMs / 1000,
    requestTimeout: settings.requestTimeoutMs / 1000,
    groupBy: settings.groupBy,
    confirmStop: settings.confirmStop,
    confirmReboot: settings.confirmReboot,
    deleteConfirmation: settings.deleteConfirmation,
    statusBar: settings.statusBar,
    showPrices: settings.showPrices,
    protect: isEmptyList(settings.protect) ? 'default' : 'set',
    notifyChanges: settings.notifyChanges,
    ...sshSettings,
    'ssh.configFile': settings.sshConfigFile,
    'ssh.waitUntilReachable': settings.waitUntilReachable,
  };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
