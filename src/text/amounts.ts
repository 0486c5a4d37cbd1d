import * as l10n from '@vscode/l10n';
import type { Quantity, Unit } from '../core/units.ts';
import { textLanguage } from './l10n.ts';
import { numberText } from './numbers.ts';

/** Expensive to create, so it is kept until the language changes. */
let dollars: { readonly language: string; readonly format: Intl.NumberFormat } | undefined;

/** Formats US dollars. Hourly prices are fractions of a cent, so up to five digits are shown. */
export function dollarsText(value: number): string {
  const language = textLanguage();
  if (dollars?.language !== language) {
    const format = new Intl.NumberFormat(language, {
      style: 'currency',
      currency: 'USD',
      currencyDisplay: 'narrowSymbol',
      maximumFractionDigits: 5,
    });
    dollars = { language, format };
  }
  return dollars.format.format(value);
}

/** Adds the unit to a formatted number: "4 GiB". */
export function amountText(figure: string, unit: Unit): string {
  switch (unit) {
    case 'MiB':
      return l10n.t('{0} MiB', figure);
    case 'GiB':
      return l10n.t('{0} GiB', figure);
    case 'GB':
      return l10n.t('{0} GB', figure);
    case 'TB':
      return l10n.t('{0} TB', figure);
  }
}

export function quantityText({ value, unit }: Quantity, maxFractionDigits = 1): string {
  return amountText(numberText(value, maxFractionDigits), unit);
}
