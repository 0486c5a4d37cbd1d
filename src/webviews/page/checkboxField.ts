import { el, setText, show } from './dom.ts';
import { makeErrorSlot } from './errorSlot.ts';
import type { Field } from './field.ts';

export interface CheckboxField extends Field {
  readonly input: HTMLInputElement;
  setHint(text: string | undefined): void;
}

/** A checkbox with its label beside it, and a hint below. */
export function makeCheckboxField(
  id: string,
  label: string,
  onChange: (isChecked: boolean) => void,
): CheckboxField {
  const hint = el('p', { class: 'field-hint', id: `${id}-hint`, hidden: true });
  const input = el('input', {
    id,
    type: 'checkbox',
    class: 'checkbox',
    'aria-describedby': hint.id,
  });
  input.addEventListener('change', () => onChange(input.checked));
  const error = makeErrorSlot(id, [input]);
  const element = el(
    'div',
    { class: 'field' },
    el('label', { class: 'checkbox-label', for: id }, input, label),
    hint,
    error.element,
  );
  return {
    element,
    label,
    input,
    focus: () => input.focus(),
    setHint(text) {
      setText(hint, text ?? '');
      show(hint, text !== undefined);
    },
    setError: (text) => error.set(text),
  };
}
