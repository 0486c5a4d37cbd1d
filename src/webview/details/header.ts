import type { DetailsFromWebview, DetailsState, DetailsTextKey, StatusTone } from '../../protocol/details.ts';
import type { Texts } from '../../protocol/texts.ts';
import { el, setAttributes, setText, show } from '../dom.ts';
import { passFocusOn } from '../focus.ts';
import { statusIcon } from '../icons.ts';
import { makeButton } from '../parts/button.ts';

const actions = ['start', 'stop', 'reboot', 'delete'] as const;
type Action = (typeof actions)[number];

/** Name, status, account, and what can be done with the server now. */
export function makeHeader(
  texts: Texts<DetailsTextKey>,
  post: (message: DetailsFromWebview) => void,
): { readonly element: HTMLElement; update(state: DetailsState): void } {
  // The focus goes here when the button that had it is not available any more.
  const heading = el('h1', { tabindex: -1 });
  const icon = el('span', { class: 'status-icon' });
  const word = el('span', { class: 'untrusted', 'aria-live': 'polite' });
  const status = el('dd', { class: 'status' }, icon, word);
  const account = el('span', { class: 'untrusted' });
  const sample = el('span', { class: 'badge' }, texts.sample);
  const buttons = actions.map((action): [Action, HTMLButtonElement] => [
    action,
    makeButton('secondary', texts[action], () =>
      post(action === 'delete' ? { type: 'delete' } : { type: 'power', action }),
    ),
  ]);
  let tone: StatusTone | undefined;

  const element = el(
    'header',
    { class: 'header' },
    heading,
    el(
      'dl',
      { class: 'byline' },
      el('div', {}, el('dt', { class: 'visually-hidden' }, texts.status), status),
      el('div', {}, el('dt', { class: 'visually-hidden' }, texts.account), el('dd', { class: 'account' }, account, sample)),
    ),
    el('div', { class: 'toolbar', role: 'group', 'aria-label': texts.powerHeading }, ...buttons.map(([, button]) => button)),
  );
  return {
    element,
    update(state) {
      setText(heading, state.name);
      setText(word, state.status || (state.gone === undefined ? texts.loading : ''));
      show(icon, state.status !== '');
      setText(account, state.accountLabel);
      show(sample, state.isSample);
      if (tone !== state.tone) {
        tone = state.tone;
        icon.replaceChildren(statusIcon(tone));
        setAttributes(status, { 'data-tone': tone });
      }
      for (const [action, button] of buttons) {
        const isDisabled = state.gone !== undefined || !state.actions[action];
        if (isDisabled) {
          passFocusOn(button, heading);
        }
        button.disabled = isDisabled;
      }
    },
  };
}
