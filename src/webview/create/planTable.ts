import type { PlanChoice } from '../../core/createForm.ts';
import { dataQuantity, memoryQuantity } from '../../core/units.ts';
import type { CreateTextKey } from '../../protocol/create.ts';
import type { Texts } from '../../protocol/texts.ts';
import { arrange, el, setAttributes } from '../dom.ts';
import type { Numbers } from '../numbers.ts';
import { fill } from '../texts.ts';
import { priceText } from './planPrices.ts';

export interface PlanTable {
  readonly element: HTMLElement;
  /** To the chosen plan, or the first. False where there is none. */
  focus(): boolean;
  /** Has an element read with each radio button, beside what the plan offers. */
  describeBy(elementId: string | undefined): void;
  update(plans: readonly PlanChoice[], chosenId: string | undefined): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly radio: HTMLInputElement;
}

const columns = [
  ['planColumnVcpus', (plan, numbers) => known(plan.vcpus, numbers.plain)],
  ['planColumnMemory', (plan, numbers) => known(plan.memoryMiB, (value) => numbers.quantity(memoryQuantity(value)))],
  ['planColumnDisk', (plan, numbers) => known(plan.storageGB, (value) => numbers.quantity(dataQuantity(value)))],
  ['planColumnTraffic', (plan, numbers) => known(plan.bandwidthGB, (value) => numbers.quantity(dataQuantity(value)))],
  ['planColumnMonthly', (plan, numbers) => known(plan.priceMonthly, numbers.dollars)],
  ['planColumnHourly', (plan, numbers) => known(plan.priceHourly, numbers.dollars)],
] as const satisfies readonly (readonly [CreateTextKey, (plan: PlanChoice, numbers: Numbers) => string | undefined])[];

function known(value: number | undefined, text: (value: number) => string): string | undefined {
  return value === undefined ? undefined : text(value);
}

/**
 * Plans side by side, one of which can be chosen. A table, because it is for comparing; where it is narrow the rows become
 * cards by style sheet, which take their captions from `data-label`.
 */
export function makePlanTable(
  texts: Texts<CreateTextKey>,
  numbers: Numbers,
  onChoose: (planId: string) => void,
): PlanTable {
  const rows = new Map<string, Row>();
  const body = el('tbody');
  const heads = [texts.planColumnName, ...columns.map(([key]) => texts[key])];
  const element = el(
    'table',
    { class: 'plans', 'aria-label': texts.plan },
    el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
    body,
  );

  const makeRow = (plan: PlanChoice): Row => {
    const id = `plan-${rows.size}`;
    const radio = el('input', {
      ...{ id, type: 'radio', class: 'radio', name: 'plan', value: plan.id },
      'aria-describedby': `${id}-details`,
    });
    radio.addEventListener('change', () => onChoose(plan.id));
    const figures = columns.map(([key, text]) => ({ label: texts[key], text: text(plan, numbers) ?? texts.notTold }));
    const [vcpus = '', memory = '', disk = '', traffic = ''] = figures.map(({ text }) => text);
    const details = fill(texts.planDetails, vcpus, memory, disk, traffic, priceText(plan, texts, numbers));
    const row = el(
      'tr',
      {},
      el(
        'th',
        { scope: 'row' },
        el('label', { class: 'radio-label', for: id }, radio, el('span', { class: 'untrusted' }, plan.name)),
        // Somebody who goes from radio button to radio button does not hear the cells.
        el('span', { id: `${id}-details`, hidden: true }, details),
      ),
      ...figures.map(({ label, text }) => el('td', { 'data-label': label }, text)),
    );
    // The whole row is the target for a mouse; keyboard and screen reader have the radio button.
    row.addEventListener('click', ({ target }) => {
      if (!radio.disabled && target instanceof Element && !target.closest('label')) {
        radio.click();
      }
    });
    return { element: row, radio };
  };

  let shown: readonly Row[] = [];
  return {
    element,
    focus() {
      const target = shown.find(({ radio }) => radio.checked) ?? shown[0];
      target?.radio.focus();
      return target !== undefined;
    },
    describeBy(elementId) {
      for (const { radio } of shown) {
        setAttributes(radio, { 'aria-describedby': [`${radio.id}-details`, elementId].filter(Boolean).join(' ') });
      }
    },
    update(plans, chosenId) {
      shown = plans.map((plan) => {
        const key = JSON.stringify(plan);
        const row = rows.get(key) ?? makeRow(plan);
        rows.set(key, row);
        row.radio.checked = plan.id === chosenId;
        return row;
      });
      arrange(body, shown.map((row) => row.element));
      element.hidden = plans.length === 0;
    },
  };
}
