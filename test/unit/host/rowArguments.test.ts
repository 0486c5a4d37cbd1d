import assert from 'node:assert/strict';
import { toRowArguments } from '../../../src/host/rowArguments.ts';

describe('toRowArguments', () => {
  const refTo = (serverId: string) => ({ kind: 'server', accountId: 'account-1', serverId });
  const [a, b] = [refTo('a'), refTo('b')];

  it('leaves the arguments of menus, links and other extensions as they are', () => {
    for (const args of [[], [a], [a, [a, b]], [undefined], ['text']]) {
      assert.equal(toRowArguments({ selection: [b] }, args), args);
    }
  });

  it('adds the selection to the focused row of a key', () => {
    assert.deepEqual(toRowArguments({ selection: [a, b] }, [[a]]), [a, [a, b]]);
    assert.deepEqual(toRowArguments({ selection: [b] }, [[a]]), [a, [b]]);
    const group = { kind: 'group', children: [a, b] };
    assert.deepEqual(toRowArguments({ selection: [] }, [[group]]), [group, []]);
  });

  it('never takes a selected row for the focused one', () => {
    for (const nothing of [[], [null], [undefined]]) {
      assert.equal(toRowArguments({ selection: [b] }, [nothing]), undefined);
    }
  });

  it('is undefined where the key has no row to act on', () => {
    const account = { kind: 'account', accountId: 'account-1' };
    for (const key of [[], [null], [account], [{ kind: 'hint', accountId: 'account-1' }]]) {
      assert.equal(toRowArguments({ selection: [] }, [key]), undefined);
    }
  });
});
