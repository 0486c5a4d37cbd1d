import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

describe('create commands', () => {
  const front = usePerson();
  const server = aServer({ id: '1', name: 'web-1' });
  const answers = {
    listServers: () => Promise.resolve(aList(server)),
    getServer: () => Promise.resolve({ ...server, backupsEnabled: true }),
  };

  it('open the form for the account and location of a row', async () => {
    const { context, opened } = await commandWorld(answers);
    const rows = [
      undefined,
      { accountId: 'account-1' },
      { accountId: 'account-1', grouping: 'location', key: 'us-west' },
      { accountId: 'account-1', grouping: 'status', key: 'active' },
      { accountId: 'removed' },
    ];
    for (const row of rows) {
      await context.registry.run('vpsOrg.server.create', [row]);
    }
    assert.deepEqual(opened, [
      {},
      { accountId: 'account-1' },
      { accountId: 'account-1', location: 'us-west' },
      { accountId: 'account-1' },
      {},
    ]);
  });

  it('open the form with the details of a server', async () => {
    const { context, opened } = await commandWorld(answers);
    await context.registry.run('vpsOrg.server.clone', [aRow('1')]);
    assert.equal(opened.length, 1);
    assert.ok(opened[0] && 'like' in opened[0] && opened[0].like?.backupsEnabled);
    assert.deepEqual(front.person.heard, []);
  });

  it('show a message for a row whose server no longer exists', async () => {
    const { context, opened } = await commandWorld(answers);
    await context.registry.run('vpsOrg.server.clone', [aRow('2')]);
    assert.deepEqual(opened, []);
    assert.deepEqual(front.person.heard, ['This server no longer exists.']);
  });
});
