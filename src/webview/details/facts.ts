import type { CopyableFact, DetailsFromWebview, DetailsTextKey, Fact } from '../../protocol/details.ts';
import type { Texts } from '../../protocol/texts.ts';
import type { Announcer } from '../announcer.ts';
import { arrange, el, setAttributes, setText } from '../dom.ts';
import { checkIcon, copyIcon } from '../icons.ts';
import { makeButton } from '../parts/button.ts';
import { fill } from '../texts.ts';

/** How long the copy button shows that it did its work. */
const confirmationMs = 2_000;

interface Row {
  readonly element: HTMLElement;
  readonly fact: Fact;
  update(value: string | undefined, isDisabled: boolean): void;
  copied(): void;
}

export interface Facts {
  readonly element: HTMLElement;
  update(facts: readonly Fact[], isDisabled: boolean): void;
  copied(fact: CopyableFact): void;
}

/** What is known of the server, each with a button where copying makes sense. */
export function makeFacts(
  texts: Texts<DetailsTextKey>,
  post: (message: DetailsFromWebview) => void,
  announcer: Announcer,
): Facts {
  const list = el('dl', { class: 'facts' });
  const rows = new Map<string, Row>();

  const makeRow = (fact: Fact): Row => {
    const { label, copy } = fact;
    const value = el('span', { class: 'fact-value untrusted' });
    const button =
      copy && makeButton('icon', copyIcon(), () => post({ type: 'copy', fact: copy }), fill(texts.copyFact, label));
    return {
      element: el('div', { class: 'fact' }, el('dt', {}, label), el('dd', {}, value, ...(button ? [button] : []))),
      fact,
      update(text, isDisabled) {
        setText(value, text ?? texts.notKnown);
        setAttributes(value, { 'data-unknown': text === undefined });
        if (button) {
          // Not `hidden`: the lines must not jump when an address arrives.
          button.disabled = isDisabled || text === undefined;
        }
      },
      copied() {
        announcer.announce(fill(texts.copied, label));
        button?.replaceChildren(checkIcon());
        setTimeout(() => button?.replaceChildren(copyIcon()), confirmationMs);
      },
    };
  };

  return {
    element: el(
      'section',
      { 'aria-labelledby': 'facts-heading' },
      el('h2', { id: 'facts-heading' }, texts.factsHeading),
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
      arrange(list, shown.map((row) => row.element));
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
