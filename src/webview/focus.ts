/**
 * Hands the focus on before `from` is disabled, which would drop it to nowhere. A page that does not have the focus
 * itself must not take it from VS Code, where a question may be open: it waits until the person comes back.
 */
export function passFocusOn(from: Element, to: HTMLElement): void {
  if (!from.contains(document.activeElement)) {
    return;
  }
  if (document.hasFocus()) {
    to.focus();
    return;
  }
  const onReturn = (): void => {
    if (document.activeElement === document.body) {
      to.focus();
    }
  };
  window.addEventListener('focus', onReturn, { once: true });
}

/**
 * Moves the focus when something happened that the person did not just do: only if the page has it. Somebody who went on
 * to another editor while an answer was on its way keeps typing there.
 */
export function focusIfHere(focus: () => void): void {
  if (document.hasFocus()) {
    focus();
  }
}

/**
 * For changes that move what is below them: holds them back while a mouse button is down, or the button that the person is
 * about to click would move away from under the pointer.
 */
export function makePressGuard(): (change: () => void) => void {
  let isPressed = false;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    isPressed = false;
    // The click comes after this.
    setTimeout(() => {
      for (const change of waiting.splice(0)) {
        change();
      }
    });
  };
  window.addEventListener('pointerdown', () => (isPressed = true), { capture: true });
  window.addEventListener('pointerup', release, { capture: true });
  window.addEventListener('pointercancel', release, { capture: true });
  return (change) => {
    if (isPressed) {
      waiting.push(change);
    } else {
      change();
    }
  };
}
