import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import { afterEach, describe, it } from 'mocha';
import { configureTexts, plural } from '../../../src/text/l10n.ts';

const servers = '{0, plural, one {# server} other {# servers}}';

describe('plural', () => {
  afterEach(() => configureTexts('en', undefined));

  it('chooses the form for the number', () => {
    assert.equal(plural(servers, 0), '0 servers');
    assert.equal(plural(servers, 1), '1 server');
    assert.equal(plural(servers, 2), '2 servers');
  });

  it('uses the forms of the language', () => {
    const polish =
      '{0, plural, one {# serwer} few {# serwery} many {# serwerów} other {# serwera}}';
    configureTexts('pl', { [servers]: polish });
    const texts = [1, 2, 5, 22, 25].map((count) => plural(l10n.t(servers), count));
    assert.deepEqual(texts, ['1 serwer', '2 serwery', '5 serwerów', '22 serwery', '25 serwerów']);
  });

  it('falls back to "other" where a translation lacks a form', () => {
    configureTexts('pl', undefined);
    assert.equal(plural(servers, 2), '2 servers');
  });

  it('formats numbers in the language', () => {
    configureTexts('de', undefined);
    assert.equal(plural(servers, 12_345), '12.345 servers');
  });

  it('takes several numbers and other arguments', () => {
    const text =
      '{0, plural, one {# server} other {# servers}} in {2}, {1, plural, one {one is} other {{1} are}} active';
    assert.equal(plural(text, 3, 1, 'us-west'), '3 servers in us-west, one is active');
    assert.equal(plural(text, 1, 0, 'us-west'), '1 server in us-west, 0 are active');
  });

  it('does not interpret its arguments', () => {
    assert.equal(plural('{0, plural, other {# of {1}}}', 2, '{0} # {9}'), '2 of {0} # {9}');
    assert.equal(plural('{0} and {1}', 'a'), 'a and {1}');
  });
});
