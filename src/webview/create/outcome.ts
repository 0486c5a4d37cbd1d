import type { CreateFromWebview, CreateState, CreateTextKey } from '../../protocol/create.ts';
import type { Texts } from '../../protocol/texts.ts';
import { el, setText, show } from '../dom.ts';
import { makeBanner } from '../parts/banner.ts';
import { makeButton } from '../parts/button.ts';
import { fill } from '../texts.ts';

export interface Outcome {
  readonly element: HTMLElement;
  update(state: CreateState): void;
  /** @param count of fields that need attention after an attempt; 0: none */
  complain(count: number): void;
  /** To the question that a lost answer leaves behind. */
  focusQuestion(): void;
}

/** How an attempt ended where it did not make a server: right above the button, where the person looks. */
export function makeOutcome(texts: Texts<CreateTextKey>, post: (message: CreateFromWebview) => void): Outcome {
  const count = makeBanner('error', 'alert');
  const openPanel = makeButton('link', texts.openPanel, () => post({ type: 'openPanel' }));
  const message = makeBanner('error', 'alert', openPanel);

  const heading = el('h2', { id: 'likely-heading', tabindex: -1 }, texts.likelyHeading);
  const server = el('p', { class: 'likely-server' });
  const name = el('strong', { class: 'untrusted' });
  const description = el('span', { class: 'untrusted' });
  server.append(name, ' ', description);
  const showLikely = makeButton('primary', texts.showLikely, () => post({ type: 'showLikely' }));
  const keepEditing = makeButton('secondary', texts.keepEditing, () => post({ type: 'dismissLikely' }));
  const question = el(
    'section',
    { class: 'likely', 'aria-labelledby': heading.id, hidden: true },
    heading,
    server,
    el('div', { class: 'buttons' }, showLikely, keepEditing),
  );
  return {
    element: el('div', { class: 'outcomes' }, count.element, message.element, question),
    update({ message: words, offersPanelLink, phase, likelyServer }) {
      message.set(words);
      show(openPanel, offersPanelLink);
      show(question, phase === 'unclear');
      show(heading, likelyServer !== undefined);
      show(server, likelyServer !== undefined);
      show(showLikely, likelyServer !== undefined);
      setText(name, likelyServer?.name ?? '');
      setText(description, likelyServer?.description ?? '');
    },
    complain(fields) {
      count.set(
        fields === 0 ? undefined : fields === 1 ? texts.errorsHeadingOne : fill(texts.errorsHeading, String(fields)),
      );
    },
    focusQuestion: () => (heading.hidden ? keepEditing : heading).focus(),
  };
}
