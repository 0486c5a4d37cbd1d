import assert from 'node:assert/strict';
import type { Server } from '../../../src/core/server.ts';
import { unusableAddresses } from '../../support/addresses.ts';
import { aList, aServer } from '../../support/builders.ts';
import { clipboard } from '../../support/vscodeStub.ts';
import { aRow, commandWorld, usePerson } from './commandWorld.ts';

describe('copy commands', () => {
  const front = usePerson();
  const addressed = aServer({ id: '1', name: 'web-1', ipAddress: '203.0.113.1' });
  const onlyV6 = aServer({ id: '2', name: 'web-2', ipAddress: null, ipv6Address: '2001:db8::2' });
  const bare = aServer({
    id: '3',
    name: 'web-3',
    ipAddress: null,
    ipv6Address: null,
    hostname: undefined,
  });

  async function copy(
    command: 'vpsOrg.server.copyIp' | 'vpsOrg.server.copyHostname',
    ...ids: readonly string[]
  ): Promise<string> {
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList(addressed, onlyV6, bare)),
    });
    clipboard.text = 'earlier text';
    const rows = ids.map((id) => aRow(id));
    await context.registry.run(command, [rows[0], rows]);
    return clipboard.text;
  }

  it('copy one line per server that has a value', async () => {
    assert.equal(await copy('vpsOrg.server.copyIp', '3', '1', '2'), '203.0.113.1\n2001:db8::2');
    assert.deepEqual(front.person.flashed, ['Copied 2 lines']);
    assert.deepEqual(front.person.heard, []);
  });

  it('show the value that they copied from one server', async () => {
    assert.equal(await copy('vpsOrg.server.copyIp', '1', '3'), '203.0.113.1');
    assert.deepEqual(front.person.flashed, ['Copied 203.0.113.1']);
  });

  it('keep the clipboard and show a message where there is nothing to copy', async () => {
    assert.equal(await copy('vpsOrg.server.copyHostname', '3'), 'earlier text');
    assert.deepEqual(front.person.heard, ['There is no hostname to copy.']);
  });

  it('copy no address that is none, and say so', async () => {
    for (const ipAddress of unusableAddresses.filter((each) => each.trim() !== '')) {
      const { text, heard } = await copyOf({ ipAddress }, 'vpsOrg.server.copyIp');
      assert.equal(text, 'earlier text', ipAddress);
      assert.match(heard.join(), /^Not copied, because this is not a usable IP address: web-1 \(/u);
    }
  });

  it('copy the other address where one is unusable', async () => {
    const facts = { ipAddress: '0.0.0.0', ipv6Address: '2001:db8::1/128' };
    const { text, heard } = await copyOf(facts, 'vpsOrg.server.copyIp');
    assert.equal(text, '2001:db8::1');
    assert.deepEqual(heard, []);
  });

  it('copy no hostname that a shell could take for something else', async () => {
    for (const hostname of [
      'web;id',
      'a.example\nid',
      '$(id).example',
      '-x.example',
      '127.0.0.1',
    ]) {
      const { text, heard } = await copyOf({ hostname }, 'vpsOrg.server.copyHostname');
      assert.equal(text, 'earlier text', hostname);
      assert.match(heard.join(), /^Not copied, because this is not a valid hostname: web-1 \(/u);
    }
  });

  it('copy the usable values of several servers, and name the other ones', async () => {
    clipboard.text = 'earlier text';
    const { context } = await commandWorld({
      listServers: () =>
        Promise.resolve(aList(addressed, { ...onlyV6, ipv6Address: 'fe80::1%eth0' }, bare)),
    });
    const rows = ['1', '2', '3'].map((id) => aRow(id));
    await context.registry.run('vpsOrg.server.copyIp', [rows[0], rows]);
    assert.equal(clipboard.text, '203.0.113.1');
    assert.deepEqual(front.person.flashed, ['Copied 203.0.113.1']);
    assert.deepEqual(front.person.heard, [
      'Not copied, because this is not a usable IP address: web-2 (fe80::1%eth0)',
    ]);
  });

  it('load IPv6 addresses that the list does not contain, and no others', async () => {
    clipboard.text = 'earlier text';
    const { context, calls } = await commandWorld({
      listServers: () => Promise.resolve(aList(addressed, onlyV6, bare)),
      getServer: () => Promise.resolve({ ...addressed, ipv6Address: '2001:db8::1' }),
    });
    const rows = ['1', '2', '3'].map((id) => aRow(id));
    await context.registry.run('vpsOrg.server.copyIpv6', [rows[0], rows]);
    assert.equal(clipboard.text, '2001:db8::1\n2001:db8::2');
    assert.equal(calls.filter(({ method }) => method === 'getServer').length, 1);
    await context.registry.run('vpsOrg.server.copyIpv6', [rows[2]]);
    assert.deepEqual(front.person.heard, ['There is no IPv6 address to copy.']);
  });

  async function copyOf(
    facts: Partial<Server>,
    command: 'vpsOrg.server.copyIp' | 'vpsOrg.server.copyHostname',
  ): Promise<{ readonly text: string; readonly heard: readonly string[] }> {
    clipboard.text = 'earlier text';
    front.person.heard.length = 0;
    const { context } = await commandWorld({
      listServers: () => Promise.resolve(aList({ ...addressed, ...facts })),
    });
    await context.registry.run(command, [aRow('1')]);
    return { text: clipboard.text, heard: front.person.heard };
  }
});
