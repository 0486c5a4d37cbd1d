import { el, setText, show } from './dom.ts';
import { errorIcon, infoIcon, warningIcon } from './icons.ts';

export interface Banner {
  readonly element: HTMLElement;
  /** @param text undefined hides the banner */
  set(text: string | undefined): void;
}

const icons = { error: errorIcon, warning: warningIcon, info: infoIcon } as const;

/** A highlighted message. `alert` interrupts a screen reader, `status` does not. */
export function makeBanner(
  look: keyof typeof icons,
  role: 'alert' | 'status',
  ...extra: readonly HTMLElement[]
): Banner {
  const words = el('p', { class: 'banner-text' });
  const box = el(
    'div',
    { class: `banner banner-${look}`, hidden: true },
    icons[look](),
    words,
    ...extra,
  );
  return {
    // The live region is never hidden: screen readers ignore one that appears together with its text.
    element: el('div', { role }, box),
    set(text) {
      setText(words, text ?? '');
      show(box, text !== undefined);
    },
  };
}
