import { el } from './dom.ts';
import { makeErrorSlot } from './errorSlot.ts';
import type { Field } from './field.ts';

export interface CheckboxField extends Field {
  readonly input: HTMLInputElement;
}

/** A checkbox with its label beside it. */
export function makeCheckboxField(
  id: string,
  label: string,
  onChange: (isChecked: boolean) => void,
): CheckboxField {
  const input = el('input', { id, type: 'checkbox', class: 'checkbox' });
  input.addEventListener('change', () => onChange(input.checked));
  const error = makeErrorSlot(id, [input]);
  const element = el(
    'div',
    { class: 'field' },
    el('label', { class: 'checkbox-label', for: id }, input, label),
    error.element,
  );
  return { element, label, input, focus: () => input.focus(), setError: (text) => error.set(text) };
}
