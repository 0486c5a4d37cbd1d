import * as l10n from '@vscode/l10n';
import type { PlanChoice } from '../../../core/planChoice.ts';
import { priceOf } from '../../../core/pricing.ts';
import { priceText } from '../../../text/prices.ts';

/** The price of the chosen plan, or that it is not known. */
export function planPriceText(plan: PlanChoice | undefined): string {
  const price = plan && priceOf(plan);
  return (price && priceText(price)) ?? l10n.t('Price unavailable. You will still be charged.');
}
