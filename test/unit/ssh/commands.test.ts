import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Server } from '../../../src/core/server.ts';
import { toFolder } from '../../../src/ssh/remoteFolder.ts';
import { aList, aServer, anAccount } from '../../support/builders.ts';
import { clipboard } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from '../commands/commandWorld.ts';

const servers = [
  aServer({ id: '1', name: 'web-1', ipAddress: '192.34.56.1' }),
  aServer({ id: '2', name: 'web-2', ipAddress: '192.34.56.2' }),
  aServer({ id: '3', name: 'sim', ipAddress: '203.0.113.3' }),
];

describe('SSH commands', () => {
  const front = usePerson();

  const world = (list: readonly Server[] = servers) =>
    commandWorld({ listServers: () => Promise.resolve(aList(...list)) });

  it('copy one line for each server, and say which have no SSH', async () => {
    const { context } = await world();
    const rows = ['1', '2', '3'].map((id) => aRow(id));
    await context.registry.run('vpsOrg.server.copySshCommand', [rows[0], rows]);
    assert.equal(clipboard.text, 'ssh root@192.34.56.1\nssh root@192.34.56.2');
    assert.match(front.person.heard.join(), /^"sim" is simulated: /u);
  });

  it('use the settings that were entered for one server', async () => {
    const { context } = await world();
    front.person.picks.push('User', 'Port', 'Jump Host', undefined);
    front.person.typed.push('deploy', '2222', 'me@gate');
    await context.registry.run('vpsOrg.server.editSsh', [aRow('1')]);
    const rows = ['1', '2'].map((id) => aRow(id));
    await context.registry.run('vpsOrg.server.copySshCommand', [rows[0], rows]);
    assert.equal(
      clipboard.text,
      'ssh -p 2222 -J "me@gate" deploy@192.34.56.1\nssh root@192.34.56.2',
    );
    front.person.picks.push('Use the Settings for All Servers', undefined);
    await context.registry.run('vpsOrg.server.editSsh', [aRow('1')]);
    await context.registry.run('vpsOrg.server.copySshCommand', [aRow('1')]);
    assert.equal(clipboard.text, 'ssh root@192.34.56.1');
  });

  it('keep an entered value that later equals the setting from becoming an override', async () => {
    const { context } = await world();
    front.person.picks.push('User', 'User', undefined);
    front.person.typed.push('deploy', '');
    await context.registry.run('vpsOrg.server.editSsh', [aRow('1')]);
    const ref = { accountId: anAccount().id, serverId: '1' };
    assert.deepEqual((await context.ssh()).overridesOf(ref), {});
  });
});

describe('toFolder', () => {
  it('accepts absolute paths only', () => {
    assert.equal(toFolder(' /srv//www/../app '), '/srv/app');
    assert.equal(toFolder('//host/share'), '/host/share');
    for (const path of ['', 'srv', '~/x', '/a\u202eb', '/a\nb']) {
      assert.equal(toFolder(path), undefined, path);
    }
  });
});
