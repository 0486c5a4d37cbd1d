import { el, setAttributes, setText } from './dom.ts';
import type { Child } from './dom.ts';

type ButtonLook = 'primary' | 'secondary' | 'link' | 'icon';

/** A button in VS Code's style. `submit` submits its form, which Enter in a field then does too. */
export function makeButton(
  look: ButtonLook,
  content: Child,
  onClick: (() => void) | 'submit',
  label?: string,
): HTMLButtonElement {
  const type = onClick === 'submit' ? 'submit' : 'button';
  const button = el(
    'button',
    { type, class: `button button-${look}`, 'aria-label': label, title: label },
    content,
  );
  if (onClick !== 'submit') {
    button.addEventListener('click', onClick);
  }
  return button;
}

/**
 * Marks a button as busy. It is not `disabled`, so that it keeps the focus and screen readers announce the result. Its
 * listeners must ignore clicks while it is busy.
 */
export function setBusy(button: HTMLButtonElement, isBusy: boolean, text: string): void {
  setAttributes(button, { 'aria-disabled': isBusy ? 'true' : undefined });
  setText(button, text);
}
