import { el } from './dom.ts';
import type { Child } from './dom.ts';

/** The hint of a field, with an optional link, which is no part of the description for screen readers. */
export function fieldHint(fieldId: string, text: string, link?: HTMLElement): HTMLElement {
  return el(
    'p',
    { class: 'field-hint' },
    el('span', { id: `${fieldId}-hint` }, text),
    ...(link ? [' ', link] : []),
  );
}

/** Content of a field's label. Screen readers ignore the star, because the field has `aria-required`. */
export function labelContent(text: string, isRequired: boolean): Child[] {
  return isRequired
    ? [text, el('span', { class: 'required-mark', 'aria-hidden': 'true' }, '*')]
    : [text];
}
