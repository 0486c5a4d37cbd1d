import assert from 'node:assert/strict';
import { register } from 'node:module';
import { aServer } from '../../support/builders.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { isSameRow, serverRow } = await import('../../../src/tree/rows.ts');

describe('the row of a server', () => {
  const rowOf = (facts: Parameters<typeof aServer>[0]) => serverRow(aServer(facts), { isBusy: false, isFollowed: false });

  it('is drawn anew when the tooltip has something else to say', () => {
    assert.equal(isSameRow(rowOf({ backupsEnabled: false }), rowOf({ backupsEnabled: true })), false);
    assert.equal(isSameRow(rowOf({ hostname: 'a.example.com' }), rowOf({ hostname: 'b.example.com' })), false);
    assert.equal(isSameRow(rowOf({}), rowOf({ plan: { ...aServer().plan!, name: 'Larger' } })), false);
  });

  it('stays when the first hover brings what only was not known before', () => {
    assert.equal(isSameRow(rowOf({}), rowOf({ backupsEnabled: true, ipv6Address: '2001:db8::1' })), true);
  });
});
