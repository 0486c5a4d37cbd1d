import { el, setAttributes, setText } from '../dom.ts';
import type { Child } from '../dom.ts';

type ButtonLook = 'primary' | 'secondary' | 'link' | 'icon';

/** A button that looks like VS Code's own. `submit` sends its form, so that Enter in a field does too. */
export function makeButton(
  look: ButtonLook,
  content: Child,
  onClick: (() => void) | 'submit',
  label?: string,
): HTMLButtonElement {
  const type = onClick === 'submit' ? 'submit' : 'button';
  const button = el('button', { type, class: `button button-${look}`, 'aria-label': label, title: label }, content);
  if (onClick !== 'submit') {
    button.addEventListener('click', onClick);
  }
  return button;
}

/**
 * Shows that a button works on it. Not `disabled`: the person who pressed it keeps the focus, and hears how it ended. What
 * it does must be refused by whoever listens for as long as it is busy.
 */
export function setBusy(button: HTMLButtonElement, isBusy: boolean, text: string): void {
  setAttributes(button, { 'aria-disabled': isBusy ? 'true' : undefined });
  setText(button, text);
}
