import * as l10n from '@vscode/l10n';
import type { Price, PriceTotal } from '../core/pricing.ts';
import { plural } from './l10n.ts';
import { dollarsText } from './amounts.ts';

/** "$12.00 a month, $0.018 an hour", as far as the price is known. */
export function priceText({ monthly, hourly }: Price): string | undefined {
  if (monthly !== undefined && hourly !== undefined) {
    return l10n.t('{0} a month, {1} an hour', dollarsText(monthly), dollarsText(hourly));
  }
  if (monthly !== undefined) {
    return l10n.t('{0} a month', dollarsText(monthly));
  }
  return hourly === undefined ? undefined : l10n.t('{0} an hour', dollarsText(hourly));
}

/** For whoever is about to turn automatic backups on; see docs/money.md. */
export function backupsPriceText(): string {
  return l10n.t('VPS.org lists no price for automatic backups.');
}

/** What a price is. Prices of sample servers are invented, and nobody pays them. */
function priceKind(isSample: boolean): string {
  return isSample ? l10n.t('sample price, nothing is charged') : l10n.t('list price');
}

/** "$12.00 a month (list price)" */
export function listPriceText(price: Price, isSample: boolean): string | undefined {
  const text = priceText(price);
  return text && l10n.t('{0} ({1})', text, priceKind(isSample));
}

/** "$34.00/month + 2 unknown"; undefined where no price is known. */
export function totalText({ monthly, known, unknown }: PriceTotal): string | undefined {
  if (known === 0) {
    return undefined;
  }
  const text = l10n.t('{0}/month', dollarsText(monthly));
  return unknown === 0 ? text : plural(l10n.t('{0} + {1} unknown'), text, unknown);
}

/** The total of the only account, for the view's message. Under a filter it says that it counts hidden servers too. */
export function accountTotalText(
  total: PriceTotal,
  isSample: boolean,
  isFiltered: boolean,
): string | undefined {
  const text = totalText(total);
  if (text === undefined) {
    return undefined;
  }
  if (isFiltered) {
    return isSample
      ? l10n.t('Sample prices of all servers: {0}.', text)
      : l10n.t('List price of all servers: {0}.', text);
  }
  return isSample ? l10n.t('Sample prices: {0}.', text) : l10n.t('List price: {0}.', text);
}

/** What stopping servers does not save; undefined where no price is known. */
export function stoppedCostText(total: PriceTotal, isSample: boolean): string | undefined {
  return withUnknown(
    total,
    total.known + total.unknown === 1
      ? l10n.t('It keeps costing {0} a month while stopped ({1}).')
      : l10n.t('Together they keep costing {0} a month while stopped ({1}).'),
    isSample,
  );
}

/** What deleting servers saves; undefined where no price is known. */
export function deletionSavingText(total: PriceTotal, isSample: boolean): string | undefined {
  return withUnknown(
    total,
    total.known + total.unknown === 1
      ? l10n.t('This saves {0} a month ({1}).')
      : l10n.t('Together this saves {0} a month ({1}).'),
    isSample,
  );
}

function withUnknown(
  { monthly, known, unknown }: PriceTotal,
  sentence: string,
  isSample: boolean,
): string | undefined {
  if (known === 0) {
    return undefined;
  }
  const text = plural(sentence, dollarsText(monthly), priceKind(isSample));
  return unknown === 0
    ? text
    : [
        text,
        plural(
          l10n.t(
            '{0, plural, one {The price of # server is unknown and not included.} other {The prices of # servers are unknown and not included.}}',
          ),
          unknown,
        ),
      ].join(' ');
}
