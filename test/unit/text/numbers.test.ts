import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { configureTexts } from '../../../src/text/l10n.ts';
import { dollarsText, quantityText } from '../../../src/text/amounts.ts';
import { percentText, steadyNumberText } from '../../../src/text/numbers.ts';

describe('numbers', () => {
  afterEach(() => configureTexts('en', undefined));

  it('formats prices with as many digits as they need', () => {
    assert.deepEqual([12, 0.018, 0.00745, 1234.5].map(dollarsText), [
      '$12.00',
      '$0.018',
      '$0.00745',
      '$1,234.50',
    ]);
  });

  it('formats shares and quantities', () => {
    assert.equal(percentText(0.256), '26');
    assert.equal(quantityText({ value: 1.55, unit: 'TB' }), '1.6 TB');
  });

  it('uses the display language', () => {
    configureTexts('de', undefined);
    assert.equal(steadyNumberText(2), '2,0');
  });
});
