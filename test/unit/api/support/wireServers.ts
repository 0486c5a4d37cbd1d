type Wire = Record<string, unknown>;

/** A server as in a list reply. */
export function wireServer(overrides: Wire = {}): Wire {
  return {
    id: 12345,
    name: 'web-server-01',
    hostname: 'web01.example.com',
    status: 'active',
    ip_address: '203.0.113.10',
    location: 'us-west',
    plan: { id: 1, name: 'Standard VPS', vcpus: 2, memory: 4096, storage: 80 },
    os: { id: 5, name: 'Ubuntu 22.04 LTS' },
    created_at: '2025-01-10T14:30:00Z',
    updated_at: '2025-01-11T08:00:00Z',
    ...overrides,
  };
}

/** A server as in a detail reply. */
export function wireServerDetail(overrides: Wire = {}): Wire {
  return wireServer({
    ipv6_address: '2001:0db8::1',
    plan: { id: 1, name: 'Standard VPS', vcpus: 2, memory: 4096, storage: 80, bandwidth: 2048 },
    backups_enabled: true,
    resource_usage: { cpu_percent: 23.5, memory_used: 2048, disk_used: 35, bandwidth_used: 450 },
    ...overrides,
  });
}
