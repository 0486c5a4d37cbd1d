import * as l10n from '@vscode/l10n';
import type { DetailsFromWebview, DetailsState, DetailsTone } from '../protocol.ts';
import { el, setAttributes, setText, show } from '../../page/dom.ts';
import { passFocusOn } from '../../page/focus.ts';
import { statusIcon } from '../../page/icons.ts';
import { makeButton } from '../../page/button.ts';

const actions = ['start', 'stop', 'reboot', 'openTerminal', 'delete'] as const;
type Action = (typeof actions)[number];

function actionLabel(action: Action): string {
  switch (action) {
    case 'start':
      return l10n.t('Start');
    case 'stop':
      return l10n.t('Stop...');
    case 'reboot':
      return l10n.t('Reboot...');
    case 'openTerminal':
      return l10n.t('Open SSH Terminal');
    case 'delete':
      return l10n.t('Delete...');
  }
}

function toMessage(action: Action): DetailsFromWebview {
  return action === 'openTerminal' || action === 'delete'
    ? { type: action }
    : { type: 'power', action };
}

/** Name, status and account of the server, and its actions. */
export function makeHeader(post: (message: DetailsFromWebview) => void): {
  readonly element: HTMLElement;
  /** Gets the focus when the focused button is disabled. */
  readonly heading: HTMLElement;
  update(state: DetailsState): void;
} {
  const heading = el('h1', { tabindex: -1 });
  const icon = el('span', { class: 'status-icon' });
  const statusText = el('span', { class: 'untrusted', 'aria-live': 'polite' });
  const status = el('dd', { class: 'status' }, icon, statusText);
  const account = el('span', { class: 'untrusted' });
  const sample = el('span', { class: 'badge' }, l10n.t('Sample'));
  const buttons = actions.map((action): [Action, HTMLButtonElement] => [
    action,
    makeButton('secondary', actionLabel(action), () => post(toMessage(action))),
  ]);
  const protect = makeButton('secondary', l10n.t('Protect'), () => post({ type: 'protect' }));
  const openWeb = makeButton('secondary', l10n.t('Open on VPS.org'), () =>
    post({ type: 'openWeb' }),
  );
  let tone: DetailsTone | undefined;

  const element = el(
    'header',
    { class: 'header' },
    heading,
    el(
      'dl',
      { class: 'byline' },
      el('div', {}, el('dt', { class: 'visually-hidden' }, l10n.t('Status')), status),
      el(
        'div',
        {},
        el('dt', { class: 'visually-hidden' }, l10n.t('Account')),
        el('dd', { class: 'account' }, account, sample),
      ),
    ),
    el(
      'div',
      { class: 'toolbar', role: 'group', 'aria-label': l10n.t('Actions') },
      ...buttons.map(([, button]) => button),
      protect,
      openWeb,
    ),
  );
  return {
    element,
    heading,
    update(state) {
      setText(heading, state.name);
      setText(statusText, state.status || (state.gone === undefined ? l10n.t('Loading...') : ''));
      show(icon, state.status !== '');
      setText(account, state.accountLabel);
      show(sample, state.isSample);
      show(openWeb, state.canOpenWeb);
      openWeb.disabled = state.gone !== undefined;
      if (tone !== state.tone) {
        tone = state.tone;
        icon.replaceChildren(statusIcon(tone));
        setAttributes(status, { 'data-tone': tone });
      }
      const canProtect = state.protection === undefined && state.gone === undefined;
      if (!canProtect) {
        passFocusOn(protect, heading);
      }
      show(protect, canProtect && state.status !== '');
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
