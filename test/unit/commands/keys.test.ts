import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { clipboard, executedCommands, openTabs } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const servers = ['1', '2', '3'].map((id) =>
  aServer({ id, name: `web-${id}`, ipAddress: `203.0.113.${id}` }),
);
const signIn = () => commandWorld({ listServers: () => Promise.resolve(aList(...servers)) });

describe('keys on a row', () => {
  const front = usePerson();

  it('act on the focused row, not on a selected one elsewhere', async () => {
    const { context, selection } = await signIn();
    selection.push(aRow('1'));
    await context.registry.run('vpsOrg.server.copyIp', [[aRow('2')]]);
    assert.equal(clipboard.text, '203.0.113.2');
  });

  it('act on the selection that contains the focused row, but rename only that row', async () => {
    const { context, selection } = await signIn();
    selection.push(aRow('1'), aRow('3'));
    await context.registry.run('vpsOrg.server.copyIp', [[aRow('3')]]);
    assert.equal(clipboard.text, '203.0.113.1\n203.0.113.3');
    await context.registry.run('vpsOrg.server.rename', [[aRow('3')]]);
    assert.equal(front.person.prompts.length, 1);
  });

  it('do nothing on a row that the command does not apply to', async () => {
    const { context } = await signIn();
    const group = { kind: 'group', children: [aRow('1'), aRow('2')] };
    await context.registry.run('vpsOrg.server.rename', [[group]]);
    await context.registry.run('vpsOrg.server.delete', [
      [{ kind: 'account', accountId: 'account-1' }],
    ]);
    assert.deepEqual(front.person.offered, []);
    assert.deepEqual(front.person.prompts, []);
    assert.deepEqual(front.person.heard, []);
  });

  it('say what to do where no server has the focus, though others are selected', async () => {
    const { context, selection, calls } = await signIn();
    selection.push(aRow('1'), aRow('2'));
    const before = calls.length;
    for (const focused of [undefined, { kind: 'account', accountId: 'account-1' }]) {
      await context.registry.run('vpsOrg.server.delete', [[focused]]);
      assert.deepEqual(front.person.flashed.splice(0), [
        'Choose a server with the arrow keys first',
      ]);
    }
    assert.deepEqual(front.person.heard, []);
    assert.equal(calls.length, before);
  });

  it('do what they do in every list on a row without a server: Enter', async () => {
    const { context, opened } = await signIn();
    executedCommands.length = 0;
    await context.registry.run('vpsOrg.server.open', [
      [{ kind: 'hint', accountId: 'account-1', hint: 'unreachable' }],
    ]);
    assert.deepEqual([executedCommands, opened], [['list.select'], []]);
    await context.registry.run('vpsOrg.server.open', [[aRow('2')]]);
    assert.deepEqual(opened, [{ ref: aRow('2'), keepsFocus: false, isPreview: false }]);
  });

  it('ask before they delete', async () => {
    const { context, calls } = await signIn();
    await context.registry.run('vpsOrg.server.delete', [[aRow('2')]]);
    assert.match(front.person.heard[0] ?? '', /^Delete "web-2"\?/u);
    assert.ok(!calls.some(({ method }) => method === 'deleteServer'));
  });
});

describe('the server picker', () => {
  const front = usePerson();

  afterEach(() => openTabs.splice(0));

  const offered = async (context: Awaited<ReturnType<typeof signIn>>['context']) => {
    await context.registry.run('vpsOrg.server.copyIp', []);
    return front.person.offered.at(-1);
  };

  it('starts with the selected row', async () => {
    const { context, selection } = await signIn();
    assert.deepEqual(await offered(context), ['web-1', 'web-2', 'web-3']);
    selection.push(aRow('3'));
    assert.deepEqual(await offered(context), ['web-3', 'web-1', 'web-2']);
  });

  it('starts with all selected servers, and still offers each', async () => {
    const { context, selection } = await signIn();
    // A pinned server has two rows, and a group is no choice of its servers.
    const group = { kind: 'group', children: [aRow('2')] };
    selection.push(group, aRow('3'), aRow('1'), aRow('3'));
    front.person.picks.push('2 selected servers');
    assert.deepEqual(await offered(context), ['2 selected servers', 'web-1', 'web-2', 'web-3']);
    assert.equal(front.person.described.at(-1)?.[0], 'web-3, web-1');
    assert.equal(clipboard.text, '203.0.113.3\n203.0.113.1');
  });

  it('offers no selection to a command on one server, or where the command applies to none of it', async () => {
    const { context, selection } = await signIn();
    selection.push(aRow('1'), aRow('2'));
    await context.registry.run('vpsOrg.server.rename', []);
    assert.deepEqual(front.person.offered.at(-1), ['web-1', 'web-2', 'web-3']);
    await context.marks.setAll([aRow('1'), aRow('2')], { isPinned: true });
    await context.registry.run('vpsOrg.server.pin', []);
    assert.deepEqual(front.person.offered.at(-1), ['web-3']);
  });

  it('starts with the server of the active details panel where no row is selected', async () => {
    const { context } = await signIn();
    const viewType = 'mainThreadWebview-vpsOrg.details';
    openTabs.push({ label: 'web-2', input: { viewType } });
    assert.deepEqual(await offered(context), ['web-2', 'web-1', 'web-3']);
    openTabs.push({ label: 'web-3', input: { viewType: 'markdown.preview' } });
    assert.deepEqual(await offered(context), ['web-1', 'web-2', 'web-3']);
  });
});
