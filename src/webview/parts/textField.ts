import { el } from '../dom.ts';
import type { Field } from './field.ts';
import { makeErrorSlot } from './errorSlot.ts';
import { labelContent } from './label.ts';

export interface TextField extends Field {
  readonly input: HTMLInputElement;
  /** Replaces the text where it differs: the caret of a text that is right already stays where it is. */
  setValue(value: string): void;
}

interface TextFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly isNumber?: boolean;
  /** Offered while typing. */
  readonly suggestions?: HTMLDataListElement;
  readonly onInput: (value: string) => void;
}

/** A line of text with its name above it, and below it what is wrong. */
export function makeTextField(options: TextFieldOptions): TextField {
  const { id, label, hint, isRequired = false, isNumber = false, suggestions, onInput } = options;
  const input = el('input', {
    ...{ id, type: 'text', class: isNumber ? 'input input-short' : 'input', autocomplete: 'off', autocapitalize: 'off' },
    ...{ spellcheck: 'false', inputmode: isNumber ? 'numeric' : undefined, list: suggestions?.id },
    'aria-required': isRequired ? 'true' : undefined,
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
  });
  input.addEventListener('input', () => onInput(input.value));
  const error = makeErrorSlot(id, [input]);
  const element = el(
    'div',
    { class: 'field' },
    el('label', { class: 'field-label', for: id }, ...labelContent(label, isRequired)),
    ...(hint === undefined ? [] : [el('p', { class: 'field-hint', id: `${id}-hint` }, hint)]),
    input,
    ...(suggestions ? [suggestions] : []),
    error.element,
  );
  return {
    element,
    input,
    focus: () => input.focus(),
    setError: (text) => error.set(text),
    setValue(value) {
      if (input.value !== value) {
        input.value = value;
      }
    },
  };
}
