import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readSnapshot, writeSnapshot } from '../../../src/state/listSnapshot.ts';
import { aServer } from '../../support/builders.ts';

const apiUrl = 'https://admin.vps.org/api/v1';
const taken = { apiUrl, takenAt: 1_700_000_000_000 };

describe('readSnapshot and writeSnapshot', () => {
  it('restore a list without usage', () => {
    const web = aServer({ ipv6Address: '2001:db8::1', backupsEnabled: true });
    const db = aServer({
      id: '2',
      name: 'db',
      ipAddress: null,
      plan: undefined,
      os: undefined,
      location: undefined,
    });
    const usage = { cpuPercent: 5, memoryUsedMiB: 1, diskUsedGB: 1, bandwidthUsedGB: 1 };
    const text = writeSnapshot({ ...taken, servers: [{ ...web, usage }, db] });
    assert.deepEqual(readSnapshot(text), { ...taken, servers: [web, db] });
  });

  it('drop invalid servers and keep the valid ones', () => {
    const good = aServer();
    const text = JSON.stringify({
      version: 1,
      ...taken,
      servers: [
        null,
        7,
        'x',
        {},
        { id: '', status: 'active' },
        { id: 5, status: 'active' },
        { ...good, plan: 'big', hostname: 3 },
      ],
    });
    assert.deepEqual(readSnapshot(text)?.servers, [
      { ...good, plan: undefined, hostname: undefined },
    ]);
  });

  it('name a server without a name by its id, and keep each id once', () => {
    const servers = [
      { id: '7', status: 'active' },
      { id: '7', status: 'stopped' },
    ];
    const read = readSnapshot(JSON.stringify({ version: 1, ...taken, servers }))?.servers ?? [];
    assert.deepEqual(
      read.map(({ id, name, status }) => [id, name, status]),
      [['7', '7', 'stopped']],
    );
  });

  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"version":2,"servers":[]}',
    '{"version":1,"servers":{}}',
    '{"version":1,"servers":[],"apiUrl":"x","takenAt":1e300}',
    '{"version":1,"servers":[],"apiUrl":5,"takenAt":1}',
  ]) {
    it(`is none when it reads ${text || '(nothing)'}`, () => {
      assert.equal(readSnapshot(text), undefined);
    });
  }

  it('accept any file content', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.array(fc.anything()).map((servers) => stringify({ version: 1, ...taken, servers })),
        ),
        (text) => {
          for (const server of readSnapshot(text)?.servers ?? []) {
            assert.equal(typeof server.id, 'string');
            assert.notEqual(server.name, '');
          }
        },
      ),
    );
  });
});

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
