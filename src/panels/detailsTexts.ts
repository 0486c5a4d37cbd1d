import * as vscode from 'vscode';
import { planText, timeText, unitTexts } from '../host/serverText.ts';
import type { DetailsTextKey } from '../protocol/details.ts';
import type { Texts } from '../protocol/texts.ts';
import type { StateTexts } from './detailsState.ts';
import { settingLabel, validationTexts } from './sharedTexts.ts';

/** The words of the details page; it fills in `{0}` and so on itself. */
export function detailsTexts(): Texts<DetailsTextKey> {
  return {
    sample: vscode.l10n.t('Sample'),
    loading: vscode.l10n.t('Loading...'),
    account: vscode.l10n.t('Account'),
    status: vscode.l10n.t('Status'),
    factsHeading: vscode.l10n.t('Facts'),
    usageHeading: vscode.l10n.t('Usage'),
    settingsHeading: vscode.l10n.t('Settings'),
    powerHeading: vscode.l10n.t('Power and deletion'),
    start: vscode.l10n.t('Start'),
    stop: vscode.l10n.t('Stop...'),
    reboot: vscode.l10n.t('Reboot...'),
    delete: vscode.l10n.t('Delete...'),
    copyFact: vscode.l10n.t('Copy {0}'),
    copied: vscode.l10n.t('{0} copied'),
    notKnown: vscode.l10n.t('not known'),
    usageUnknown: vscode.l10n.t('Not known'),
    usageFigures: vscode.l10n.t('{0} of {1}'),
    usageUsed: vscode.l10n.t('{0} used'),
    usagePercent: vscode.l10n.t('{0} %'),
    usageHigh: vscode.l10n.t('high'),
    usageVeryHigh: vscode.l10n.t('very high'),
    usageChart: vscode.l10n.t('{0}, the last {1} samples: lowest {2} %, highest {3} %, now {4} %'),
    usageStopped: vscode.l10n.t('The server is not running. These are the last figures of VPS.org.'),
    name: settingLabel('name'),
    hostname: settingLabel('hostname'),
    backups: settingLabel('backupsEnabled'),
    save: vscode.l10n.t('Save Changes'),
    saving: vscode.l10n.t('Saving...'),
    saved: vscode.l10n.t('The changes were saved.'),
    revert: vscode.l10n.t('Discard Changes'),
    changedElsewhere: vscode.l10n.t('This server was changed elsewhere since you began to edit.'),
    ...unitTexts(),
    ...validationTexts(),
  };
}

/** The words that the host puts into the state itself. */
export function stateTexts(): StateTexts {
  return {
    status: vscode.l10n.t('Status'),
    ipAddress: vscode.l10n.t('IPv4 address'),
    ipv6Address: vscode.l10n.t('IPv6 address'),
    hostname: vscode.l10n.t('Hostname'),
    location: vscode.l10n.t('Location'),
    plan: vscode.l10n.t('Plan'),
    os: vscode.l10n.t('Operating system'),
    backups: vscode.l10n.t('Automatic backups'),
    created: vscode.l10n.t('Created'),
    updated: vscode.l10n.t('Updated'),
    id: vscode.l10n.t('ID'),
    none: vscode.l10n.t('none'),
    on: vscode.l10n.t('on'),
    off: vscode.l10n.t('off'),
    meters: {
      cpu: vscode.l10n.t('CPU'),
      memory: vscode.l10n.t('Memory'),
      disk: vscode.l10n.t('Disk'),
      bandwidth: vscode.l10n.t('Bandwidth'),
    },
    planFacts: planText,
    time: timeText,
  };
}
