import { textLanguage } from './l10n.ts';

/** Formats a number with at most `maxFractionDigits` digits after the point. */
export function numberText(value: number, maxFractionDigits = 1): string {
  return value.toLocaleString(textLanguage(), { maximumFractionDigits: maxFractionDigits });
}

/** Formats a number with exactly one digit after the point, for figures that change while a person looks. */
export function steadyNumberText(value: number): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return value.toLocaleString(textLanguage(), digits);
}

/** Formats a share (0 to 1) as whole percents, without the sign. */
export function percentText(share: number): string {
  return numberText(share * 100, 0);
}
