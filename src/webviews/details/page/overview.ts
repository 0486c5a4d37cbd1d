import * as l10n from '@vscode/l10n';
import type { CopyableFact, DetailsFromWebview, Fact } from '../protocol.ts';
import type { Announcer } from '../../page/announcer.ts';
import { arrange, el, setAttributes, setText } from '../../page/dom.ts';
import { checkIcon, copyIcon } from '../../page/icons.ts';
import { makeButton } from '../../page/button.ts';

/** How long the copy button shows a check mark. */
const confirmationMs = 2_000;

interface Row {
  readonly element: HTMLElement;
  readonly fact: Fact;
  update(value: string | undefined, isDisabled: boolean): void;
  copied(): void;
}

export interface Overview {
  readonly element: HTMLElement;
  update(facts: readonly Fact[], isDisabled: boolean): void;
  copied(fact: CopyableFact): void;
}

/** The server's properties, with buttons to copy them. */
export function makeOverview(
  post: (message: DetailsFromWebview) => void,
  announcer: Announcer,
): Overview {
  const list = el('dl', { class: 'facts' });
  const rows = new Map<string, Row>();

  const makeRow = (fact: Fact): Row => {
    const { label, copy } = fact;
    const value = el('span', { class: 'fact-value untrusted' });
    const button =
      copy &&
      makeButton(
        'icon',
        copyIcon(),
        () => post({ type: 'copy', fact: copy }),
        l10n.t('Copy {0}', label),
      );
    return {
      element: el(
        'div',
        { class: 'fact' },
        el('dt', {}, label),
        el('dd', {}, value, ...(button ? [button] : [])),
      ),
      fact,
      update(text, isDisabled) {
        setText(value, text ?? l10n.t('Unavailable'));
        setAttributes(value, { 'data-unknown': text === undefined });
        if (button) {
          // Disabled rather than hidden, so that nothing moves when the address becomes known.
          button.disabled = isDisabled || text === undefined;
        }
      },
      copied() {
        announcer.announce(l10n.t('{0} copied', label));
        button?.replaceChildren(checkIcon());
        setTimeout(() => button?.replaceChildren(copyIcon()), confirmationMs);
      },
    };
  };

  return {
    element: el(
      'section',
      { 'aria-labelledby': 'facts-heading' },
      el('h2', { id: 'facts-heading' }, l10n.t('Overview')),
      list,
    ),
    update(facts, isDisabled) {
      const shown = facts.map((fact) => {
        const key = JSON.stringify([fact.label, fact.copy]);
        const row = rows.get(key) ?? makeRow(fact);
        rows.set(key, row);
        row.update(fact.value, isDisabled);
        return row;
      });
      arrange(
        list,
        shown.map((row) => row.element),
      );
    },
    copied(fact) {
      for (const row of rows.values()) {
        if (row.fact.copy === fact) {
          row.copied();
        }
      }
    },
  };
}
