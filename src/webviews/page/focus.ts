/**
 * Moves the focus to another element before `from` is disabled or hidden, so that it is not lost. If the page itself has no
 * focus, it waits until it does: VS Code may be showing a question.
 */
export function passFocusOn(from: Element, to: HTMLElement): void {
  if (!from.contains(document.activeElement)) {
    return;
  }
  focusOnArrival(() => to.focus());
}

/**
 * Moves the focus now or, while the page itself has no focus, when it gets it and nothing in it is focused. It never takes
 * the focus from another editor.
 */
export function focusOnArrival(focus: () => void): void {
  if (document.hasFocus()) {
    focus();
    return;
  }
  const onArrival = (): void => {
    if (document.activeElement === document.body) {
      focus();
    }
  };
  window.addEventListener('focus', onArrival, { once: true });
}

/**
 * Moves the focus only if the page has it. For changes that the person did not cause: somebody who went to another editor
 * must not be interrupted.
 */
export function focusIfHere(focus: () => void): void {
  if (document.hasFocus()) {
    focus();
  }
}

/**
 * Delays changes of the layout while a mouse button is down. Otherwise the button that the person is clicking could move
 * away from the pointer.
 */
export function makePressGuard(): (change: () => void) => void {
  let isPressed = false;
  const delayed: (() => void)[] = [];
  const release = (): void => {
    isPressed = false;
    // `click` fires after `pointerup`.
    setTimeout(() => {
      for (const change of delayed.splice(0)) {
        change();
      }
    });
  };
  window.addEventListener('pointerdown', () => (isPressed = true), { capture: true });
  window.addEventListener('pointerup', release, { capture: true });
  window.addEventListener('pointercancel', release, { capture: true });
  return (change) => {
    if (isPressed) {
      delayed.push(change);
    } else {
      change();
    }
  };
}
