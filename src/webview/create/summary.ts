import { chosenPlan } from '../../core/createForm.ts';
import type { CreateValues } from '../../core/createForm.ts';
import type { Choice, CreateState, CreateTextKey } from '../../protocol/create.ts';
import type { Texts } from '../../protocol/texts.ts';
import type { Announcer } from '../announcer.ts';
import { el, setText } from '../dom.ts';
import type { Numbers } from '../numbers.ts';
import { fill } from '../texts.ts';
import { priceText } from './planPrices.ts';

export interface Summary {
  readonly element: HTMLElement;
  update(state: CreateState, values: CreateValues): void;
  /** Says it to a screen reader, where it is not what was said last. For the end of a change, not for every key. */
  announce(): void;
}

/** A chosen thing's name; where only its number is known, the number with what it is: "Plan 12". */
function nameOf(value: string, choices: readonly Choice[], kind: string): string {
  const id = value.trim();
  return choices.find((choice) => choice.value === id)?.label ?? (/^\d+$/u.test(id) ? `${kind} ${id}` : id);
}

/** What will be made, and what it costs. */
export function makeSummary(texts: Texts<CreateTextKey>, numbers: Numbers, announcer: Announcer): Summary {
  const what = el('p', { class: 'summary-what' });
  const price = el('p', { class: 'summary-price' });
  const note = el('p', { class: 'summary-note' });
  let said: string | undefined;

  const whatText = ({ choices }: CreateState, values: CreateValues): string => {
    const parts = [values.name, values.location, values.planId, values.osId];
    if (parts.some((part) => part.trim() === '')) {
      return texts.summaryIncomplete;
    }
    const plans = choices.plans.map(({ id, name }) => ({ value: id, label: name }));
    return fill(
      texts.summary,
      values.name.trim(),
      nameOf(values.location, choices.locations, texts.location),
      nameOf(values.planId, plans, texts.plan),
      nameOf(values.osId, choices.operatingSystems, texts.operatingSystem),
    );
  };
  const text = (): string => [what, price].map((line) => line.textContent).filter(Boolean).join(' ');

  return {
    element: el(
      'section',
      { class: 'summary', 'aria-labelledby': 'summary-heading' },
      el('h2', { id: 'summary-heading' }, texts.summaryHeading),
      what,
      price,
      note,
    ),
    update(state, values) {
      const hasPlan = values.planId.trim() !== '';
      setText(what, whatText(state, values));
      setText(price, hasPlan ? priceText(chosenPlan(values, state.choices.plans), texts, numbers) : '');
      setText(note, state.isSample ? texts.summarySample : texts.summaryBilling);
      said ??= text();
    },
    announce() {
      if (said !== text()) {
        said = text();
        announcer.announce(said);
      }
    },
  };
}
