import assert from 'node:assert/strict';
import { register } from 'node:module';
import { describe, it } from 'mocha';
import { aChangedServers, aList, anAccount, aServer } from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { ServersTree } = await import('../../../src/tree/serversTree.ts');

const accountId = anAccount().id;

/** Servers 1 and 2 in us-west and 3 in us-east, with all rows drawn. `drawn` collects those that are redrawn. */
async function drawnTree() {
  const list = aList(
    aServer({ id: '1', location: 'us-west' }),
    aServer({ id: '2', location: 'us-west' }),
    aServer({ id: '3', location: 'us-east' }),
  );
  const layer = await signedIn({ listServers: () => Promise.resolve(list) });
  const { sessions, actions, statusWaiter, marks, session, dispose } = layer;
  const changedServers = aChangedServers();
  const tree = new ServersTree({
    sessions,
    actions,
    statusWaiter,
    marks,
    changedServers,
    loadMatcher: () => Promise.reject(new Error('no filter')),
    loadTooltips: () => Promise.reject(new Error('no tooltip')),
    grouping: () => 'location',
    ready: Promise.resolve(),
  });
  await session.refresh();
  const row = (serverId: string) => {
    const found = tree.findServer({ accountId, serverId });
    assert.ok(found?.kind === 'server');
    return found;
  };
  for (const node of [...(await tree.getChildren()), row('1'), row('2'), row('3')]) {
    await tree.getTreeItem(node);
  }
  const drawn: unknown[] = [];
  tree.onDidChangeTreeData((rows) => drawn.push(rows));
  return { tree, changedServers, marks, session, row, drawn, dispose };
}

describe('ServersTree', () => {
  it('draws only the row that changed while it is not one of several selected ones', async () => {
    const { tree, changedServers, row, drawn, dispose } = await drawnTree();
    for (const selection of [[], [row('1')], [row('2'), row('3')]]) {
      tree.setSelection(selection);
      changedServers.add({ accountId, serverId: '1' });
      assert.deepEqual(drawn.splice(0), [[row('1')]]);
      changedServers.delete({ accountId, serverId: '1' });
      assert.deepEqual(drawn.splice(0), [[row('1')]]);
    }
    dispose();
  });

  it('draws both rows of a pinned server that changed', async () => {
    const { tree, changedServers, marks, row, drawn, dispose } = await drawnTree();
    await marks.set({ accountId, serverId: '1' }, { isPinned: true });
    const [pinnedGroup] = await tree.getChildren();
    assert.ok(pinnedGroup);
    const [pinned] = await tree.getChildren(pinnedGroup);
    assert.ok(pinned && pinned !== row('1'));
    for (const node of [pinnedGroup, pinned, row('1')]) {
      await tree.getTreeItem(node);
    }
    drawn.splice(0);
    changedServers.add({ accountId, serverId: '1' });
    assert.deepEqual(drawn, [[row('1'), pinned]]);
    dispose();
  });

  it('draws the whole tree when one of several selected rows changed', async () => {
    const { tree, changedServers, row, drawn, dispose } = await drawnTree();
    tree.setSelection([row('1'), row('3')]);
    changedServers.add({ accountId, serverId: '1' });
    assert.deepEqual(drawn, [undefined]);
    dispose();
  });

  it('draws the whole tree when the group of one of several selected rows changed', async () => {
    const { tree, session, row, drawn, dispose } = await drawnTree();
    tree.setSelection([row('2'), row('3')]);
    const { servers } = session;
    const stopped = aServer({ id: '1', location: 'us-west', status: 'stopped' });
    servers.applyServer(stopped, servers.nextRevision());
    assert.deepEqual(drawn, [undefined]);
    dispose();
  });
});
