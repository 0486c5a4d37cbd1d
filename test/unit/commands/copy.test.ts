import assert from 'node:assert/strict';
import { aList, aServer } from '../../support/builders.ts';
import { clipboard } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

const { registerCopy } = await import('../../../src/commands/copy.ts');

describe('Copy IP Address, Copy Hostname and Copy ID', () => {
  const front = usePerson();
  const addressed = aServer({ id: '1', name: 'web-1', ipAddress: '203.0.113.1' });
  const onlyV6 = aServer({ id: '2', name: 'web-2', ipAddress: null, ipv6Address: '2001:db8::2' });
  const bare = aServer({ id: '3', name: 'web-3', ipAddress: null, ipv6Address: null, hostname: undefined });

  async function copy(command: 'vpsOrg.server.copyIp' | 'vpsOrg.server.copyHostname', ...ids: readonly string[]): Promise<string> {
    const { context } = await commandWorld({ listServers: () => Promise.resolve(aList(addressed, onlyV6, bare)) });
    registerCopy(context);
    clipboard.text = 'what was there before';
    const rows = ids.map((id) => aRow(id));
    await context.registry.run(command, [rows[0], rows]);
    return clipboard.text;
  }

  it('copy of a mixed selection what there is, a line each', async () => {
    assert.equal(await copy('vpsOrg.server.copyIp', '3', '1', '2'), '203.0.113.1\n2001:db8::2');
    assert.deepEqual(front.person.flashed, ['Copied 2 lines']);
    assert.deepEqual(front.person.heard, []);
  });

  it('say what they copied of one', async () => {
    assert.equal(await copy('vpsOrg.server.copyIp', '1', '3'), '203.0.113.1');
    assert.deepEqual(front.person.flashed, ['Copied 203.0.113.1']);
  });

  it('leave the clipboard alone where there is nothing to copy, and say so', async () => {
    assert.equal(await copy('vpsOrg.server.copyHostname', '3'), 'what was there before');
    assert.deepEqual(front.person.heard, ['There is no hostname to copy.']);
  });
});
