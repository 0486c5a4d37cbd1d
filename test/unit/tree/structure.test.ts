import assert from 'node:assert/strict';
import type { Grouping } from '../../../src/core/grouping.ts';
import { noFilter } from '../../../src/core/filter.ts';
import type { ServerFilter } from '../../../src/core/filter.ts';
import { matcher } from '../../../src/core/search.ts';
import type { MarksReader } from '../../../src/core/serverMarks.ts';
import { MarkStore } from '../../../src/state/serverMarks.ts';
import type { Session } from '../../../src/state/session.ts';
import { nodeId } from '../../../src/tree/nodes.ts';
import type { Node } from '../../../src/tree/nodes.ts';
import { NodeCache } from '../../../src/tree/nodeCache.ts';
import { buildStructure } from '../../../src/tree/structure.ts';
import { aServer } from '../../support/builders.ts';
import { MemoryMemento } from '../../support/memoryMemento.ts';
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

function build(
  sessions: readonly Session[],
  grouping: Grouping,
  filter: ServerFilter,
  cache: NodeCache,
  marks: MarksReader = new MarkStore(new MemoryMemento()),
) {
  return buildStructure({ sessions, grouping, filter, matcher, marks, cache });
}

describe('buildStructure', () => {
  it('collapses groups where there are many servers or many groups', async () => {
    for (const [servers, locations, isFolded] of [
      [40, 4, false],
      [1_000, 20, false],
      [1_001, 4, true],
      [40, 21, true],
    ] as const) {
      const { sessions } = await signedIn({
        listServers: () => Promise.resolve(fleet(servers, locations)),
      });
      await sessions.all[0]?.refresh();
      const groups = groupsOf(build(sessions.all, 'location', noFilter, new NodeCache()).roots);
      assert.equal(groups.length, locations);
      assert.ok(
        groups.every((group) => group.isFolded === isFolded),
        `${servers} in ${locations}`,
      );
    }
  });

  it('expands filtered groups under another id, because VS Code reads the state once per id', async () => {
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(2_000, 2)) });
    await sessions.all[0]?.refresh();
    const cache = new NodeCache();
    const [all] = groupsOf(build(sessions.all, 'location', noFilter, cache).roots);
    const [found] = groupsOf(
      build(sessions.all, 'location', { ...noFilter, text: 'web-190' }, cache).roots,
    );
    assert.deepEqual([all?.isFolded, found?.isFolded], [true, false]);
    assert.notEqual(all?.id, found?.id);
  });

  it('returns the same row objects in every build', async () => {
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(5, 1)) });
    await sessions.all[0]?.refresh();
    const cache = new NodeCache();
    const [first] = groupsOf(build(sessions.all, 'location', noFilter, cache).roots);
    const before = first?.children;
    const [second] = groupsOf(build(sessions.all, 'location', noFilter, cache).roots);
    assert.equal(second, first);
    assert.ok(before && second && before.every((node, index) => node === second.children[index]));
  });

  it('divides a group that VS Code could not show without a freeze', async () => {
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(2_501, 1)) });
    await sessions.all[0]?.refresh();
    const buildRoots = (grouping: Grouping) =>
      groupsOf(build(sessions.all, grouping, noFilter, new NodeCache()).roots);
    for (const grouping of ['none', 'location'] as const) {
      assert.deepEqual(
        buildRoots(grouping).map(({ range, children }) => [range, children.length]),
        [
          [{ first: 1, last: 1_000 }, 1_000],
          [{ first: 1_001, last: 2_000 }, 1_000],
          [{ first: 2_001, last: 2_501 }, 501],
        ],
      );
      assert.equal(new Set(buildRoots(grouping).map(({ id }) => id)).size, 3);
    }
  });

  it('handles more servers than a function takes arguments', async () => {
    const { sessions } = await signedIn({ listServers: () => Promise.resolve(fleet(200_000, 1)) });
    await sessions.all[0]?.refresh();
    const { roots } = build(sessions.all, 'none', noFilter, new NodeCache());
    assert.equal(groupsOf(roots).flatMap(({ children }) => children).length, 200_000);
  });

  describe('with pinned servers', () => {
    async function pinned(count: number, grouping: Grouping, filter = noFilter) {
      const { sessions, marks } = await signedIn({
        listServers: () => Promise.resolve(fleet(6, 2)),
      });
      await sessions.all[0]?.refresh();
      for (const id of ['4', '1', '0'].slice(0, count)) {
        await marks.set({ accountId: 'account-1', serverId: id }, { isPinned: true });
      }
      const { roots } = build(sessions.all, grouping, filter, new NodeCache(), marks);
      return roots.map((node) =>
        node.kind === 'group'
          ? `${node.grouping} ${node.key}: ${node.children.map(({ serverId }) => serverId).join(' ')}`
          : node.kind === 'server' && node.serverId,
      );
    }

    it('shows them first, in a group of their own, and in their places, so that the groups are complete', async () => {
      assert.deepEqual(await pinned(2, 'location'), [
        'pinned : 1 4',
        'location loc-0: 0 2 4',
        'location loc-1: 1 3 5',
      ]);
      assert.deepEqual(await pinned(2, 'none'), ['pinned : 1 4', '0', '1', '2', '3', '4', '5']);
    });

    it('leaves out pinned servers that the filter hides', async () => {
      const filter = { ...noFilter, locations: ['loc-0'] };
      assert.deepEqual(await pinned(3, 'location', filter), [
        'pinned : 0 4',
        'location loc-0: 0 2 4',
      ]);
      const one = { ...noFilter, text: 'web-4' };
      assert.deepEqual(await pinned(1, 'location', one), ['pinned : 4', 'location loc-0: 4']);
    });

    it('gives both rows an id of their own, and keeps their objects', async () => {
      const { sessions, marks } = await signedIn({
        listServers: () => Promise.resolve(fleet(1, 1)),
      });
      await sessions.all[0]?.refresh();
      const ref = { accountId: 'account-1', serverId: '0' };
      await marks.set(ref, { isPinned: true });
      const cache = new NodeCache();
      const rows = () => {
        build(sessions.all, 'location', noFilter, cache, marks);
        return cache.getServerRows(ref);
      };
      const [first, again] = [rows(), rows()];
      assert.deepEqual(first.map(nodeId), ['server/account-1/0', 'pinned/account-1/0']);
      assert.deepEqual(
        again.map((row, index) => row === first[index]),
        [true, true],
      );
      assert.equal(cache.getServer(ref), first[0]);
    });

    it('finds servers by their notes', async () => {
      const { sessions, marks } = await signedIn({
        listServers: () => Promise.resolve(fleet(6, 2)),
      });
      await sessions.all[0]?.refresh();
      const ref = { accountId: 'account-1', serverId: '3' };
      await marks.set(ref, { note: 'Café database of Zürich' });
      const { shown } = build(
        sessions.all,
        'location',
        { ...noFilter, text: 'cafe zurich web' },
        new NodeCache(),
        marks,
      );
      assert.equal(shown, 1);
    });
  });
});
