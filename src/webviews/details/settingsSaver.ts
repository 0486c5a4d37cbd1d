import * as vscode from 'vscode';
import { settingsFieldNames } from '../../api/requestFields.ts';
import { AppError } from '../../core/errors.ts';
import type { ServerRef } from '../../core/refs.ts';
import type { ServerSettings } from '../../core/requests.ts';
import {
  changedSettings,
  findConflicts,
  isSameSettings,
  mergeSettings,
  settingsOf,
} from '../../core/serverSettings.ts';
import type { Conflict, SettingsField } from '../../core/serverSettings.ts';
import type { Messages } from '../../host/messages.ts';
import type { ActionOutcome, ServerActions } from '../../state/serverActions.ts';
import type { Sessions } from '../../state/sessions.ts';
import { errorText } from '../../text/errors.ts';
import { describeOutcome } from '../../text/outcomes.ts';
import { toFieldErrors } from '../fieldErrors.ts';
import type { DetailsFromWebview, DetailsToWebview, SettingsErrors } from './protocol.ts';
import { checkSettings } from './settingsCheck.ts';

type Save = Extract<DetailsFromWebview, { type: 'save' }>;
type Answer = Extract<DetailsToWebview, { type: 'saved' | 'notSaved' }>;

export interface SettingsSaverOptions {
  readonly sessions: Sessions;
  readonly actions: ServerActions;
  readonly messages: Messages;
}

function notSaved(message: string | undefined, errors: SettingsErrors = {}): Answer {
  return { type: 'notSaved', message, errors };
}

function settingLabel(field: SettingsField): string {
  switch (field) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'hostname':
      return vscode.l10n.t('Hostname');
    case 'backupsEnabled':
      return vscode.l10n.t('Automatic backups');
  }
}

function valueText(value: string | boolean): string {
  if (typeof value === 'boolean') {
    return value ? vscode.l10n.t('on') : vscode.l10n.t('off');
  }
  return value === '' ? vscode.l10n.t('empty') : `"${value}"`;
}

/**
 * "Save Changes": checks the values and sends all three settings (`PUT /servers/{id}/`). Those that were not edited get the
 * server's current values. Asks before it overwrites one that was also changed elsewhere.
 */
export class SettingsSaver {
  readonly #options: SettingsSaverOptions;

  constructor(options: SettingsSaverOptions) {
    this.#options = options;
  }

  /** @param onDidAsk a question was opened or answered */
  async save(
    ref: ServerRef,
    save: Save,
    onDidAsk: (isAsking: boolean) => void = () => undefined,
  ): Promise<Answer> {
    const { values, basis } = save;
    const { sessions, actions } = this.#options;
    const session = sessions.get(ref.accountId);
    if (!session) {
      return notSaved(vscode.l10n.t('This account was signed out.'));
    }
    let server;
    try {
      // The store may not contain recent changes by another window or person.
      server = await session.loadServer(ref.serverId);
    } catch (error) {
      return notSaved(vscode.l10n.t('{0} Nothing was saved.', errorText(AppError.from(error))));
    }
    if (!server) {
      return notSaved(vscode.l10n.t('This server no longer exists.'));
    }
    const current = settingsOf(server);
    const checked = checkSettings(mergeSettings(basis, current, values), current);
    if (!checked.ok) {
      return notSaved(undefined, checked.errors);
    }
    const { settings } = checked;
    const conflicts = findConflicts(basis, current, settings);
    if (conflicts.length > 0) {
      // The question may be open for long. Later changes need another question; those that it showed do not.
      onDidAsk(true);
      const isConfirmed = await this.#confirmOverwrite(server.name, conflicts);
      onDidAsk(false);
      return isConfirmed
        ? this.save(ref, { ...save, values: settings, basis: current }, onDidAsk)
        : notSaved(undefined);
    }
    const outcome = await actions.replace(ref, settings, changedSettings(current, settings));
    return isSaved(outcome, settings) ? { type: 'saved' } : toAnswer(outcome, server.name);
  }

  #confirmOverwrite(name: string, conflicts: readonly Conflict[]): Promise<boolean> {
    const lines = conflicts.map(({ field, current, wanted }) =>
      vscode.l10n.t(
        '{0}: now {1}, yours {2}',
        settingLabel(field),
        valueText(current),
        valueText(wanted),
      ),
    );
    return this.#options.messages.confirm({
      message: vscode.l10n.t(
        '"{0}" was changed elsewhere since you started editing. Overwrite?',
        name,
      ),
      detail: lines.join('\n'),
      confirm: vscode.l10n.t('Overwrite'),
    });
  }
}

function isSaved(outcome: ActionOutcome, settings: ServerSettings): boolean {
  if (outcome.kind === 'unclear') {
    return typeof outcome.seen === 'object' && isSameSettings(settingsOf(outcome.seen), settings);
  }
  return outcome.kind === 'done';
}

function toAnswer(outcome: ActionOutcome, name: string): Answer {
  const { text } = describeOutcome(outcome, 'rename', name);
  if (outcome.kind !== 'refused') {
    return notSaved(text);
  }
  const { errors, hasOthers } = toFieldErrors(outcome.error, settingsFieldNames);
  return notSaved(
    hasOthers || outcome.error.serverMessage !== undefined ? text : undefined,
    errors,
  );
}
