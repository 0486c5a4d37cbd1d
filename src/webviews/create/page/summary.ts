import * as l10n from '@vscode/l10n';
import type { Choice } from '../../../core/choice.ts';
import type { CreateValues } from '../../../core/createFields.ts';
import { chosenPlan, isOfferedAt } from '../../../core/planChoice.ts';
import type { PlanChoice } from '../../../core/planChoice.ts';
import { priceOf } from '../../../core/pricing.ts';
import type { CreateState } from '../protocol.ts';
import type { Announcer } from '../../page/announcer.ts';
import { el, setText } from '../../page/dom.ts';
import { planPriceText } from './planPriceText.ts';

export interface Summary {
  readonly element: HTMLElement;
  /** Ids of the elements that say what will be created and what it costs. */
  readonly descriptionIds: string;
  update(state: CreateState, values: CreateValues): void;
  /**
   * Announces the summary if it changed. Call it after a change, not after every key.
   *
   * @param warning about the values, announced first
   */
  announce(warning?: string): void;
}

/** The label of a choice. A typed id that is not listed gets its kind: "Plan 12". */
function nameOf(value: string, choices: readonly Choice[], kind: string): string {
  const id = value.trim();
  return choices.find((choice) => choice.value === id)?.label ?? `${kind} ${id}`;
}

/** The plan and its id, unless it is not offered at the location. */
function orderablePlan(
  { choices }: CreateState,
  values: CreateValues,
): { readonly plan: PlanChoice | undefined; readonly id: string } {
  const plan = chosenPlan(values, choices.plans);
  return plan && !isOfferedAt(plan, values.location)
    ? { plan: undefined, id: '' }
    : { plan, id: values.planId };
}

/** The price of the chosen plan. A form without prices says so from the start: it must not look as if there were none. */
function priceLine(state: CreateState, values: CreateValues): string {
  const { planList, isSample } = state;
  const { plan, id } = orderablePlan(state, values);
  const hasPrice = plan !== undefined && priceOf(plan) !== undefined;
  if (!hasPrice && planList.kind === 'loading') {
    return l10n.t('Loading prices...');
  }
  if (!hasPrice && planList.kind === 'listed' && id.trim() === '') {
    return '';
  }
  return !hasPrice && isSample ? l10n.t('Price unavailable.') : planPriceText(plan);
}

function noteText({ isSample }: CreateState, { backupsEnabled }: CreateValues): string {
  if (isSample) {
    return l10n.t('A sample server is simulated on this computer and costs nothing.');
  }
  const billing = l10n.t(
    'Billed hourly up to the monthly price, even while stopped (VPS.org FAQ).',
  );
  return backupsEnabled
    ? `${billing} ${l10n.t('The price does not include automatic backups: VPS.org lists none for them.')}`
    : billing;
}

/** What will be created and what it costs. */
export function makeSummary(announcer: Announcer): Summary {
  const what = el('p', { id: 'summary-what', class: 'summary-what' });
  const price = el('p', { id: 'summary-price', class: 'summary-price' });
  const note = el('p', { class: 'summary-note' });
  let announced: string | undefined;

  const whatText = (state: CreateState, values: CreateValues): string => {
    const { choices } = state;
    const parts: readonly (readonly [string, string])[] = [
      [l10n.t('Name'), values.name],
      [l10n.t('Location'), values.location],
      [l10n.t('Plan'), orderablePlan(state, values).id],
      [l10n.t('Operating system'), values.osId],
    ];
    const missing = parts.filter(([, value]) => value.trim() === '').map(([label]) => label);
    if (missing.length === parts.length) {
      return l10n.t('Choose a name, location, plan and operating system.');
    }
    if (missing.length > 0) {
      return l10n.t('Still missing: {0}', missing.join(', '));
    }
    const plans = choices.plans.map(({ id, name }) => ({ value: id, label: name }));
    const words = [
      values.name.trim(),
      values.location.trim(),
      nameOf(values.planId, plans, l10n.t('Plan')),
      nameOf(values.osId, choices.operatingSystems, l10n.t('Operating system')),
    ] as const;
    return values.backupsEnabled
      ? l10n.t('{0} in {1}, {2}, {3}, with automatic backups.', ...words)
      : l10n.t('{0} in {1}, {2}, {3}.', ...words);
  };
  const text = (): string =>
    [what, price]
      .map((line) => line.textContent)
      .filter(Boolean)
      .join(' ');

  return {
    element: el(
      'section',
      { class: 'summary', 'aria-labelledby': 'summary-heading' },
      el('h2', { id: 'summary-heading' }, l10n.t('Summary')),
      what,
      price,
      note,
    ),
    descriptionIds: `${what.id} ${price.id}`,
    update(state, values) {
      setText(what, whatText(state, values));
      setText(price, priceLine(state, values));
      setText(note, noteText(state, values));
      announced ??= text();
    },
    announce(warning = '') {
      const words = `${warning} ${text()}`.trim();
      if (announced !== words) {
        announced = words;
        announcer.announce(words);
      }
    },
  };
}
