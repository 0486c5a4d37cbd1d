import type { PlanChoice } from '../../core/createForm.ts';
import { priceOf } from '../../core/pricing.ts';
import type { CreateTextKey } from '../../protocol/create.ts';
import type { Texts } from '../../protocol/texts.ts';
import type { Numbers } from '../numbers.ts';
import { fill } from '../texts.ts';

/** "$12.00 a month, $0.018 an hour", or the half that is known, or that nothing is. */
export function priceText(
  plan: PlanChoice | undefined,
  texts: Texts<CreateTextKey>,
  { dollars }: Numbers,
): string {
  const { monthly, hourly } = (plan && priceOf(plan)) ?? {};
  if (monthly !== undefined && hourly !== undefined) {
    return fill(texts.summaryPrice, dollars(monthly), dollars(hourly));
  }
  if (monthly !== undefined) {
    return fill(texts.perMonth, dollars(monthly));
  }
  return hourly === undefined ? texts.summaryPriceUnknown : fill(texts.perHour, dollars(hourly));
}
