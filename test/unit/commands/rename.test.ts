import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const servers = ['web', 'db'].map((name, id) => aServer({ id: `${id}`, name }));

const warning = 'Another server has this name. Press Enter to use it anyway.';

describe('Rename Server', () => {
  const front = usePerson();

  async function rename(...typed: string[]) {
    const world = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
      updateServer: (id, { name }) => Promise.resolve(aServer({ id, name: name ?? '' })),
    });
    await world.session.refresh();
    front.person.typed.push(...typed);
    await world.context.registry.run('vpsOrg.server.rename', [aRow('0')]);
    return world.calls.filter(({ method }) => method === 'updateServer').length;
  }

  it('warns of the name of another server, and accepts it', async () => {
    assert.equal(await rename('DB'), 1);
    assert.ok(front.person.complaints.includes(warning));
  });

  it('warns of no other name, also not of its own in other letters', async () => {
    assert.equal(await rename('WEB'), 1);
    assert.deepEqual(front.person.complaints, []);
  });

  it('explains an invalid name instead', async () => {
    assert.equal(await rename('d b', 'db-2'), 1);
    assert.ok(front.person.complaints.length > 0);
    assert.ok(!front.person.complaints.includes(warning));
  });
});
