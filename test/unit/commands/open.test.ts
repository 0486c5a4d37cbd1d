import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

describe('openDetails', () => {
  const front = usePerson();
  const list = () =>
    Promise.resolve(
      aList(aServer({ id: '1', name: 'web-1' }), aServer({ id: '2', name: 'web-2' })),
    );

  it('previews and keeps the focus in the tree after a click on a row only', async () => {
    const { context, opened } = await commandWorld({ listServers: list });
    await context.registry.run('vpsOrg.server.open', [aRow('1'), 'rowClick']);
    await context.registry.run('vpsOrg.server.open', [aRow('1'), [aRow('1'), aRow('2')]]);
    assert.deepEqual(opened, [
      { ref: aRow('1'), keepsFocus: true, isPreview: true },
      { ref: aRow('1'), keepsFocus: false, isPreview: false },
    ]);
  });

  it('offers all servers without a row', async () => {
    const { context, opened } = await commandWorld({ listServers: list });
    front.person.picks.push('web-2');
    await context.registry.run('vpsOrg.server.open', []);
    assert.deepEqual(front.person.offered, [['web-1', 'web-2']]);
    assert.deepEqual(opened, [{ ref: aRow('2'), keepsFocus: false, isPreview: false }]);
  });
});
