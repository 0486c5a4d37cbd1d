import * as l10n from '@vscode/l10n';
import type { SettingsField, SettingsValues } from '../../../core/serverSettings.ts';
import { checkHostname, checkName, toAsciiHostname } from '../../../core/validation.ts';
import { backupsPriceText } from '../../../text/prices.ts';
import { hostnameProblemText, nameProblemText } from '../../../text/validation.ts';
import type {
  DetailsDraft,
  DetailsFromWebview,
  DetailsState,
  SettingsErrors,
} from '../protocol.ts';
import type { Announcer } from '../../page/announcer.ts';
import { makeBanner } from '../../page/banner.ts';
import { makeButton, setBusy } from '../../page/button.ts';
import { makeCheckboxField } from '../../page/checkboxField.ts';
import { el, setText, show } from '../../page/dom.ts';
import { focusIfHere, passFocusOn } from '../../page/focus.ts';
import { makeTextField } from '../../page/textField.ts';
import { edit, follow, isOutdated } from './settingsDraft.ts';

export interface SettingsFormOptions {
  /** Unsaved changes from before the page was hidden, the window reloaded or the tab was closed. */
  readonly draft: DetailsDraft | undefined;
  /** Whether the draft is from a tab that was closed. */
  readonly isReopened: boolean;
  readonly persistDraft: (draft: DetailsDraft | undefined) => void;
  readonly post: (message: DetailsFromWebview) => void;
}

export interface SettingsForm {
  readonly element: HTMLElement;
  update(state: DetailsState): void;
  /** Shows the server's settings again. */
  discard(): void;
  saved(): void;
  notSaved(message: string | undefined, errors: SettingsErrors): void;
}

