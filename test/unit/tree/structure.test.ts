import assert from 'node:assert/strict';
import { noFilter } from '../../../src/core/filter.ts';
import type { Node } from '../../../src/tree/nodes.ts';
import { buildStructure, NodeCache } from '../../../src/tree/structure.ts';
import { aServer } from '../../support/builders.ts';
import { signedIn } from '../../support/world.ts';

function fleet(count: number, locations: number) {
  const servers = Array.from({ length: count }, (_, index) =>
    aServer({ id: String(index), name: `web-${index}`, location: `loc-${index % locations}` }),
  );
  return { servers, total: count };
}

function groupsOf(nodes: readonly Node[]) {
  return nodes.flatMap((node) => (node.kind === 'group' ? [node] : []));
}

describe('the rows of the view', () => {
  it('show a few groups open, and many servers or many groups closed', async () => {
    for (const [servers, locations, isFolded] of [
      [40, 4, false],
      [1_000, 20, false],
      [1_001, 4, true],
      [40, 21, true],
    ] as const) {
      const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(servers, locations)) });
      await sessions.all[0]?.refresh();
      const groups = groupsOf(buildStructure(sessions.all, 'location', noFilter, new NodeCache()).roots);
      assert.equal(groups.length, locations);
      assert.ok(groups.every((group) => group.isFolded === isFolded), `${servers} in ${locations}`);
    }
  });

  it('show what a filter found open, as rows of another id: VS Code asks only once for each', async () => {
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(2_000, 2)) });
    await sessions.all[0]?.refresh();
    const cache = new NodeCache();
    const [all] = groupsOf(buildStructure(sessions.all, 'location', noFilter, cache).roots);
    const [found] = groupsOf(buildStructure(sessions.all, 'location', { ...noFilter, text: 'web-190' }, cache).roots);
    assert.deepEqual([all?.isFolded, found?.isFolded], [true, false]);
    assert.notEqual(all?.id, found?.id);
  });

  it('stay the same objects as long as they are there', async () => {
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(5, 1)) });
    await sessions.all[0]?.refresh();
    const cache = new NodeCache();
    const [first] = groupsOf(buildStructure(sessions.all, 'location', noFilter, cache).roots);
    const before = first?.children;
    const [second] = groupsOf(buildStructure(sessions.all, 'location', noFilter, cache).roots);
    assert.equal(second, first);
    assert.ok(before && second && before.every((node, index) => node === second.children[index]));
  });

  it('hold more servers than a function takes arguments', async () => {
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(200_000, 1)) });
    await sessions.all[0]?.refresh();
    assert.equal(buildStructure(sessions.all, 'none', noFilter, new NodeCache()).roots.length, 200_000);
  });
});
