import * as l10n from '@vscode/l10n';
import type { CreateField, CreateValues } from '../../../core/createFields.ts';
import { toAsciiHostname } from '../../../core/validation.ts';
import type { CreateState } from '../protocol.ts';
import { arrange, el, show } from '../../page/dom.ts';
import { makeButton } from '../../page/button.ts';
import { makeCheckboxField } from '../../page/checkboxField.ts';
import { makeChoiceField } from '../../page/choiceField.ts';
import type { Field } from '../../page/field.ts';
import { makeTextField } from '../../page/textField.ts';
import { makePlanField } from './planField.ts';

export interface CreateFieldsState {
  readonly state: CreateState;
  readonly values: CreateValues;
  readonly typed: ReadonlySet<CreateField>;
}

export interface CreateFields {
  readonly byName: Readonly<Record<CreateField, Field>>;
  update(state: CreateFieldsState): void;
}

export interface FieldActions {
  readonly retryPlans: () => void;
  /** Opens the web panel of the account. */
  readonly openPanel: () => void;
}

/** Whether a value is typed: "Other..." is selected, there are no choices, or the value is not one of them. */
function isTyped(
  value: string,
  choices: readonly string[],
  isOther: boolean,
  isLoading: boolean,
): boolean {
  return (
    isOther || (!isLoading && (choices.length === 0 || (value !== '' && !choices.includes(value))))
  );
}

/** Creates the fields of the form. */
export function makeCreateFields(
  onChange: (field: CreateField, value: string | boolean, isOther?: boolean) => void,
  { retryPlans, openPanel }: FieldActions,
): CreateFields {
  const findSystem = makeButton('link', l10n.t('Find Operating Systems on VPS.org'), openPanel);
  const findKey = makeButton('link', l10n.t('Find SSH Keys on VPS.org'), openPanel);
  const keys = el('datalist', { id: 'ssh-keys' });
  const account = makeChoiceField({
    id: 'account',
    label: l10n.t('Account'),
    isRequired: true,
    onChange: (value) => onChange('accountId', value),
  });
  const name = makeTextField({
    id: 'name',
    label: l10n.t('Name'),
    hint: l10n.t('Letters, digits and hyphens.'),
    isRequired: true,
    onInput: (value) => onChange('name', value),
  });
  const location = makeChoiceField({
    id: 'location',
    label: l10n.t('Location'),
    isRequired: true,
    placeholder: l10n.t('Choose...'),
    other: { option: l10n.t('Other...'), label: l10n.t('Location code'), isNumber: false },
    onChange: (value, isOther) => onChange('location', value, isOther),
  });
  const plan = makePlanField((value, isOther) => onChange('planId', value, isOther), retryPlans);
  const system = makeChoiceField({
    id: 'os',
    label: l10n.t('Operating system'),
    isRequired: true,
    placeholder: l10n.t('Choose...'),
    other: {
      option: l10n.t('Other...'),
      label: l10n.t('Operating system ID'),
      isNumber: true,
      hint: l10n.t(
        "VPS.org's API doesn't list operating systems. Those of your servers and IDs that worked before are offered here.",
      ),
      link: findSystem,
    },
    onChange: (value, isOther) => onChange('osId', value, isOther),
  });
  const hostname = makeTextField({
    id: 'hostname',
    label: l10n.t('Hostname'),
    hint: l10n.t('A full domain name, for example web.example.com. Optional.'),
    suggest: toAsciiHostname,
    onInput: (value) => onChange('hostname', value),
  });
  const sshKey = makeTextField({
    id: 'ssh-key',
    label: l10n.t('SSH key ID'),
    hint: l10n.t(
      'ID of an SSH key in your account. Optional. IDs that worked before are suggested here.',
    ),
    link: findKey,
    isNumber: true,
    suggestions: keys,
    onInput: (value) => onChange('sshKeyId', value),
  });
  const backups = makeCheckboxField('backups', l10n.t('Automatic backups'), (isChecked) =>
    onChange('backupsEnabled', isChecked),
  );

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
        const isOther = isTyped(
          value,
          offered.map((choice) => choice.value),
          typed.has(field),
          isLoading,
        );
        // Until the choices are loaded, the initial value is its own label.
        const isMissing =
          !isOther && value !== '' && !offered.some((choice) => choice.value === value);
        return {
          value,
          isTyped: isOther,
          choices: isMissing ? [...offered, { value, label: value }] : offered,
        };
      };
      show(account.element, accounts.length > 1);
      account.update({ choices: accounts, value: values.accountId, isTyped: false });
      name.setValue(values.name);
      location.update(choose('location', choices.locations));
      plan.update({
        plans: choices.plans,
        values,
        list: state.planList,
        isTyped: isTyped(
          values.planId,
          choices.plans.map(({ id }) => id),
          typed.has('planId'),
          isLoading,
        ),
      });
      system.update(choose('osId', choices.operatingSystems));
      hostname.setValue(values.hostname);
      sshKey.setValue(values.sshKeyId);
      arrange(
        keys,
        choices.sshKeyIds.map((id) => el('option', { value: id })),
      );
      show(findSystem, state.hasPanel);
      show(findKey, state.hasPanel);
      backups.input.checked = values.backupsEnabled;
    },
  };
}
