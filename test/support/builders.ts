import { ChangedServers } from '../../src/state/changedServers.ts';
import { MemoryMemento } from './memoryMemento.ts';
import type { ServerList } from '../../src/api/servers.ts';
import type { Server } from '../../src/core/server.ts';
import type { StoredAccount } from '../../src/state/accountStore.ts';

/** A server as a list reply contains it: the first sample of the API documentation. */
export function aServer(facts: Partial<Server> = {}): Server {
  return {
    id: '12345',
    name: 'web-server-01',
    hostname: 'web01.example.com',
    status: 'active',
    ipAddress: '203.0.113.10',
    ipv6Address: undefined,
    location: 'us-west',
    plan: {
      id: '1',
      name: 'Standard VPS',
      vcpus: 2,
      memoryMiB: 4096,
      storageGB: 80,
      bandwidthGB: undefined,
    },
    os: { id: '5', name: 'Ubuntu 22.04 LTS' },
    backupsEnabled: undefined,
    usage: undefined,
    createdAt: '2025-01-10T14:30:00Z',
    updatedAt: '2025-01-10T14:30:00Z',
    ...facts,
  };
}

export function aList(...servers: readonly Server[]): ServerList {
  return { servers, total: servers.length };
}

export function anAccount(facts: Partial<StoredAccount> = {}): StoredAccount {
  return {
    id: 'account-1',
    label: 'jo@example.com',
    apiUrl: 'https://admin.vps.org/api/v1',
    kind: 'token',
    token: 'vps_test_token_1',
    owner: 'jo@example.com',
    ...facts,
  };
}

/** An account of another person than `anAccount`. */
export function anotherAccount(): StoredAccount {
  return anAccount({
    id: 'account-2',
    label: 'ops@example.com',
    token: 'vps_test_token_2',
    owner: 'ops@example.com',
  });
}

/** The account with simulated servers. */
export function aSampleAccount(): StoredAccount {
  return anAccount({ id: 'sample', label: 'Sample servers', kind: 'sample', token: '' });
}

/** Nothing has changed. */
export function aChangedServers(): ChangedServers {
  return new ChangedServers(new MemoryMemento(), (text) => {
    throw new Error(text);
  });
}
