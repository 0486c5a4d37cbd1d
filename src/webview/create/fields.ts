import type { CreateField, CreateValues } from '../../core/createForm.ts';
import type { CreateState, CreateTextKey } from '../../protocol/create.ts';
import type { Texts } from '../../protocol/texts.ts';
import { arrange, el, show } from '../dom.ts';
import type { Numbers } from '../numbers.ts';
import { makeCheckboxField } from '../parts/checkboxField.ts';
import { makeChoiceField } from '../parts/choiceField.ts';
import type { Field } from '../parts/field.ts';
import { makeTextField } from '../parts/textField.ts';
import { makePlanField } from './planField.ts';

export interface CreateFieldsState {
  readonly state: CreateState;
  readonly values: CreateValues;
  readonly typed: ReadonlySet<CreateField>;
}

export interface CreateFields {
  /** By name, in the order of the form. */
  readonly byName: Readonly<Record<CreateField, Field>>;
  /** Where the next thing to fill in is, for somebody who comes back to the form. */
  update(state: CreateFieldsState): void;
}

/** Whether a value has to be typed: so chosen, or there is nothing to choose from, or it is none of the choices. */
export function isTyped(value: string, choices: readonly string[], isOther: boolean, isLoading: boolean): boolean {
  return isOther || (!isLoading && (choices.length === 0 || (value !== '' && !choices.includes(value))));
}

/** The fields of the form, empty. */
export function makeCreateFields(
  texts: Texts<CreateTextKey>,
  numbers: Numbers,
  onChange: (field: CreateField, value: string | boolean, isOther?: boolean) => void,
): CreateFields {
  const keys = el('datalist', { id: 'ssh-keys' });
  const account = makeChoiceField({
    ...{ id: 'account', label: texts.account, isRequired: true },
    onChange: (value) => onChange('accountId', value),
  });
  const name = makeTextField({
    ...{ id: 'name', label: texts.name, hint: texts.nameHint, isRequired: true },
    onInput: (value) => onChange('name', value),
  });
  const location = makeChoiceField({
    ...{ id: 'location', label: texts.location, isRequired: true, placeholder: texts.choose },
    other: { option: texts.other, label: texts.otherLocation, isNumber: false },
    onChange: (value, isOther) => onChange('location', value, isOther),
  });
  const plan = makePlanField(texts, numbers, (value, isOther) => onChange('planId', value, isOther));
  const system = makeChoiceField({
    ...{ id: 'os', label: texts.operatingSystem, isRequired: true, placeholder: texts.choose },
    other: { option: texts.other, label: texts.otherOperatingSystem, isNumber: true },
    onChange: (value, isOther) => onChange('osId', value, isOther),
  });
  const hostname = makeTextField({
    ...{ id: 'hostname', label: texts.hostname, hint: texts.hostnameHint },
    onInput: (value) => onChange('hostname', value),
  });
  const sshKey = makeTextField({
    ...{ id: 'ssh-key', label: texts.sshKeyId, hint: texts.sshKeyHint, isNumber: true, suggestions: keys },
    onInput: (value) => onChange('sshKeyId', value),
  });
  const backups = makeCheckboxField('backups', texts.backups, (isChecked) => onChange('backupsEnabled', isChecked));

  return {
    byName: {
      accountId: account,
      name,
      location,
      planId: plan,
      osId: system,
      hostname,
      sshKeyId: sshKey,
      backupsEnabled: backups,
    },
    update({ state, values, typed }) {
      const { choices, accounts } = state;
      const isLoading = state.phase === 'loading';
      const choose = (field: 'location' | 'osId', offered: CreateState['choices']['locations']) => {
        const value = values[field];
        const isOther = isTyped(value, offered.map((choice) => choice.value), typed.has(field), isLoading);
        // Until the choices are there, what the form began with stands for itself.
        const isMissing = !isOther && value !== '' && !offered.some((choice) => choice.value === value);
        return { value, isTyped: isOther, choices: isMissing ? [...offered, { value, label: value }] : offered };
      };
      show(account.element, accounts.length > 1);
      account.update({ choices: accounts, value: values.accountId, isTyped: false });
      name.setValue(values.name);
      location.update(choose('location', choices.locations));
      plan.update({
        ...{ plans: choices.plans, values, isLoading },
        isTyped: isTyped(values.planId, choices.plans.map(({ id }) => id), typed.has('planId'), isLoading),
      });
      system.update(choose('osId', choices.operatingSystems));
      hostname.setValue(values.hostname);
      sshKey.setValue(values.sshKeyId);
      arrange(keys, choices.sshKeyIds.map((id) => el('option', { value: id })));
      backups.input.checked = values.backupsEnabled;
    },
  };
}
