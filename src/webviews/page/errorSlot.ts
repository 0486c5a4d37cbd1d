import { el, setAttributes, setText, show } from './dom.ts';
import { errorIcon, warningIcon } from './icons.ts';

/** The error message below a field, or a warning in its place. */
export interface ErrorSlot {
  readonly element: HTMLElement;
  /**
   * @param error undefined if the value is valid
   * @param warning shown without an error; the value can be used
   */
  set(error: string | undefined, warning?: string): void;
}

/** @param controls are marked as invalid and described by the message, in addition to their hint */
export function makeErrorSlot(id: string, controls: readonly HTMLElement[]): ErrorSlot {
  const words = el('span');
  // High contrast themes have no colour for errors, so the icon marks them.
  const icons = [errorIcon(), warningIcon()] as const;
  const element = el(
    'p',
    { class: 'field-error', id: `${id}-error`, hidden: true },
    ...icons,
    words,
  );
  const described = controls.map((control) => ({
    control,
    hint: control.getAttribute('aria-describedby') ?? undefined,
  }));
  return {
    element,
    set(error, warning) {
      const text = error ?? warning;
      const isWarning = error === undefined;
      setAttributes(icons[0], { hidden: isWarning });
      setAttributes(icons[1], { hidden: !isWarning });
      setAttributes(element, { class: isWarning ? 'field-error field-warning' : 'field-error' });
      setText(words, text ?? '');
      show(element, text !== undefined);
      for (const { control, hint } of described) {
        const description = [hint, text === undefined ? undefined : element.id]
          .filter(Boolean)
          .join(' ');
        setAttributes(control, {
          'aria-describedby': description === '' ? undefined : description,
        });
        // Groups and radio buttons cannot be invalid; they have the description only.
        if (control.matches('input:not([type=radio]), select')) {
          setAttributes(control, { 'aria-invalid': error === undefined ? undefined : 'true' });
        }
      }
    },
  };
}
