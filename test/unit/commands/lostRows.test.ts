import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { hasLostRow } from '../../../src/host/rowArguments.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const { menus } = manifest.contributes;
const idsOf = (...items: readonly { readonly command?: string }[]) => [
  ...new Set(items.flatMap(({ command }) => command ?? [])),
];
const rowCommands = idsOf(
  ...menus['view/item/context'],
  ...menus['vpsOrg.copy'],
  ...menus['vpsOrg.organize'],
).filter((id) => id !== 'vpsOrg.server.create');

describe('a menu without its row', () => {
  const front = usePerson();

  /** What a person sees after choosing a command from the menu of a row. */
  async function chosen(id: string, ...args: readonly unknown[]) {
    const servers = ['1', '2', '3'].map((serverId) => aServer({ id: serverId }));
    const { context, selection, calls, opened } = await commandWorld({
      listServers: () => Promise.resolve(aList(...servers)),
    });
    selection.push(aRow('1'), aRow('2'));
    const before = calls.length;
    await context.registry.run(id, args);
    assert.deepEqual(front.person.offered.splice(0), [], id);
    assert.deepEqual(front.person.prompts.splice(0), [], id);
    assert.deepEqual([opened, calls.length - before], [[], 0], id);
    return front.person.heard.splice(0);
  }

  const sorry = 'VS Code did not say which row was meant, so nothing was done. Try again.';

  it('does nothing and says why, whatever the command', async () => {
    assert.ok(rowCommands.length > 30);
    for (const id of rowCommands) {
      for (const row of [undefined, null, { preserveFocus: false }])
        assert.deepEqual(await chosen(id, row, undefined), [sorry]);
    }
  });

  it('does nothing where only another selected row is missing', async () => {
    for (const id of ['vpsOrg.server.stop', 'vpsOrg.server.delete', 'vpsOrg.export']) {
      assert.deepEqual(await chosen(id, aRow('1'), [aRow('1'), undefined]), [sorry]);
    }
  });

  it('is not mistaken for the title of the view or of an editor', async () => {
    const inTitles = idsOf(...menus['view/title'], ...menus['editor/title']);
    assert.ok(inTitles.length > 10);
    for (const id of inTitles) assert.equal(hasLostRow(id, [undefined, undefined]), false, id);
    const { context, opened } = await commandWorld({
      listServers: () => Promise.resolve(aList(aServer())),
    });
    await context.registry.run('vpsOrg.server.create', [undefined, undefined]);
    assert.equal(opened.length, 1);
    assert.deepEqual(front.person.heard, []);
  });
});
