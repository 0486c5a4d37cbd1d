import { el } from './dom.ts';

/** Says what happened to those who do not see it, once the screen reader has finished what it is saying. */
export interface Announcer {
  readonly element: HTMLElement;
  announce(text: string): void;
}

/** The one polite live region of a page. It must be in the page before it has something to say. */
export function makeAnnouncer(): Announcer {
  const element = el('div', { role: 'status', class: 'visually-hidden' });
  return {
    element,
    // A new node each time: the same words twice are news twice.
    announce: (text) => element.replaceChildren(el('p', {}, text)),
  };
}
