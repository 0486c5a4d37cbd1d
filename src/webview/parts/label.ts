import { el } from '../dom.ts';
import type { Child } from '../dom.ts';

/** The name of a field. The star is for the eyes; the field itself says that it is required. */
export function labelContent(text: string, isRequired: boolean): Child[] {
  return isRequired ? [text, el('span', { class: 'required-mark', 'aria-hidden': 'true' }, '*')] : [text];
}
