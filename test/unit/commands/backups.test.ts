import assert from 'node:assert/strict';
import type { Server } from '../../../src/core/server.ts';
import { aList, aSampleAccount, aServer } from '../../support/builders.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const price = 'VPS.org lists no price for automatic backups.';

describe('setBackups', () => {
  const front = usePerson();

  async function choosing(value: 'On' | 'Off', ...states: (boolean | undefined)[]) {
    const servers: readonly Server[] = states.map((backupsEnabled, index) =>
      aServer({ id: String(index), name: `web-${index}`, backupsEnabled }),
    );
    const world = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
      updateServer: (id, settings) => Promise.resolve(aServer({ id, ...settings })),
    });
    front.person.picks.push(value);
    front.person.answers.push(`Turn ${value}`);
    const rows = servers.map(({ id }) => aRow(id));
    await world.context.registry.run('vpsOrg.server.setBackups', [rows[0], rows]);
    return world.calls.filter(({ method }) => method === 'updateServer').length;
  }

  it('says which servers have it already, and reports the state, not a change', async () => {
    assert.equal(await choosing('On', true, undefined, false, true), 4);
    const [question, result] = front.person.heard;
    assert.match(question ?? '', /\n\nAlready on, as last seen: web-0, web-3\.\n\n/u);
    assert.equal(result, 'Automatic backups are on for 4 of 4 servers.');
    front.person.heard.length = 0;
    assert.equal(await choosing('Off', true, false), 2);
    const [offQuestion, offResult] = front.person.heard;
    assert.match(offQuestion ?? '', /\n\nAlready off, as last seen: web-1\./u);
    assert.equal(offResult, 'Automatic backups are off for 2 of 2 servers.');
  });

  it('says before it turns them on that they have no listed price', async () => {
    await choosing('On', false, false);
    assert.ok(front.person.heard[0]?.includes(price));
    assert.doesNotMatch(front.person.heard[0] ?? '', /Already/u);
    front.person.heard.length = 0;
    await choosing('Off', true, true);
    assert.ok(!front.person.heard[0]?.includes(price));
  });

  it('says nothing about prices of sample servers', async () => {
    const { context } = await commandWorld(
      { listServers: () => Promise.resolve(aList(aServer({ id: '1' }), aServer({ id: '2' }))) },
      [aSampleAccount()],
    );
    const { id } = aSampleAccount();
    front.person.picks.push('On');
    await context.registry.run('vpsOrg.server.setBackups', [
      aRow('1', id),
      [aRow('1', id), aRow('2', id)],
    ]);
    assert.match(front.person.heard[0] ?? '', /^Turn automatic backups on for 2 servers\?/u);
    assert.ok(!front.person.heard[0]?.includes(price));
  });
});
