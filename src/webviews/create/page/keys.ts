interface EnterActions {
  /** Moves on to the button, or to the first invalid field. */
  readonly review: () => void;
  readonly submit: () => void;
}

/** The keys of the button, for screen readers. */
export const submitKeys = 'Control+Enter Meta+Enter';

/** An Enter this soon after the one that moved on to the button is a second press of the same key, and must not order. */
const secondPressMs = 500;

/** A list that is open takes Enter itself: it chooses from the list. Older browsers do not know the selector. */
function isOpenList(target: HTMLElement): boolean {
  return CSS.supports('selector(:open)') && target.matches('select:open');
}

/**
 * Enter in a field never orders a server, because ordering costs money. It moves on to the button, which takes Enter itself;
 * Ctrl+Enter and Cmd+Enter submit from anywhere in the form.
 */
export function handleEnter(form: HTMLElement, { review, submit }: EnterActions): void {
  let reviewedAt = -Infinity;
  // Whoever comes back to the button means it.
  form.addEventListener('focusout', ({ target }) => {
    if (target instanceof HTMLButtonElement) {
      reviewedAt = -Infinity;
    }
  });
  form.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.key !== 'Enter' || event.isComposing || !(target instanceof HTMLElement)) {
      return;
    }
    if (event.repeat) {
      // The key may still be held down from the field that the focus came from.
      event.preventDefault();
    } else if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      submit();
    } else if (target.matches('input, select') && !isOpenList(target)) {
      event.preventDefault();
      reviewedAt = event.timeStamp;
      review();
    } else if (target.matches('button') && event.timeStamp - reviewedAt < secondPressMs) {
      event.preventDefault();
    }
  });
}
