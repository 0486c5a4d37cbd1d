import type { Quantity, Unit } from '../core/units.ts';
import { unitTextKeys } from '../protocol/texts.ts';
import type { Texts, UnitTextKey } from '../protocol/texts.ts';
import { fill } from './texts.ts';

/** Numbers in the way of the page's language, which is VS Code's. */
export interface Numbers {
  /** With at most one digit after the point. */
  readonly plain: (value: number) => string;
  /** With exactly one digit after the point, for figures that change while one looks. */
  readonly steady: (value: number) => string;
  /** A share as whole percents, without the sign. */
  readonly percent: (share: number) => string;
  /** US dollars. Hourly prices are parts of a cent, so they have as many digits as they need, up to five. */
  readonly dollars: (value: number) => string;
  /** A figure with its unit. */
  readonly amount: (figure: string, unit: Unit) => string;
  readonly quantity: (quantity: Quantity) => string;
}

export function numbersFor(language: string, texts: Texts<UnitTextKey>): Numbers {
  const format = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const formatter = new Intl.NumberFormat(language || 'en', options);
    return (value) => formatter.format(value);
  };
  const plain = format({ maximumFractionDigits: 1 });
  const whole = format({ maximumFractionDigits: 0 });
  const amount = (figure: string, unit: Unit): string => fill(texts[unitTextKeys[unit]], figure);
  return {
    plain,
    steady: format({ minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    percent: (share) => whole(share * 100),
    dollars: format({ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 5 }),
    amount,
    quantity: ({ value, unit }) => amount(plain(value), unit),
  };
}
