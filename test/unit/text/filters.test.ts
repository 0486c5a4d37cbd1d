import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { noFilter } from '../../../src/core/filter.ts';
import { filterText } from '../../../src/text/filters.ts';

describe('filterText', () => {
  it('quotes the text and lists statuses and locations', () => {
    const filter = { text: ' web ', statuses: ['stopped', 'active'], locations: ['us-east'] };
    assert.equal(filterText(filter), '"web", stopped, active, us-east');
    assert.equal(filterText({ ...noFilter, locations: ['us-east'] }), 'us-east');
  });
});
