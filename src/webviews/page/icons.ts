import type { StatusTone } from '../../core/statusTone.ts';
import { svg } from './dom.ts';

// Icons on a grid of 16, because webviews have no codicons. They are decorative: the text beside them has the same meaning.

function icon(name: string, ...shapes: readonly SVGElement[]): SVGSVGElement {
  return svg(
    'svg',
    { class: `icon ${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    ...shapes,
  );
}

const line = (d: string): SVGPathElement =>
  svg('path', {
    d,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.2,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
const solid = (d: string): SVGPathElement =>
  svg('path', { d, fill: 'currentColor', 'fill-rule': 'evenodd' });

/** The shapes differ, so that nobody has to distinguish colours. */
export function statusIcon(tone: StatusTone | 'deleted'): SVGSVGElement {
  switch (tone) {
    case 'running':
      return icon('icon-running', solid('M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm-1.6 3.4v5.2L11 8Z'));
    case 'stopped':
      return icon(
        'icon-stopped',
        line('M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6Z'),
        solid('M6 6h4v4H6Z'),
      );
    case 'suspended':
      return icon(
        'icon-suspended',
        line('M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6ZM4.2 4.2l7.6 7.6'),
      );
    case 'busy':
      return icon('icon-busy', line('M8 2.6A5.4 5.4 0 1 1 2.6 8'));
    case 'deleted':
      return icon(
        'icon-deleted',
        line('M2.8 4.4h10.4M6.2 4.4V2.8h3.6v1.6M4 4.4l.6 8.8h6.8l.6-8.8M6.6 6.8v4M9.4 6.8v4'),
      );
    case 'unknown':
      return icon(
        'icon-unknown',
        line(
          'M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6ZM6.4 6.4a1.6 1.6 0 1 1 2.3 1.4c-.5.3-.7.6-.7 1.2',
        ),
        solid('M7.4 10.6h1.2v1.2H7.4Z'),
      );
  }
}

export function copyIcon(): SVGSVGElement {
  return icon(
    'icon-copy',
    line(
      'M5.6 4.6v-1a1 1 0 0 1 1-1h5.8a1 1 0 0 1 1 1v5.8a1 1 0 0 1-1 1h-1M3.6 5.6h5.8a1 1 0 0 1 1 1v5.8a1 1 0 0 1-1 1H3.6a1 1 0 0 1-1-1V6.6a1 1 0 0 1 1-1Z',
    ),
  );
}

export function checkIcon(): SVGSVGElement {
  return icon('icon-check', line('m3 8.6 3.2 3.2L13 4.6'));
}

export function warningIcon(): SVGSVGElement {
  return icon(
    'icon-warning',
    line('M8 2.4 14.2 13.4H1.8ZM8 6.6v3'),
    solid('M7.4 10.8h1.2V12H7.4Z'),
  );
}

export function errorIcon(): SVGSVGElement {
  return icon(
    'icon-error',
    line('M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6ZM6 6l4 4m0-4-4 4'),
  );
}

export function infoIcon(): SVGSVGElement {
  return icon(
    'icon-info',
    line('M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6ZM8 7.4v3.4'),
    solid('M7.4 5h1.2v1.2H7.4Z'),
  );
}
