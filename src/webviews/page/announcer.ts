import { el } from './dom.ts';

/** Announces changes to screen readers, without interrupting them. */
export interface Announcer {
  readonly element: HTMLElement;
  announce(text: string): void;
}

/** The polite live region of a page. It must be in the page before its first announcement. */
export function makeAnnouncer(): Announcer {
  const element = el('div', { role: 'status', class: 'visually-hidden' });
  return {
    element,
    // A new node each time, so that a repeated text is announced again.
    announce: (text) => element.replaceChildren(el('p', {}, text)),
  };
}