/** Name, hostname and backups. Shows the server's settings until the person edits them, then the draft until it is saved. */
export function makeSettingsForm(
  { draft: initialDraft, isReopened, persistDraft, post }: SettingsFormOptions,
  announcer: Announcer,
): SettingsForm {
  let state: DetailsState | undefined;
  let draft = initialDraft;
  let isKnown = false;
  let isSaving = false;
  /** The API's messages about the last request, until the field is edited. */
  let rejected: SettingsErrors = {};

  const change = (values: Partial<SettingsValues>): void => {
    if (!state) {
      return;
    }
    draft = edit(draft, state.settings, values);
    rejected = Object.fromEntries(
      Object.entries(rejected).filter(([field]) => !Object.hasOwn(values, field)),
    );
    setText(outcome, '');
    failure.set(undefined);
    persistDraft(draft);
    render(state);
  };
  const name = makeTextField({
    id: 'name',
    label: l10n.t('Name'),
    onInput: (text) => change({ name: text }),
  });
  const hostname = makeTextField({
    id: 'hostname',
    label: l10n.t('Hostname'),
    suggest: toAsciiHostname,
    onInput: (text) => change({ hostname: text }),
  });
  const backups = makeCheckboxField('backups', l10n.t('Automatic backups'), (isChecked) => {
    change({ backupsEnabled: isChecked });
    if (state) {
      announcer.announce(backupsHint(state) ?? '');
    }
  });
  // Checkboxes cannot be read-only.
  backups.input.addEventListener('click', (event) => {
    if (isSaving) {
      event.preventDefault();
    }
  });
  const fields = { name, hostname, backupsEnabled: backups } as const;

  const save = makeButton('primary', l10n.t('Save Changes'), 'submit');
  const discard = makeButton('secondary', l10n.t('Discard Changes'), () => {
    reset(l10n.t('Changes discarded.'));
    name.focus();
  });
  const changedElsewhere = makeBanner('info', 'status');
  const failure = makeBanner('error', 'alert');
  const outcome = el(
    'p',
    { class: 'outcome', role: 'status' },
    isReopened ? l10n.t('Your unsaved changes were restored.') : '',
  );
  const group = el(
    'fieldset',
    { class: 'plain-fieldset', role: 'none' },
    name.element,
    hostname.element,
    backups.element,
  );
  const form = el(
    'form',
    { novalidate: true, 'aria-labelledby': 'settings-heading' },
    changedElsewhere.element,
    group,
    failure.element,
    el('div', { class: 'buttons' }, save, discard, outcome),
  );
  // A field that was set back to its old value is not edited any more: it shows the current one again.
  form.addEventListener('change', () => {
    if (state && isKnown) {
      draft = follow(draft, state.settings);
      persistDraft(draft);
      render(state);
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  /** Drops the draft and all messages. */
  function reset(result: string): void {
    draft = undefined;
    rejected = {};
    failure.set(undefined);
    setText(outcome, result);
    persistDraft(draft);
    if (state) {
      render(state);
    }
  }

  function problemsOf(values: SettingsValues, { settings }: DetailsState): SettingsErrors {
    // Unchanged values are always valid, as in the host.
    const isChanged = (field: 'name' | 'hostname'): boolean =>
      values[field].trim() !== settings[field].trim();
    const errors: { name?: string; hostname?: string } = {};
    const checkedName = checkName(values.name);
    if (!checkedName.ok && isChanged('name')) {
      errors.name = nameProblemText(checkedName.problem);
    }
    const checkedHostname = checkHostname(values.hostname);
    if (!checkedHostname.ok && isChanged('hostname')) {
      errors.hostname = hostnameProblemText(checkedHostname.problem);
    }
    return errors;
  }

  /** What the checkbox does not say: why it cannot be changed, or that turning it on may cost something. */
  function backupsHint({ settings, isSample }: DetailsState): string | undefined {
    const isOn = (draft?.values ?? settings).backupsEnabled;
    if (isOn === undefined) {
      return l10n.t('Unavailable');
    }
    return isOn && settings.backupsEnabled === false && !isSample ? backupsPriceText() : undefined;
  }

  function render(current: DetailsState): void {
    const values = draft?.values ?? current.settings;
    name.setValue(values.name);
    hostname.setValue(values.hostname);
    backups.input.checked = values.backupsEnabled === true;
    backups.input.disabled = values.backupsEnabled === undefined;
    backups.setHint(backupsHint(current));
    const errors = { ...problemsOf(values, current), ...rejected };
    for (const [field, control] of Object.entries(fields)) {
      control.setError(errors[field as SettingsField]);
    }
    name.input.readOnly = hostname.input.readOnly = isSaving;

    const isDisabled = current.gone !== undefined || current.protection !== undefined || !isKnown;
    group.disabled = isDisabled;
    const canSave =
      !isDisabled &&
      current.actions.save &&
      draft !== undefined &&
      values.backupsEnabled !== undefined;
    if (!canSave && !isSaving) {
      passFocusOn(save, name.input);
    }
    save.disabled = !canSave && !isSaving;
    setBusy(
      save,
      isSaving,
      isSaving && !current.isAsking ? l10n.t('Saving...') : l10n.t('Save Changes'),
    );
    const canDiscard = draft !== undefined && !isDisabled && !isSaving;
    if (!canDiscard) {
      passFocusOn(discard, name.input);
    }
    show(discard, canDiscard);
    changedElsewhere.set(
      !isDisabled && !isSaving && isOutdated(draft, current.settings)
        ? l10n.t('This server was changed elsewhere since you started editing.')
        : undefined,
    );
  }

  function focusFirst(errors: SettingsErrors): void {
    const first = Object.entries(fields).find(
      ([field]) => errors[field as SettingsField] !== undefined,
    );
    first?.[1].focus();
  }

  function submit(): void {
    if (isSaving || !state || !draft) {
      return;
    }
    const { values, basis } = draft;
    const problems = problemsOf(values, state);
    if (Object.keys(problems).length === 0 && values.backupsEnabled !== undefined) {
      isSaving = true;
      rejected = {};
      failure.set(undefined);
      post({
        type: 'save',
        values: {
          name: values.name.trim(),
          hostname: values.hostname.trim(),
          backupsEnabled: values.backupsEnabled,
        },
        basis,
      });
    }
    render(state);
    focusFirst(problems);
    // The focus may have been in the invalid field already, so that nothing else is announced.
    if (Object.keys(problems).length > 0) {
      announcer.announce(Object.values(problems).join(' '));
    }
  }

  return {
    element: el(
      'section',
      { 'aria-labelledby': 'settings-heading' },
      el('h2', { id: 'settings-heading' }, l10n.t('Settings')),
      form,
    ),
    update(next) {
      // After a sign-out or a window reload the server is unknown, so the last known settings stay visible.
      isKnown = next.settings.name !== '';
      state = isKnown || !state ? next : { ...next, settings: state.settings };
      if (isKnown) {
        draft = follow(draft, next.settings);
      }
      persistDraft(draft);
      render(state);
    },
    discard: () => reset(l10n.t('Changes discarded.')),
    saved() {
      isSaving = false;
      reset(l10n.t('Changes saved.'));
    },
    notSaved(message, errors) {
      isSaving = false;
      rejected = errors;
      failure.set(message);
      if (state) {
        render(state);
      }
      focusIfHere(() => focusFirst(errors));
    },
  };
}
