import * as l10n from '@vscode/l10n';
import { plural } from '../../../text/l10n.ts';
import type { CreateFromWebview, CreateState } from '../protocol.ts';
import { el, setText, show } from '../../page/dom.ts';
import { makeBanner } from '../../page/banner.ts';
import { makeButton } from '../../page/button.ts';
import { revealField } from '../../page/field.ts';
import type { Field } from '../../page/field.ts';

export interface Outcome {
  readonly element: HTMLElement;
  update(state: CreateState): void;
  /** @param fields that need attention after an attempt */
  setInvalid(fields: readonly Field[]): void;
  /** Follows corrections: nothing appears before an attempt. */
  updateInvalid(fields: readonly Field[]): void;
  /** Focuses the question about a lost reply. */
  focusQuestion(): void;
}

/** The result of an attempt that did not create a server, above the buttons. */
export function makeOutcome(post: (message: CreateFromWebview) => void): Outcome {
  let invalid: readonly Field[] = [];
  const goToFirst = makeButton('link', '', () => {
    const [first] = invalid;
    if (first) {
      revealField(first);
    }
  });
  const count = makeBanner('error', 'alert', goToFirst);
  const setInvalid = (fields: readonly Field[]): void => {
    invalid = fields;
    const [first] = fields;
    count.set(
      first &&
        plural(
          l10n.t('{0, plural, one {# field needs attention} other {# fields need attention}}'),
          fields.length,
        ),
    );
    setText(goToFirst, first ? l10n.t('Go to {0}', first.label) : '');
  };
  const openPanel = makeButton('link', l10n.t('Open VPS.org'), () => post({ type: 'openPanel' }));
  const edit = (): HTMLButtonElement =>
    makeButton('secondary', l10n.t('Continue Editing'), () =>
      post({ type: 'dismissProbableMatch' }),
    );
  const editAfterMessage = edit();
  const message = makeBanner('error', 'alert', openPanel, editAfterMessage);

  const heading = el('h2', { id: 'likely-heading', tabindex: -1 }, l10n.t('Probably created'));
  const server = el('p', { class: 'likely-server' });
  const name = el('strong', { class: 'untrusted' });
  const description = el('span', { class: 'untrusted' });
  server.append(name, ' ', description);
  const showMatch = makeButton('primary', l10n.t('Show This Server'), () =>
    post({ type: 'showProbableMatch' }),
  );
  const question = el(
    'section',
    { class: 'likely', 'aria-labelledby': heading.id, hidden: true },
    heading,
    server,
    el('div', { class: 'buttons' }, showMatch, edit()),
  );
  return {
    element: el('div', { class: 'outcomes' }, count.element, message.element, question),
    update({ message: text, offersPanelLink, phase, probableMatch }) {
      message.set(text);
      show(openPanel, offersPanelLink);
      show(question, phase === 'unclear' && probableMatch !== undefined);
      show(editAfterMessage, phase === 'unclear' && probableMatch === undefined);
      setText(name, probableMatch?.name ?? '');
      setText(description, probableMatch?.description ?? '');
    },
    setInvalid,
    updateInvalid: (fields) => setInvalid(fields.slice(0, invalid.length)),
    focusQuestion: () => (question.hidden ? editAfterMessage : heading).focus(),
  };
}
