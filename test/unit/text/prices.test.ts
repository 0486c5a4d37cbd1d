import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { noTotal } from '../../../src/core/pricing.ts';
import { configureTexts } from '../../../src/text/l10n.ts';
import {
  accountTotalText,
  deletionSavingText,
  listPriceText,
  priceText,
  stoppedCostText,
  totalText,
} from '../../../src/text/prices.ts';

const one = { monthly: 10, known: 1, unknown: 0 };
const several = { monthly: 34, known: 3, unknown: 2 };

describe('prices', () => {
  afterEach(() => configureTexts('en', undefined));

  it('show both parts of a price, one, or none', () => {
    assert.equal(priceText({ monthly: 12, hourly: 0.018 }), '$12.00 a month, $0.018 an hour');
    assert.equal(priceText({ monthly: 12, hourly: undefined }), '$12.00 a month');
    assert.equal(priceText({ monthly: undefined, hourly: 0.018 }), '$0.018 an hour');
    assert.equal(priceText({ monthly: undefined, hourly: undefined }), undefined);
  });

  it('say whether a price is a list price or invented', () => {
    const price = { monthly: 12, hourly: undefined };
    assert.equal(listPriceText(price, false), '$12.00 a month (list price)');
    assert.equal(listPriceText(price, true), '$12.00 a month (sample price, nothing is charged)');
  });

  it('count what a total leaves out, and show none without any price', () => {
    assert.equal(totalText(one), '$10.00/month');
    assert.equal(totalText(several), '$34.00/month + 2 unknown');
    assert.equal(totalText({ ...noTotal, unknown: 3 }), undefined);
    assert.equal(totalText(noTotal), undefined);
    assert.equal(accountTotalText(several, false, false), 'List price: $34.00/month + 2 unknown.');
    assert.equal(accountTotalText(one, true, false), 'Sample prices: $10.00/month.');
    assert.equal(
      accountTotalText(several, false, true),
      'List price of all servers: $34.00/month + 2 unknown.',
    );
    assert.equal(accountTotalText(one, true, true), 'Sample prices of all servers: $10.00/month.');
  });

  it('say what a stopped server keeps costing, and what a deletion saves', () => {
    assert.equal(
      stoppedCostText(one, false),
      'It keeps costing $10.00 a month while stopped (list price).',
    );
    assert.equal(
      stoppedCostText(several, false),
      'Together they keep costing $34.00 a month while stopped (list price). The prices of 2 servers are unknown and not included.',
    );
    assert.equal(deletionSavingText(one, false), 'This saves $10.00 a month (list price).');
    assert.equal(
      deletionSavingText({ ...several, unknown: 1 }, true),
      'Together this saves $34.00 a month (sample price, nothing is charged). The price of 1 server is unknown and not included.',
    );
    for (const text of [stoppedCostText, deletionSavingText]) {
      assert.equal(text({ ...noTotal, unknown: 2 }, false), undefined);
    }
  });

  it('are dollars in the display language', () => {
    configureTexts('de', undefined);
    assert.equal(totalText({ ...several, monthly: 1234.5 }), '1.234,50\u00a0$/month + 2 unknown');
    configureTexts('en', undefined);
    assert.equal(totalText(one), '$10.00/month');
  });
});
