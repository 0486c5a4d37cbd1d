import type { Choice } from '../../core/choice.ts';
import { el, setAttributes, show } from './dom.ts';
import { makeErrorSlot } from './errorSlot.ts';
import type { Field } from './field.ts';
import { fieldHint, labelContent } from './label.ts';

export interface ChoiceFieldState {
  readonly choices: readonly Choice[];
  readonly value: string;
  /** Whether "Other..." is selected, so that the value is typed. */
  readonly isTyped: boolean;
}

export interface ChoiceField extends Field {
  update(state: ChoiceFieldState): void;
}

interface ChoiceFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly isRequired?: boolean;
  /** The option that allows typing. Without it, only the choices can be selected. */
  readonly other?: {
    readonly option: string;
    readonly label: string;
    readonly isNumber: boolean;
    /** Where the typed value comes from. */
    readonly hint?: string;
    /** Shown after the hint. */
    readonly link?: HTMLElement;
  };
  /** Shown while nothing is selected. */
  readonly placeholder?: string;
  readonly onChange: (value: string, isTyped: boolean) => void;
}

/** A list with an optional text field for values that are not listed, because VPS.org may accept more than it lists. */
export function makeChoiceField(options: ChoiceFieldOptions): ChoiceField {
  const { id, label, isRequired = false, other, placeholder, onChange } = options;
  const select = el('select', {
    id,
    class: 'select',
    'aria-required': isRequired ? 'true' : undefined,
  });
  const input = el('input', {
    id: `${id}-other`,
    type: 'text',
    class: other?.isNumber ? 'input input-short' : 'input',
    autocomplete: 'off',
    spellcheck: 'false',
    inputmode: other?.isNumber ? 'numeric' : undefined,
    'aria-required': isRequired ? 'true' : undefined,
    'aria-describedby': other?.hint === undefined ? undefined : `${id}-hint`,
  });
  const typed = el(
    'div',
    { class: 'field-other', hidden: true },
    el('label', { class: 'field-sublabel', for: input.id }, other?.label ?? ''),
    ...(other?.hint === undefined ? [] : [fieldHint(id, other.hint, other.link)]),
    input,
  );
  const otherOption = el('option', {}, other?.option ?? '');
  const error = makeErrorSlot(id, [select, input]);
  select.addEventListener('change', () => {
    const isTyped = otherOption.selected;
    onChange(isTyped ? input.value : select.value, isTyped);
  });
  input.addEventListener('input', () => onChange(input.value, true));

  let renderedKey: string | undefined;
  const renderOptions = (choices: readonly Choice[]): void => {
    const key = JSON.stringify(choices);
    if (key === renderedKey) {
      return;
    }
    renderedKey = key;
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
    label,
    focus: () => (typed.hidden ? select : input).focus(),
    setError(text) {
      error.set(text);
      // Only the visible one has the value, so only that one can be invalid.
      setAttributes(typed.hidden ? input : select, { 'aria-invalid': undefined });
    },
    update({ choices, value, isTyped }) {
      renderOptions(choices);
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
