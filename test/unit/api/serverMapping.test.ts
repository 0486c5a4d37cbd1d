import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toServer } from '../../../src/api/serverMapping.ts';
import { makeApi } from './support/makeApi.ts';
import { wireServer, wireServerDetail } from './support/wireServers.ts';

const map = (overrides: Record<string, unknown>) => {
  const odd: string[] = [];
  return { server: toServer(wireServerDetail(overrides), '', (path) => odd.push(path)), odd };
};

const notOdd = (path: string): never => assert.fail(`${path} is odd`);

describe('A server from the wire', () => {
  it('keeps ids as text and takes no id that a path could not bring back', () => {
    assert.equal(map({ id: 7 }).server?.id, '7');
    assert.equal(map({ id: '0b1e-UUID' }).server?.id, '0b1e-UUID');
    for (const id of [
      1.5,
      Number.MAX_SAFE_INTEGER + 1,
      '',
      ' ',
      '.',
      '..',
      'a\nb',
      'a\u200bb',
      '\ud800',
      true,
      null,
      {},
      'x'.repeat(201),
    ]) {
      assert.deepEqual(map({ id }), { server: undefined, odd: ['id'] });
    }
  });

  it('takes numbers as digits in a text, and nothing below zero', () => {
    const { server, odd } = map({ plan: { vcpus: ' 2 ', memory: '4096', storage: -80, bandwidth: '1e3' } });
    assert.deepEqual(server?.plan, {
      id: undefined,
      name: undefined,
      vcpus: 2,
      memoryMiB: 4096,
      storageGB: undefined,
      bandwidthGB: undefined,
    });
    assert.deepEqual(odd, ['plan.storage', 'plan.bandwidth']);
    assert.equal(map({ plan: { memory: '9'.repeat(400) } }).server?.plan?.memoryMiB, undefined);
  });

  it('tells "there is none" from "not sent"', () => {
    assert.equal(map({ ip_address: null }).server?.ipAddress, null);
    assert.equal(map({ ip_address: '' }).server?.ipAddress, null);
    assert.equal(map({ ip_address: 'pending' }).server?.ipAddress, 'pending');
    const listed = toServer(wireServer(), '', notOdd);
    assert.equal(listed?.ipv6Address, undefined);
    assert.equal(listed?.usage, undefined);
    assert.equal(listed?.backupsEnabled, undefined);
    assert.equal(listed?.plan?.bandwidthGB, undefined);
  });

  it('finds nothing odd in null where a field may be missing', () => {
    const { odd } = map({
      hostname: null,
      location: null,
      plan: null,
      os: null,
      backups_enabled: null,
      resource_usage: null,
      created_at: null,
    });
    assert.deepEqual(odd, []);
  });

  it('shows an unknown status as it is, and a missing one as unknown', () => {
    assert.equal(map({ status: ' migrating ' }).server?.status, 'migrating');
    for (const status of [undefined, null, '', '  ', 5]) {
      assert.deepEqual(map({ status }).server?.status, 'unknown');
    }
  });

  it('has names without anything invisible, of bearable length', () => {
    assert.equal(map({ name: 'web\u202e-\u200b0\ufff91\n x\u0007' }).server?.name, 'web-01 x');
    const long = map({ name: '😀'.repeat(300) }).server?.name ?? '';
    assert.ok(long.length <= 200 && long.endsWith('😀…'));
  });

  it('uses at most all of a CPU', () => {
    assert.equal(map({ resource_usage: { cpu_percent: 100.4 } }).server?.usage?.cpuPercent, 100);
  });

  it('never throws, and never hides its good neighbours', async () => {
    const anything = fc.anything({ maxDepth: 3, withNullPrototype: true });
    const fields = Object.keys(wireServerDetail());
    const odd = fc
      .tuple(
        fc.subarray(fields),
        fc.array(fc.jsonValue(), { minLength: fields.length, maxLength: fields.length }),
      )
      .map(([names, values]) =>
        wireServerDetail(Object.fromEntries(names.map((name, index) => [name, values[index]]))),
      );
    fc.assert(
      fc.property(anything, (raw) => {
        toServer(raw, '', () => undefined);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(odd, fc.jsonValue())), fc.nat(20), async (oddOnes, place) => {
        const good = wireServer({ id: 'the-good-one' });
        const { api } = makeApi([{ json: { results: oddOnes.toSpliced(place, 0, good) } }]);
        const { servers, total } = await api.listServers();
        const found = servers.find((server) => server.id === 'the-good-one');
        assert.deepEqual(found, toServer(good, '', notOdd));
        assert.ok(servers.every((server) => server.id !== '' && server.name !== '' && server.status !== ''));
        assert.ok(total >= servers.length);
      }),
    );
  }).timeout(10_000);
});
