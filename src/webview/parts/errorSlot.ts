import { el, setAttributes, setText, show } from '../dom.ts';
import { errorIcon } from '../icons.ts';

/** The place for what is wrong with a field, right below it. */
export interface ErrorSlot {
  readonly element: HTMLElement;
  /** @param text undefined: nothing is wrong */
  set(text: string | undefined): void;
}

/** @param controls whose state says that they are wrong, and whose description is the error beside what they had already */
export function makeErrorSlot(id: string, controls: readonly HTMLElement[]): ErrorSlot {
  const words = el('span');
  // High contrast has no colour for errors: the sign tells it from a field.
  const element = el('p', { class: 'field-error', id: `${id}-error`, hidden: true }, errorIcon(), words);
  const described = controls.map((control) => ({ control, hint: control.getAttribute('aria-describedby') ?? undefined }));
  return {
    element,
    set(text) {
      setText(words, text ?? '');
      show(element, text !== undefined);
      for (const { control, hint } of described) {
        const description = [hint, text === undefined ? undefined : element.id].filter(Boolean).join(' ');
        setAttributes(control, { 'aria-describedby': description === '' ? undefined : description });
        // A group or a radio button cannot be invalid by itself; its description tells.
        if (control.matches('input:not([type=radio]), select')) {
          setAttributes(control, { 'aria-invalid': text === undefined ? undefined : 'true' });
        }
      }
    },
  };
}
