import * as l10n from '@vscode/l10n';
import type { MarkColor } from '../core/serverMarks.ts';

/** The name of a color, in lower case as inside a sentence. */
export function colorText(color: MarkColor): string {
  switch (color) {
    case 'red':
      return l10n.t('red');
    case 'orange':
      return l10n.t('orange');
    case 'yellow':
      return l10n.t('yellow');
    case 'green':
      return l10n.t('green');
    case 'blue':
      return l10n.t('blue');
    case 'purple':
      return l10n.t('purple');
  }
}
