import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { groupServers } from '../../../src/core/grouping.ts';
import { aServer } from '../../support/builders.ts';

describe('groupServers', () => {
  const servers = [
    aServer({ id: '1', name: 'web-10', location: 'us-west' }),
    aServer({ id: '2', name: 'web-2', location: 'us-west', status: 'stopped' }),
    aServer({ id: '3', name: 'db', location: undefined }),
    aServer({ id: '4', name: 'api', location: 'eu-1' }),
  ];
  it('sorts locations and puts unknown ones last; sorts names with numbers in natural order', () => {
    assert.deepEqual(
      groupServers(servers, 'location').map((group) => [
        group.key,
        group.servers.map(({ name }) => name),
      ]),
      [
        ['eu-1', ['api']],
        ['us-west', ['web-2', 'web-10']],
        ['', ['db']],
      ],
    );
  });
  it('groups by status', () => {
    assert.deepEqual(
      groupServers(servers, 'status').map((group) => group.key),
      ['stopped', 'active'],
    );
  });
  it('returns one group for "none"', () => assert.equal(groupServers(servers, 'none').length, 1));
  it('contains every server exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', undefined)), (places) => {
        const all = places.map((location, index) => aServer({ id: String(index), location }));
        const ids = groupServers(all, 'location').flatMap((group) =>
          group.servers.map(({ id }) => id),
        );
        assert.deepEqual([...ids].sort(), all.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('groupServers order of attention', () => {
  const servers = ['active', 'stopped', 'suspended', 'rebooting', 'migrating'].flatMap(
    (status, index) => [
      aServer({ id: `${index}b`, name: `${status}-10`, status }),
      aServer({ id: `${index}a`, name: `${status}-2`, status }),
    ],
  );

  it('puts servers that need attention first within a group, the rest by name', () => {
    const [group] = groupServers(servers, 'none');
    assert.deepEqual(
      group?.servers.map(({ name }) => name),
      [
        'migrating-2',
        'migrating-10',
        'suspended-2',
        'suspended-10',
        'active-2',
        'active-10',
        'rebooting-2',
        'rebooting-10',
        'stopped-2',
        'stopped-10',
      ],
    );
  });

  it('puts statuses that need attention first', () => {
    assert.deepEqual(
      groupServers(servers, 'status').map(({ key }) => key),
      ['suspended', 'migrating', 'rebooting', 'stopped', 'active'],
    );
  });

  it('keeps rows in place during a power action', () => {
    const [before] = groupServers(servers, 'none');
    const stopping = servers.map((server) =>
      server.status === 'active' ? { ...server, status: 'stopping' } : server,
    );
    const [after] = groupServers(stopping, 'none');
    assert.deepEqual(
      after?.servers.map(({ id }) => id),
      before?.servers.map(({ id }) => id),
    );
  });
});
