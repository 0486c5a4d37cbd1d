import { checkHostname, checkName } from '../../core/validation.ts';
import type { DetailsState, SettingsField, SettingsValues } from '../../protocol/details.ts';
import { hostnameTextKeys, nameTextKeys } from '../../protocol/texts.ts';
import { el, setText, show } from '../dom.ts';
import { focusIfHere, passFocusOn } from '../focus.ts';
import { makeBanner } from '../parts/banner.ts';
import { makeButton, setBusy } from '../parts/button.ts';
import { makeCheckboxField } from '../parts/checkboxField.ts';
import { makeTextField } from '../parts/textField.ts';
import type { DetailsContext } from './context.ts';
import { edit, follow, isOutrun } from './draft.ts';

type Errors = Readonly<Partial<Record<SettingsField, string>>>;

export interface SettingsForm {
  readonly element: HTMLElement;
  update(state: DetailsState): void;
  saved(): void;
  notSaved(message: string | undefined, errors: Errors): void;
}

/** Name, host name and backups. Follows the server until the person changes something, and keeps that until it is saved. */
export function makeSettingsForm(context: DetailsContext): SettingsForm {
  const { texts, post, keepDraft } = context;
  let state: DetailsState | undefined;
  let draft = context.draft;
  let isKnown = false;
  let isSaving = false;
  /** The server's words about what was sent last; those about a field go when the field is edited. */
  let refused: Errors = {};

  const change = (values: Partial<SettingsValues>): void => {
    if (!state) {
      return;
    }
    draft = edit(draft, state.settings, values);
    refused = Object.fromEntries(Object.entries(refused).filter(([field]) => !Object.hasOwn(values, field)));
    setText(outcome, '');
    failure.set(undefined);
    keepDraft(draft);
    render(state);
  };
  const name = makeTextField({ id: 'name', label: texts.name, onInput: (text) => change({ name: text }) });
  const hostname = makeTextField({ id: 'hostname', label: texts.hostname, onInput: (text) => change({ hostname: text }) });
  const backups = makeCheckboxField('backups', texts.backups, (isChecked) => change({ backupsEnabled: isChecked }));
  // A box cannot be made read-only.
  backups.input.addEventListener('click', (event) => {
    if (isSaving) {
      event.preventDefault();
    }
  });
  const backupsNote = el('p', { class: 'field-hint' }, texts.notKnown);
  backups.element.append(backupsNote);
  const fields = { name, hostname, backupsEnabled: backups } as const;

  const save = makeButton('primary', texts.save, 'submit');
  const revert = makeButton('secondary', texts.revert, () => {
    draft = undefined;
    stopComplaining();
    keepDraft(draft);
    name.focus();
    if (state) {
      render(state);
    }
  });
  const changedElsewhere = makeBanner('info', 'status');
  const failure = makeBanner('error', 'alert');
  const outcome = el('p', { class: 'outcome', role: 'status' });
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
    el('div', { class: 'buttons' }, save, revert, outcome),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  function stopComplaining(): void {
    refused = {};
    failure.set(undefined);
    setText(outcome, '');
  }

  function problemsOf(values: SettingsValues, { settings }: DetailsState): Errors {
    // What VPS.org has already may stay, whatever the rules say here; the host holds the same.
    const isChanged = (field: 'name' | 'hostname'): boolean => values[field].trim() !== settings[field];
    const errors: { name?: string; hostname?: string } = {};
    const checkedName = checkName(values.name);
    if (!checkedName.ok && isChanged('name')) {
      errors.name = texts[nameTextKeys[checkedName.problem]];
    }
    const checkedHostname = checkHostname(values.hostname);
    if (!checkedHostname.ok && isChanged('hostname')) {
      errors.hostname = texts[hostnameTextKeys[checkedHostname.problem]];
    }
    return errors;
  }

  function render(now: DetailsState): void {
    const values = draft?.values ?? now.settings;
    name.setValue(values.name);
    hostname.setValue(values.hostname);
    backups.input.checked = values.backupsEnabled === true;
    backups.input.disabled = values.backupsEnabled === undefined;
    show(backupsNote, values.backupsEnabled === undefined);
    const errors = { ...problemsOf(values, now), ...refused };
    for (const [field, control] of Object.entries(fields)) {
      control.setError(errors[field as SettingsField]);
    }
    name.input.readOnly = hostname.input.readOnly = isSaving;

    const isDead = now.gone !== undefined || !isKnown;
    group.disabled = isDead;
    const canSave = !isDead && now.actions.save && draft !== undefined && values.backupsEnabled !== undefined;
    if (!canSave && !isSaving) {
      passFocusOn(save, name.input);
    }
    save.disabled = !canSave && !isSaving;
    setBusy(save, isSaving, isSaving ? texts.saving : texts.save);
    const canRevert = draft !== undefined && !isDead && !isSaving;
    if (!canRevert) {
      passFocusOn(revert, name.input);
    }
    show(revert, canRevert);
    changedElsewhere.set(!isDead && !isSaving && isOutrun(draft, now.settings) ? texts.changedElsewhere : undefined);
  }

  function focusFirst(errors: Errors): void {
    const first = Object.entries(fields).find(([field]) => errors[field as SettingsField] !== undefined);
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
      refused = {};
      failure.set(undefined);
      post({
        type: 'save',
        values: { name: values.name.trim(), hostname: values.hostname.trim(), backupsEnabled: values.backupsEnabled },
        basis,
      });
    }
    render(state);
    focusFirst(problems);
  }

  return {
    element: el(
      'section',
      { 'aria-labelledby': 'settings-heading' },
      el('h2', { id: 'settings-heading' }, texts.settingsHeading),
      form,
    ),
    update(next) {
      // After a reload of the window, or a sign-out, nothing is known of the server: what was last known stays to read.
      isKnown = next.settings.name !== '';
      state = isKnown || !state ? next : { ...next, settings: state.settings };
      if (isKnown) {
        draft = follow(draft, next.settings);
      }
      keepDraft(draft);
      render(state);
    },
    saved() {
      isSaving = false;
      draft = undefined;
      stopComplaining();
      keepDraft(draft);
      setText(outcome, texts.saved);
      if (state) {
        render(state);
      }
    },
    notSaved(message, errors) {
      isSaving = false;
      refused = errors;
      failure.set(message);
      if (state) {
        render(state);
      }
      focusIfHere(() => focusFirst(errors));
    },
  };
}
