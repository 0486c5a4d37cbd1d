import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

describe('exportServers without a row', () => {
  const front = usePerson();

  /** The questions about the servers and the format, with these rows selected. */
  async function asked(selected: readonly unknown[], ...picks: readonly string[]) {
    const servers = ['1', '2', '3', '4'].map((id) =>
      aServer({ id, name: `web-${id}`, status: id === '4' ? 'stopped' : 'active' }),
    );
    const { context, selection } = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
    });
    selection.push(...selected);
    front.person.offered.length = 0;
    front.person.picks.splice(0, Infinity, ...picks);
    await context.registry.run('vpsOrg.export', []);
    return { scopes: front.person.offered.length > 1 ? front.person.offered[0] : undefined };
  }

  it('asks about several selected servers, each counted once', async () => {
    const { scopes } = await asked([aRow('1'), aRow('2'), aRow('1')], 'Selected Servers (2)');
    assert.deepEqual(scopes, ['Selected Servers (2)', 'All Servers (4)']);
    assert.equal(front.person.choices.at(-1), 'Export 2 servers as');
  });

  it('asks about selected groups', async () => {
    const group = { kind: 'group', children: [aRow('2'), aRow('3'), aRow('4')] };
    const { scopes } = await asked([group], 'All Servers (4)');
    assert.deepEqual(scopes, ['Selected Servers (3)', 'All Servers (4)']);
    assert.equal(front.person.choices.at(-1), 'Export 4 servers as');
  });

  it('does not ask about the server that was clicked last, or where all are selected', async () => {
    const everything = ['1', '2', '3', '4'].map((id) => aRow(id));
    for (const selected of [[], [aRow('1')], everything]) {
      assert.equal((await asked(selected)).scopes, undefined);
      assert.equal(front.person.choices.at(-1), 'Export 4 servers as');
    }
  });
});
