import { usedAndTotal } from '../../core/units.ts';
import { summarizeSamples, usageLevel, usageShare, usageThresholds } from '../../core/usage.ts';
import type { UsageLevel } from '../../core/usage.ts';
import type { DetailsState, DetailsTextKey, MeterName, MeterState } from '../../protocol/details.ts';
import type { Texts } from '../../protocol/texts.ts';
import { arrange, el, setAttributes, setText, show } from '../dom.ts';
import { warningIcon } from '../icons.ts';
import { numbersFor } from '../numbers.ts';
import type { Numbers } from '../numbers.ts';
import { fill } from '../texts.ts';
import { makeChart } from './chart.ts';

interface Card {
  readonly element: HTMLElement;
  update(meter: MeterState): void;
}

/** How much of the server is in use: a meter and a line for each resource. */
export function makeUsage(texts: Texts<DetailsTextKey>): {
  readonly element: HTMLElement;
  update(state: DetailsState): void;
} {
  const numbers = numbersFor(document.documentElement.lang, texts);
  const cards = new Map<MeterName, Card>();
  const list = el('ul', { class: 'usage' });
  const note = el('p', { class: 'section-note', hidden: true }, texts.usageStopped);
  return {
    element: el(
      'section',
      { 'aria-labelledby': 'usage-heading' },
      el('h2', { id: 'usage-heading' }, texts.usageHeading),
      note,
      list,
    ),
    update(state) {
      show(note, state.tone === 'stopped');
      const shown = state.meters.map((meter) => {
        const card = cards.get(meter.name) ?? makeCard(meter, texts, numbers);
        cards.set(meter.name, card);
        card.update(meter);
        return card.element;
      });
      arrange(list, shown);
    },
  };
}

/** The figures in words and units, e.g. "2.0 of 4.0 GiB". */
function figuresText(meter: MeterState, texts: Texts<DetailsTextKey>, numbers: Numbers): string {
  if (meter.used === undefined) {
    return texts.usageUnknown;
  }
  if (meter.unit === '%') {
    return fill(texts.usagePercent, numbers.steady(meter.used));
  }
  const { used, total, unit } = usedAndTotal(meter.used, meter.total, meter.unit);
  const figure = unit === 'GiB' ? numbers.steady : numbers.plain;
  return total === undefined
    ? fill(texts.usageUsed, numbers.amount(figure(used), unit))
    : fill(texts.usageFigures, figure(used), numbers.amount(figure(total), unit));
}

function levelText(level: UsageLevel, texts: Texts<DetailsTextKey>): string {
  switch (level) {
    case 'normal':
      return '';
    case 'high':
      return texts.usageHigh;
    case 'veryHigh':
      return texts.usageVeryHigh;
  }
}

function makeCard(first: MeterState, texts: Texts<DetailsTextKey>, numbers: Numbers): Card {
  const labelId = `usage-${first.name}`;
  const figures = el('span', { class: 'usage-figures' });
  const levelWord = el('span');
  const level = el('span', { class: 'usage-level', hidden: true }, warningIcon(), levelWord);
  const meter = el('meter', {
    ...{ class: 'meter', min: 0, max: 1, low: usageThresholds.high, high: usageThresholds.veryHigh, optimum: 0 },
    'aria-labelledby': labelId,
  });
  const chart = makeChart();
  const element = el(
    'li',
    { class: 'usage-card' },
    el('div', { class: 'usage-line' }, el('span', { class: 'usage-label', id: labelId }, first.label), level, figures),
    meter,
    chart.element,
  );
  return {
    element,
    update(state) {
      const share = usageShare(state.used, state.unit === '%' ? 100 : state.total);
      const shareLevel = usageLevel(share ?? 0);
      const word = levelText(shareLevel, texts);
      const text = figuresText(state, texts, numbers);
      setText(figures, text);
      setText(levelWord, word);
      show(level, word !== '');
      setAttributes(element, { 'data-level': shareLevel, 'data-unknown': state.used === undefined });
      // A meter without a value would say zero.
      show(meter, share !== undefined);
      show(chart.element, share !== undefined);
      meter.value = share ?? 0;
      setAttributes(meter, { 'aria-valuetext': word === '' ? text : `${text}, ${word}` });
      const summary = summarizeSamples(state.samples);
      const { lowest, highest, latest } = summary ?? { lowest: 0, highest: 0, latest: 0 };
      chart.update(
        state.samples,
        fill(
          texts.usageChart,
          state.label,
          state.samples.length,
          ...[lowest, highest, latest].map((part) => numbers.percent(part)),
        ),
      );
    },
  };
}
