import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toServer } from '../../../src/api/decode/serverMapping.ts';
import { makeApi } from './support/makeApi.ts';
import { wireServer, wireServerDetail } from './support/wireServers.ts';

const map = (overrides: Record<string, unknown>) => {
  const issues: string[] = [];
  return { server: toServer(wireServerDetail(overrides), '', (path) => issues.push(path)), issues };
};

const noIssue = (path: string): never => assert.fail(`${path} was reported`);

describe('toServer', () => {
  it('keeps ids as text and rejects ids that a path would change', () => {
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
      assert.deepEqual(map({ id }), { server: undefined, issues: ['id'] });
    }
  });

  it('accepts numbers as text, and none below zero', () => {
    const { server, issues } = map({
      plan: { vcpus: ' 2 ', memory: '4096', storage: -80, bandwidth: '1e3' },
    });
    assert.deepEqual(server?.plan, {
      id: undefined,
      name: undefined,
      vcpus: 2,
      memoryMiB: 4096,
      storageGB: undefined,
      bandwidthGB: undefined,
    });
    assert.deepEqual(issues, ['plan.storage', 'plan.bandwidth']);
    assert.equal(map({ plan: { memory: '9'.repeat(400) } }).server?.plan?.memoryMiB, undefined);
  });

  it('distinguishes "there is none" from "not sent"', () => {
    assert.equal(map({ ip_address: null }).server?.ipAddress, null);
    assert.equal(map({ ip_address: '' }).server?.ipAddress, null);
    assert.equal(map({ ip_address: 'pending' }).server?.ipAddress, 'pending');
    const listed = toServer(wireServer(), '', noIssue);
    assert.equal(listed?.ipv6Address, undefined);
    assert.equal(listed?.usage, undefined);
    assert.equal(listed?.backupsEnabled, undefined);
    assert.equal(listed?.plan?.bandwidthGB, undefined);
  });

  it('accepts null where a field may be missing', () => {
    const { issues } = map({
      hostname: null,
      location: null,
      plan: null,
      os: null,
      backups_enabled: null,
      resource_usage: null,
      created_at: null,
    });
    assert.deepEqual(issues, []);
  });

  it('keeps an unknown status as sent, and makes a missing one unknown', () => {
    assert.equal(map({ status: ' migrating ' }).server?.status, 'migrating');
    for (const status of [undefined, null, '', '  ', 5]) {
      assert.deepEqual(map({ status }).server?.status, 'unknown');
    }
  });

  it('removes invisible characters from names and limits their length', () => {
    assert.equal(map({ name: 'web\u202e-\u200b0\ufff91\n x\u0007' }).server?.name, 'web-01 x');
    const long = map({ name: '😀'.repeat(300) }).server?.name ?? '';
    assert.ok(long.length <= 200 && long.endsWith('😀…'));
  });

  it('limits CPU usage to 100 %', () => {
    assert.equal(map({ resource_usage: { cpu_percent: 100.4 } }).server?.usage?.cpuPercent, 100);
  });

  it('never throws and never hides other servers', async () => {
    const anything = fc.anything({ maxDepth: 3, withNullPrototype: true });
    const fields = Object.keys(wireServerDetail());
    const damaged = fc
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
      fc.asyncProperty(
        fc.array(fc.oneof(damaged, fc.jsonValue())),
        fc.nat(20),
        async (others, place) => {
          const good = wireServer({ id: 'the-good-one' });
          const { api } = makeApi([{ json: { results: others.toSpliced(place, 0, good) } }]);
          const { servers, total } = await api.listServers();
          const found = servers.find((server) => server.id === 'the-good-one');
          assert.deepEqual(found, toServer(good, '', noIssue));
          assert.ok(
            servers.every(
              (server) => server.id !== '' && server.name !== '' && server.status !== '',
            ),
          );
          assert.ok(total >= servers.length);
        },
      ),
    );
  });
});
