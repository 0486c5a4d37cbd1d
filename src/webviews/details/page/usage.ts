import * as l10n from '@vscode/l10n';
import { usedAndTotal } from '../../../core/units.ts';
import { summarizeSamples, usageLevel, usageShare, usageThresholds } from '../../../core/usage.ts';
import type { UsageLevel } from '../../../core/usage.ts';
import { plural } from '../../../text/l10n.ts';
import { amountText } from '../../../text/amounts.ts';
import { numberText, percentText, steadyNumberText } from '../../../text/numbers.ts';
import type { DetailsState, MeterName, MeterState } from '../protocol.ts';
import { arrange, el, setAttributes, setText, show } from '../../page/dom.ts';
import { warningIcon } from '../../page/icons.ts';
import { makeChart } from './usageChart.ts';

interface Card {
  readonly element: HTMLElement;
  update(meter: MeterState): void;
}

/** Usage of each resource: a meter and a line chart. */
export function makeUsage(): {
  readonly element: HTMLElement;
  update(state: DetailsState): void;
} {
  const cards = new Map<MeterName, Card>();
  const list = el('ul', { class: 'usage' });
  const note = el(
    'p',
    { class: 'section-note', hidden: true },
    l10n.t('The server is not running, so it uses no CPU and memory.'),
  );
  return {
    element: el(
      'section',
      { 'aria-labelledby': 'usage-heading' },
      el('h2', { id: 'usage-heading' }, l10n.t('Usage')),
      note,
      list,
    ),
    update(state) {
      show(
        note,
        state.meters.some(({ isOff }) => isOff),
      );
      const shown = state.meters.map((meter) => {
        const card = cards.get(meter.name) ?? makeCard(meter);
        cards.set(meter.name, card);
        card.update(meter);
        return card.element;
      });
      arrange(list, shown);
    },
  };
}

/** Used and total amount with their unit: "2.0 of 4.0 GiB". */
function figuresText(meter: MeterState): string {
  if (meter.isOff) {
    return l10n.t('Not running');
  }
  if (meter.used === undefined) {
    return l10n.t('Unavailable');
  }
  if (meter.unit === '%') {
    return l10n.t('{0} %', steadyNumberText(meter.used));
  }
  const { used, total, unit } = usedAndTotal(meter.used, meter.total, meter.unit);
  const figure = (value: number): string => {
    if (unit === 'GiB') {
      return steadyNumberText(value);
    }
    return unit === 'TB' ? numberText(value, value < 0.1 ? 3 : 2) : numberText(value);
  };
  return total === undefined
    ? l10n.t('{0} used', amountText(figure(used), unit))
    : l10n.t('{0} of {1}', figure(used), amountText(figure(total), unit));
}

/** Accessible name of the line chart. */
function chartText({ label, samples }: MeterState): string {
  const { lowest, highest, latest } = summarizeSamples(samples.map(({ share }) => share)) ?? {
    lowest: 0,
    highest: 0,
    latest: 0,
  };
  return plural(
    l10n.t(
      '{0}, the last {1, plural, one {# sample} other {# samples}}: lowest {2} %, highest {3} %, now {4} %',
    ),
    label,
    samples.length,
    percentText(lowest),
    percentText(highest),
    percentText(latest),
  );
}

function levelText(level: UsageLevel): string {
  switch (level) {
    case 'normal':
      return '';
    case 'high':
      return l10n.t('high');
    case 'veryHigh':
      return l10n.t('very high');
  }
}

function makeCard(first: MeterState): Card {
  const labelId = `usage-${first.name}`;
  const figures = el('span', { class: 'usage-figures' });
  const levelLabel = el('span');
  const level = el('span', { class: 'usage-level', hidden: true }, warningIcon(), levelLabel);
  const meter = el('meter', {
    class: 'meter',
    min: 0,
    max: 1,
    low: usageThresholds.high,
    high: usageThresholds.veryHigh,
    optimum: 0,
    'aria-labelledby': labelId,
  });
  const chart = makeChart();
  const element = el(
    'li',
    { class: 'usage-card' },
    el(
      'div',
      { class: 'usage-line' },
      el('span', { class: 'usage-label', id: labelId }, first.label),
      level,
      figures,
    ),
    meter,
    chart.element,
  );
  return {
    element,
    update(state) {
      const share = usageShare(state.used, state.unit === '%' ? 100 : state.total);
      const shareLevel = usageLevel(share ?? 0);
      const levelName = levelText(shareLevel);
      const text = figuresText(state);
      setText(figures, text);
      setText(levelLabel, levelName);
      show(level, levelName !== '');
      setAttributes(element, {
        'data-level': shareLevel,
        'data-unknown': state.used === undefined,
      });
      // A meter cannot be without a value.
      show(meter, share !== undefined);
      show(chart.element, share !== undefined);
      meter.value = share ?? 0;
      setAttributes(meter, { 'aria-valuetext': levelName === '' ? text : `${text}, ${levelName}` });
      chart.update(state.samples, chartText(state));
    },
  };
}
