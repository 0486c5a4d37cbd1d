import assert from 'node:assert/strict';
import { register } from 'node:module';
import type { Grouping } from '../../../src/core/grouping.ts';
import { readMarks } from '../../../src/core/serverMarks.ts';
import type { Session } from '../../../src/state/session.ts';
import type { GroupNode } from '../../../src/tree/nodes.ts';
import { aServer } from '../../support/builders.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { isSameRow, serverRow } = await import('../../../src/tree/rows.ts');
const { groupRow } = await import('../../../src/tree/groupRows.ts');
const { toTreeItem } = await import('../../../src/tree/treeItems.ts');

const idle = { isBusy: false, isWaiting: false, isProtected: false };
const unmarked = readMarks(undefined);

describe('serverRow', () => {
  it('shows the address first, so that a narrow view does not cut it off', () => {
    const row = serverRow(aServer(), idle, unmarked);
    assert.equal(row.description, '203.0.113.10 · active');
    assert.equal(row.ariaLabel, 'web-server-01, active, us-west, 203.0.113.10');
  });

  it('shows a lock before the address and says "protected", with the status as before', () => {
    const plain = serverRow(aServer(), idle, unmarked);
    const row = serverRow(aServer(), { ...idle, isProtected: true }, unmarked);
    assert.equal(row.description, '🔒 203.0.113.10 · active');
    assert.equal(row.ariaLabel, 'web-server-01, active, protected, us-west, 203.0.113.10');
    assert.deepEqual([row.icon, row.color], [plain.icon, plain.color]);
  });

  it('offers no action for a protected server but to unprotect it', () => {
    const row = serverRow(aServer(), { ...idle, isProtected: true }, unmarked);
    assert.equal(row.context, 'server canUnprotect isUp hasAddress hasHostname canPin');
    assert.match(serverRow(aServer(), idle, unmarked).context, /canDelete.* canProtect /u);
  });

  it('marks a server that changed elsewhere, in words too', () => {
    const row = serverRow(aServer({ status: 'suspended' }), { ...idle, isChanged: true }, unmarked);
    assert.equal(row.description, 'suspended · changed · 203.0.113.10');
    assert.equal(row.ariaLabel, 'web-server-01, suspended, changed, us-west, 203.0.113.10');
  });

  it('shows the status alone without an address', () => {
    const row = serverRow(aServer({ ipAddress: null, ipv6Address: null }), idle, unmarked);
    assert.equal(row.description, 'active');
  });

  it('shows a chosen color on the icon, whose shape stays the status', () => {
    for (const status of ['active', 'stopped', 'suspended', 'stopping', 'odd']) {
      const server = aServer({ status });
      const plain = serverRow(server, idle, unmarked);
      const marked = serverRow(server, idle, { ...unmarked, color: 'red' });
      assert.equal(marked.icon, plain.icon);
      assert.equal(marked.color, 'vpsOrg.markRed');
      assert.notEqual(plain.color, marked.color);
      assert.equal(marked.ariaLabel, `${plain.ariaLabel}, marked red`);
    }
  });

  it('says that there is a note, which is in the tooltip', () => {
    const row = serverRow(aServer(), idle, { ...unmarked, note: 'Ask Ada.' });
    assert.equal(row.ariaLabel, 'web-server-01, active, us-west, 203.0.113.10, has a note');
  });

  it('names the location in the group of pinned servers, which does not', () => {
    const marks = { ...unmarked, isPinned: true };
    assert.equal(serverRow(aServer(), idle, marks).description, '203.0.113.10 · active');
    const row = serverRow(aServer(), idle, marks, { isPinned: true });
    assert.equal(row.description, '203.0.113.10 · active · us-west');
    assert.equal(row.ariaLabel, 'web-server-01, active, pinned, us-west, 203.0.113.10');
  });

  it('marks a sample server', () => {
    const row = serverRow(aServer(), idle, unmarked, { isSample: true });
    assert.equal(row.description, '203.0.113.10 · active · sample');
    assert.equal(row.ariaLabel, 'web-server-01, active, us-west, 203.0.113.10, sample');
  });

  it('offers to pin or to unpin', () => {
    const words = (isPinned: boolean): readonly string[] =>
      serverRow(aServer(), idle, { ...unmarked, isPinned }).context.split(' ');
    assert.deepEqual(
      [true, false].map((isPinned) =>
        words(isPinned).filter((word) => ['canPin', 'isPinned'].includes(word)),
      ),
      [['isPinned'], ['canPin']],
    );
  });
});

describe('toTreeItem', () => {
  it('has the whole text of a group in its tooltip, because a narrow view cuts it off', () => {
    const row = {
      ...serverRow(aServer(), idle, unmarked),
      ariaLabel: 'us-west, 2 servers, $20.00',
    };
    const node = { kind: 'group', id: 'g', grouping: 'location', children: [] };
    assert.equal(
      toTreeItem(node as unknown as GroupNode, row).tooltip,
      'us-west, 2 servers, $20.00',
    );
  });
});

describe('groupRow', () => {
  const servers = [1, 2, 3].map((id) => aServer({ id: `${id}`, status: 'stopped' }));
  const session = {
    servers: { get: (id: string) => servers.find((server) => server.id === id) },
  } as unknown as Session;
  const describeGroup = (grouping: Grouping, key: string): string => {
    const children = servers.map(({ id }) => ({ serverId: id }));
    const node = { kind: 'group', grouping, key, children } as unknown as GroupNode;
    return groupRow(node, session, () => false).ariaLabel;
  };

  it('counts the active servers, except where the status is the group', () => {
    assert.equal(describeGroup('location', 'us-west'), 'us-west, 3 servers, 0 active');
    assert.equal(describeGroup('status', 'stopped'), 'stopped, 3 servers');
  });
});

describe('isSameRow', () => {
  const rowOf = (facts: Parameters<typeof aServer>[0]) => serverRow(aServer(facts), idle, unmarked);

  it('is false where the tooltip changes', () => {
    assert.equal(
      isSameRow(rowOf({ backupsEnabled: false }), rowOf({ backupsEnabled: true })),
      false,
    );
    assert.equal(
      isSameRow(rowOf({ hostname: 'a.example.com' }), rowOf({ hostname: 'b.example.com' })),
      false,
    );
    assert.equal(
      isSameRow(rowOf({}), rowOf({ plan: { ...aServer().plan!, name: 'Larger' } })),
      false,
    );
  });

  it('is true where a hover loaded values that were unknown before', () => {
    assert.equal(
      isSameRow(rowOf({}), rowOf({ backupsEnabled: true, ipv6Address: '2001:db8::1' })),
      true,
    );
  });
});
