import * as l10n from '@vscode/l10n';
import type { PlanChoice } from '../../../core/planChoice.ts';
import { dataQuantity, memoryQuantity } from '../../../core/units.ts';
import { dollarsText, quantityText } from '../../../text/amounts.ts';
import { numberText } from '../../../text/numbers.ts';
import { planSpecsText } from '../../../text/servers.ts';
import { arrange, el, setAttributes } from '../../page/dom.ts';
import { planPriceText } from './planPriceText.ts';

export interface PlanTable {
  readonly element: HTMLElement;
  /** Focuses the selected plan or the first one. False if there are none. */
  focus(): boolean;
  /** Adds an element to the description of each radio button. */
  describeBy(elementId: string | undefined): void;
  update(plans: readonly PlanChoice[], chosenId: string | undefined): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly radio: HTMLInputElement;
}

interface Column {
  readonly label: string;
  /** The plan's figure; undefined if unknown. */
  readonly text: (plan: PlanChoice) => string | undefined;
}

function columns(): readonly Column[] {
  return [
    { label: l10n.t('vCPU'), text: ({ vcpus }) => known(vcpus, numberText) },
    {
      label: l10n.t('Memory'),
      text: ({ memoryMiB }) => known(memoryMiB, (value) => quantityText(memoryQuantity(value))),
    },
    {
      label: l10n.t('Disk'),
      text: ({ storageGB }) => known(storageGB, (value) => quantityText(dataQuantity(value))),
    },
    {
      label: l10n.t('Traffic a month'),
      text: ({ bandwidthGB }) => known(bandwidthGB, (value) => quantityText(dataQuantity(value))),
    },
    { label: l10n.t('Monthly'), text: ({ priceMonthly }) => known(priceMonthly, dollarsText) },
    { label: l10n.t('Hourly'), text: ({ priceHourly }) => known(priceHourly, dollarsText) },
  ];
}

function known(value: number | undefined, text: (value: number) => string): string | undefined {
  return value === undefined ? undefined : text(value);
}

/**
 * The plans as a table with radio buttons. In narrow windows, the style sheet turns rows into cards with captions from
 * `data-label`.
 */
export function makePlanTable(onChoose: (planId: string) => void): PlanTable {
  const rows = new Map<string, Row>();
  const body = el('tbody');
  const figureColumns = columns();
  const heads = [l10n.t('Plan'), ...figureColumns.map(({ label }) => label)];
  const element = el(
    'table',
    { class: 'plans', 'aria-label': l10n.t('Plan') },
    el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col' }, head)))),
    body,
  );

  const makeRow = (plan: PlanChoice): Row => {
    const id = `plan-${rows.size}`;
    const radio = el('input', {
      id,
      type: 'radio',
      class: 'radio',
      name: 'plan',
      value: plan.id,
      'aria-describedby': `${id}-details`,
    });
    radio.addEventListener('change', () => onChoose(plan.id));
    // In narrow windows a row has several lines, and the summary would cover the price.
    radio.addEventListener('focus', () => row.scrollIntoView({ block: 'nearest' }));
    const details = [planSpecsText(plan), planPriceText(plan)].filter(Boolean).join('. ');
    const row = el(
      'tr',
      {},
      el(
        'th',
        { scope: 'row' },
        el(
          'label',
          { class: 'radio-label', for: id },
          radio,
          el('span', { class: 'untrusted' }, plan.name),
        ),
        // Screen readers do not read the cells when the focus moves between the radio buttons.
        el('span', { id: `${id}-details`, hidden: true }, details),
      ),
      ...figureColumns.map(({ label, text }) => {
        const figure = text(plan);
        return figure === undefined
          ? el('td', { 'data-label': label, 'aria-label': l10n.t('Unavailable') }, '–')
          : el('td', { 'data-label': label }, figure);
      }),
    );
    // The mouse can click anywhere in the row.
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
        setAttributes(radio, {
          'aria-describedby': [`${radio.id}-details`, elementId].filter(Boolean).join(' '),
        });
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
      arrange(
        body,
        shown.map((row) => row.element),
      );
      element.hidden = plans.length === 0;
    },
  };
}
