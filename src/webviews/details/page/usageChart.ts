import * as l10n from '@vscode/l10n';
import type { UsageSample } from '../../../core/usage.ts';
import { arrange, el, setAttributes, setText, svg } from '../../page/dom.ts';

const width = 240;
const height = 40;
const minuteMs = 60_000;
/** Lengths of the time axis. It starts short, so that the first samples soon fill the chart. */
const axisMinutes = [1, 2, 5, 10] as const;
/** Samples further apart than this are not connected: the panel was hidden in between. */
const maxGapMs = 45_000;

/** The minutes that the time axis covers. */
function axisLength(samples: readonly UsageSample[]): number {
  const spanMs = (samples.at(-1)?.at ?? 0) - (samples[0]?.at ?? 0);
  return axisMinutes.find((minutes) => minutes * minuteMs >= spanMs) ?? 10;
}

type Point = readonly [x: number, y: number];

/**
 * Positions of the samples, the newest at the right edge. Samples without a gap in between are one run. Shares above 1 are
 * drawn at the top.
 */
export function chartRuns(samples: readonly UsageSample[]): readonly (readonly Point[])[] {
  const newestAt = samples.at(-1)?.at ?? 0;
  const axisMs = axisLength(samples) * minuteMs;
  const runs: Point[][] = [];
  let lastAt = -Infinity;
  for (const { at, share } of samples) {
    const point: Point = [
      width * (1 - (newestAt - at) / axisMs),
      height * (1 - Math.min(1, Math.max(0, share))),
    ];
    if (at - lastAt > maxGapMs) {
      runs.push([point]);
    } else {
      runs.at(-1)?.push(point);
    }
    lastAt = at;
  }
  return runs;
}

/** The path of a run. A single point becomes a line without length, which is drawn as a dot. */
function linePath(run: readonly Point[]): string {
  const points = run.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`);
  return `M${[...points, ...(points.length === 1 ? points : [])].join('L')}`;
}

function areaPath(run: readonly Point[]): string {
  const [firstX = 0] = run[0] ?? [];
  const [lastX = 0] = run.at(-1) ?? [];
  return `${linePath(run)}L${lastX.toFixed(2)} ${height}L${firstX.toFixed(2)} ${height}Z`;
}

/** A line through the samples of the last minutes, above a time axis. A single sample is a dashed level. */
export function makeChart(): {
  readonly element: HTMLElement;
  /** @param label accessible name of the line */
  update(samples: readonly UsageSample[], label: string): void;
} {
  const area = svg('path', { class: 'chart-area' });
  const line = svg('path', {
    class: 'chart-line',
    fill: 'none',
    'vector-effect': 'non-scaling-stroke',
  });
  const drawing = svg(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: 'none',
      focusable: 'false',
      role: 'img',
    },
    area,
    line,
  );
  const start = el('span');
  const plot = el('div', { class: 'chart-plot' });
  const element = el(
    'div',
    { class: 'chart' },
    plot,
    // The accessible name of the line says the same.
    el('div', { class: 'chart-axis', 'aria-hidden': 'true' }, start, el('span', {}, l10n.t('now'))),
  );
  return {
    element,
    update(samples, label) {
      const runs = chartRuns(samples);
      const [[, level] = [0, 0]] = runs[0] ?? [];
      const isLevel = samples.length === 1;
      setAttributes(line, {
        d: isLevel ? `M0 ${level.toFixed(2)}H${width}` : runs.map(linePath).join(''),
        'data-level': isLevel,
      });
      setAttributes(area, { d: isLevel ? '' : runs.map(areaPath).join('') });
      setAttributes(drawing, { 'aria-label': label });
      setText(start, l10n.t('{0} min ago', axisLength(samples)));
      arrange(plot, samples.length > 0 ? [drawing] : []);
    },
  };
}
