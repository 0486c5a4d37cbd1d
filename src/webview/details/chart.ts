import { arrange, el, setAttributes, svg } from '../dom.ts';

const width = 240;
const height = 40;
/** A short history fills the chart from the right, as a task manager does, until there are this many samples. */
const leastSlots = 20;

/** Where the samples lie, the newest at the right edge. Shares above 1 are drawn at the top: the words tell how much. */
export function chartPoints(samples: readonly number[]): readonly (readonly [x: number, y: number])[] {
  const gap = width / (Math.max(samples.length, leastSlots) - 1);
  const firstX = width - gap * (samples.length - 1);
  return samples.map((share, index) => [firstX + gap * index, height * (1 - Math.min(1, Math.max(0, share)))]);
}

/** A line through the last samples. Less than two of them make no line: then its place is empty. */
export function makeChart(): {
  readonly element: HTMLElement;
  /** @param label what the line shows, in words */
  update(samples: readonly number[], label: string): void;
} {
  const area = svg('path', { class: 'chart-area' });
  const line = svg('path', { class: 'chart-line', fill: 'none', 'vector-effect': 'non-scaling-stroke' });
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', focusable: 'false', role: 'img' },
    area,
    line,
  );
  const element = el('div', { class: 'chart' });
  return {
    element,
    update(samples, label) {
      const points = chartPoints(samples);
      const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('');
      const [firstX] = points[0] ?? [0];
      setAttributes(line, { d: path });
      setAttributes(area, { d: path && `${path}V${height}H${firstX.toFixed(2)}Z` });
      setAttributes(drawing, { 'aria-label': label });
      arrange(element, samples.length > 1 ? [drawing] : []);
    },
  };
}
