import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { toAccountId, toServerRef, toServerRefs } from '../../../src/core/refs.ts';

describe('toServerRefs', () => {
  it('returns the servers of a group, and nothing for other values', () => {
    const group = {
      kind: 'group',
      children: [
        { accountId: 'a', serverId: '1' },
        { accountId: 'a' },
        null,
        { accountId: 'a', serverId: '2' },
      ],
    };
    assert.deepEqual(
      toServerRefs(group).map(({ serverId }) => serverId),
      ['1', '2'],
    );
    for (const value of [
      undefined,
      null,
      'group',
      { kind: 'group' },
      { kind: 'group', children: 'x' },
      { kind: 'account', children: group.children },
    ]) {
      assert.deepEqual(toServerRefs(value), []);
    }
  });
});

describe('toServerRef', () => {
  it('requires both ids as non-empty text', () => {
    assert.deepEqual(toServerRef({ accountId: 'a', serverId: '1', status: 'x' }), {
      accountId: 'a',
      serverId: '1',
    });
    for (const value of [
      undefined,
      null,
      'a',
      1,
      {},
      { accountId: 'a' },
      { accountId: 1, serverId: '1' },
      { accountId: '', serverId: '' },
    ]) {
      assert.equal(toServerRef(value), undefined);
    }
  });
});

describe('toAccountId', () => {
  it('requires the id as text', () => {
    assert.equal(toAccountId({ accountId: 'a' }), 'a');
    assert.equal(toAccountId(['a']), undefined);
  });
});
