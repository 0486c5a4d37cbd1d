import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import type { ServerRef } from '../core/refs.ts';
import type { ServerSettings } from '../core/requests.ts';
import { errorText } from '../host/errorText.ts';
import type { Messages } from '../host/messages.ts';
import type { DetailsFromWebview, DetailsToWebview } from '../protocol/details.ts';
import type { ActionOutcome, ServerActions } from '../state/serverActions.ts';
import type { Sessions } from '../state/sessions.ts';
import { settingsOf } from './detailsState.ts';
import { settingsFieldNames, splitFieldErrors } from './fieldErrors.ts';
import { checkSettings, findConflicts, hasSettings } from './settingsCheck.ts';
import type { Conflict } from './settingsCheck.ts';
import { settingLabel, validationTexts } from './sharedTexts.ts';

type Save = Extract<DetailsFromWebview, { type: 'save' }>;
type Answer = Extract<DetailsToWebview, { type: 'saved' | 'notSaved' }>;

export interface SettingsSaverOptions {
  readonly sessions: Sessions;
  readonly actions: ServerActions;
  readonly messages: Messages;
  /** An outcome in words; the same ones as for the commands. */
  readonly describe: (outcome: ActionOutcome, name: string) => string;
}

const notSaved = (message: string | undefined, errors: Extract<Answer, { type: 'notSaved' }>['errors'] = {}): Answer => ({
  type: 'notSaved',
  message,
  errors,
});

function valueText(value: string | boolean): string {
  if (typeof value === 'boolean') {
    return value ? vscode.l10n.t('on') : vscode.l10n.t('off');
  }
  return value === '' ? vscode.l10n.t('empty') : `"${value}"`;
}

/** "Save Changes": checks again, asks before it overwrites what somebody else changed meanwhile, and puts all three (endpoint 4). */
export class SettingsSaver {
  readonly #options: SettingsSaverOptions;

  constructor(options: SettingsSaverOptions) {
    this.#options = options;
  }

  async save(ref: ServerRef, save: Save): Promise<Answer> {
    const { values, basis } = save;
    const { sessions, actions, describe } = this.#options;
    const session = sessions.get(ref.accountId);
    if (!session) {
      return notSaved(vscode.l10n.t('This account was signed out.'));
    }
    let server;
    try {
      // What is known may be older than what another window or person did a moment ago.
      server = await session.loadServer(ref.serverId);
    } catch (error) {
      return notSaved(vscode.l10n.t('{0} Nothing was saved.', errorText(AppError.from(error))));
    }
    if (!server) {
      return notSaved(vscode.l10n.t('This server does not exist any more.'));
    }
    const now = settingsOf(server);
    const checked = checkSettings(values, now);
    if (!checked.ok) {
      const texts = validationTexts();
      const { name, hostname } = checked.errors;
      return notSaved(undefined, {
        ...(name === undefined ? {} : { name: texts[name] }),
        ...(hostname === undefined ? {} : { hostname: texts[hostname] }),
      });
    }
    const { settings } = checked;
    const conflicts = findConflicts(basis, now, settings);
    if (conflicts.length > 0) {
      // The question may be open for long: what changed since then is asked about anew, what it showed is not.
      return (await this.#mayOverwrite(server.name, conflicts)) ? this.save(ref, { ...save, basis: now }) : notSaved(undefined);
    }
    const outcome = await actions.replace(ref, settings);
    return isSaved(outcome, settings) ? { type: 'saved' } : explain(outcome, describe(outcome, server.name));
  }

  #mayOverwrite(name: string, conflicts: readonly Conflict[]): Promise<boolean> {
    const lines = conflicts.map(({ field, now, wanted }) =>
      vscode.l10n.t('{0}: now {1}, yours {2}', settingLabel(field), valueText(now), valueText(wanted)),
    );
    return this.#options.messages.confirm({
      message: vscode.l10n.t('"{0}" was changed elsewhere since you began to edit. Overwrite?', name),
      detail: lines.join('\n'),
      confirm: vscode.l10n.t('Overwrite'),
    });
  }
}

function isSaved(outcome: ActionOutcome, settings: ServerSettings): boolean {
  if (outcome.kind === 'unclear') {
    return typeof outcome.seen === 'object' && hasSettings(settingsOf(outcome.seen), settings);
  }
  return outcome.kind === 'done';
}

function explain(outcome: ActionOutcome, text: string): Answer {
  if (outcome.kind !== 'refused') {
    return notSaved(text);
  }
  const { errors, hasRest } = splitFieldErrors(outcome.error, settingsFieldNames);
  return notSaved(hasRest || outcome.error.serverMessage !== undefined ? text : undefined, errors);
}
