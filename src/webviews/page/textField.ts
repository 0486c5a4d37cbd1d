import * as l10n from '@vscode/l10n';
import { makeButton } from './button.ts';
import { el, setText, show } from './dom.ts';
import type { Field } from './field.ts';
import { makeErrorSlot } from './errorSlot.ts';
import { fieldHint, labelContent } from './label.ts';

export interface TextField extends Field {
  readonly input: HTMLInputElement;
  /** Sets the text if it differs, so that the caret does not move otherwise. */
  setValue(value: string): void;
}

interface TextFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly isNumber?: boolean;
  /** Shown after the hint. */
  readonly link?: HTMLElement;
  /** Suggestions while typing. */
  readonly suggestions?: HTMLDataListElement;
  /** A correction of the value, offered below the field as a button; undefined if there is none. */
  readonly suggest?: (value: string) => string | undefined;
  readonly onInput: (value: string) => void;
}

/** A text field with a label, an optional hint and an error message. */
export function makeTextField(options: TextFieldOptions): TextField {
  const { id, label, hint, isRequired = false, isNumber = false, suggestions, onInput } = options;
  const input = el('input', {
    id,
    type: 'text',
    class: isNumber ? 'input input-short' : 'input',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    inputmode: isNumber ? 'numeric' : undefined,
    list: suggestions?.id,
    'aria-required': isRequired ? 'true' : undefined,
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
  });
  const correction = makeButton('secondary', '', () => {
    if (input.readOnly) {
      return;
    }
    input.value = correction.value;
    onInput(input.value);
    showCorrection();
    // Last, because the page may redraw its fields when the focus moves.
    input.focus();
  });
  const showCorrection = (): void => {
    const value = options.suggest?.(input.value);
    show(correction, value !== undefined);
    correction.value = value ?? '';
    setText(correction, value === undefined ? '' : l10n.t('Use {0}', value));
  };
  showCorrection();
  input.addEventListener('input', () => {
    onInput(input.value);
    showCorrection();
  });
  const error = makeErrorSlot(id, [input]);
  const element = el(
    'div',
    { class: 'field' },
    el('label', { class: 'field-label', for: id }, ...labelContent(label, isRequired)),
    ...(hint === undefined ? [] : [fieldHint(id, hint, options.link)]),
    input,
    ...(suggestions ? [suggestions] : []),
    // Above the error, which appears when the field loses the focus and would move the button away during the click.
    ...(options.suggest ? [el('div', { class: 'field-correction' }, correction)] : []),
    error.element,
  );
  return {
    element,
    input,
    focus: () => input.focus(),
    label,
    setError: (text, warning) => error.set(text, warning),
    setValue(value) {
      if (input.value !== value) {
        input.value = value;
        showCorrection();
      }
    },
  };
}
