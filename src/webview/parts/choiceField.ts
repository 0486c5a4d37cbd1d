import type { Choice } from '../../protocol/create.ts';
import { el, setAttributes, show } from '../dom.ts';
import { makeErrorSlot } from './errorSlot.ts';
import type { Field } from './field.ts';
import { labelContent } from './label.ts';

export interface ChoiceFieldState {
  readonly choices: readonly Choice[];
  readonly value: string;
  /** "Other..." is chosen: the value is typed. */
  readonly isTyped: boolean;
}

export interface ChoiceField extends Field {
  update(state: ChoiceFieldState): void;
}

interface ChoiceFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: boolean;
  /** Without it there is nothing but the choices. */
  readonly other?: { readonly option: string; readonly label: string; readonly isNumber: boolean };
  /** Stands for "nothing chosen yet". */
  readonly placeholder?: string;
  readonly onChange: (value: string, isTyped: boolean) => void;
}

/** A list to choose from, which can be left for a field to type in: what VPS.org does not list may exist all the same. */
export function makeChoiceField(options: ChoiceFieldOptions): ChoiceField {
  const { id, label, isRequired = false, other, placeholder, onChange } = options;
  const select = el('select', { id, class: 'select', 'aria-required': isRequired ? 'true' : undefined });
  const input = el('input', {
    ...{ id: `${id}-other`, type: 'text', class: other?.isNumber ? 'input input-short' : 'input' },
    ...{ autocomplete: 'off', spellcheck: 'false', inputmode: other?.isNumber ? 'numeric' : undefined },
    'aria-required': isRequired ? 'true' : undefined,
  });
  const typed = el(
    'div',
    { class: 'field-other', hidden: true },
    el('label', { class: 'field-sublabel', for: input.id }, other?.label ?? ''),
    input,
  );
  const otherOption = el('option', {}, other?.option ?? '');
  const error = makeErrorSlot(id, [select, input]);
  select.addEventListener('change', () => {
    const isTyped = otherOption.selected;
    onChange(isTyped ? input.value : select.value, isTyped);
  });
  input.addEventListener('input', () => onChange(input.value, true));

  let drawn: string | undefined;
  const drawOptions = (choices: readonly Choice[]): void => {
    const key = JSON.stringify(choices);
    if (key === drawn) {
      return;
    }
    drawn = key;
    select.replaceChildren(
      ...(placeholder === undefined ? [] : [el('option', { value: '' }, placeholder)]),
      ...choices.map((choice) => el('option', { value: choice.value }, choice.label)),
      ...(other ? [otherOption] : []),
    );
  };

  return {
    element: el(
      'div',
      { class: 'field' },
      el('label', { class: 'field-label', for: id }, ...labelContent(label, isRequired)),
      el('span', { class: 'select-box' }, select),
      typed,
      error.element,
    ),
    focus: () => (typed.hidden ? select : input).focus(),
    setError(text) {
      error.set(text);
      // Only one of the two holds the value, so only one of the two can be wrong.
      setAttributes(typed.hidden ? input : select, { 'aria-invalid': undefined });
    },
    update({ choices, value, isTyped }) {
      drawOptions(choices);
      if (isTyped) {
        otherOption.selected = true;
      } else {
        select.value = value;
      }
      show(typed, isTyped);
      if (isTyped && input.value !== value) {
        input.value = value;
      }
    },
  };
}
