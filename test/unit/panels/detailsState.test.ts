import assert from 'node:assert/strict';
import { buildDetailsState } from '../../../src/panels/detailsState.ts';
import type { DetailsSource, StateTexts } from '../../../src/panels/detailsState.ts';
import type { Fact } from '../../../src/protocol/details.ts';
import { aServer } from '../../support/builders.ts';

const texts: StateTexts = {
  status: 'Status',
  ipAddress: 'IPv4 address',
  ipv6Address: 'IPv6 address',
  hostname: 'Hostname',
  location: 'Location',
  plan: 'Plan',
  os: 'Operating system',
  backups: 'Automatic backups',
  created: 'Created',
  updated: 'Updated',
  id: 'ID',
  none: 'none',
  on: 'on',
  off: 'off',
  meters: { cpu: 'CPU', memory: 'Memory', disk: 'Disk', bandwidth: 'Bandwidth' },
  planFacts: ({ name, vcpus }) => `${name}, ${vcpus} vCPU`,
  time: (iso) => `on ${iso}`,
};

function build(source: Partial<DetailsSource> = {}) {
  return buildDetailsState(
    {
      accountLabel: 'jo@example.com',
      isSample: false,
      server: aServer(),
      fallbackName: '12345',
      gone: undefined,
      notice: undefined,
      isBusy: false,
      samplesOf: () => [],
      ...source,
    },
    texts,
  );
}

function fact(facts: readonly Fact[], label: string): Fact | undefined {
  return facts.find((entry) => entry.label === label);
}

describe('what the details panel shows', () => {
  it('tells the facts, each to be copied where that makes sense', () => {
    const { facts } = build({
      server: aServer({ ipv6Address: '2001:db8::1', backupsEnabled: true, updatedAt: undefined }),
    });
    assert.deepEqual(facts, [
      { label: 'Status', value: 'active' },
      { label: 'IPv4 address', value: '203.0.113.10', copy: 'ipAddress' },
      { label: 'IPv6 address', value: '2001:db8::1', copy: 'ipv6Address' },
      { label: 'Hostname', value: 'web01.example.com', copy: 'hostname' },
      { label: 'Location', value: 'us-west', copy: 'location' },
      { label: 'Plan', value: 'Standard VPS, 2 vCPU' },
      { label: 'Operating system', value: 'Ubuntu 22.04 LTS' },
      { label: 'Automatic backups', value: 'on' },
      { label: 'Created', value: 'on 2025-01-10T14:30:00Z' },
      { label: 'Updated', value: undefined },
      { label: 'ID', value: '12345', copy: 'id' },
    ]);
  });

  it('tells an address that there is none of from one that is not known', () => {
    const { facts } = build({ server: aServer({ ipAddress: null, ipv6Address: undefined }) });
    assert.deepEqual(fact(facts, 'IPv4 address'), { label: 'IPv4 address', value: 'none' });
    assert.deepEqual(fact(facts, 'IPv6 address'), { label: 'IPv6 address', value: undefined, copy: 'ipv6Address' });
  });

  it('says that there is no host name, and has an empty one in the form', () => {
    const { facts, settings } = build({ server: aServer({ hostname: undefined }) });
    assert.deepEqual(fact(facts, 'Hostname'), { label: 'Hostname', value: 'none' });
    assert.equal(settings.hostname, '');
  });

  it('shows backups that are not known as not known', () => {
    const { facts, settings } = build({ server: aServer({ backupsEnabled: undefined }) });
    assert.equal(fact(facts, 'Automatic backups')?.value, undefined);
    assert.equal(settings.backupsEnabled, undefined);
  });

  it('enables what the status allows, by the table that menus and palette go by', () => {
    const enabled = (status: string) =>
      Object.entries(build({ server: aServer({ status }) }).actions).flatMap(([action, isOn]) => (isOn ? [action] : []));
    assert.deepEqual(enabled('active'), ['stop', 'reboot', 'delete', 'save']);
    assert.deepEqual(enabled('stopped'), ['start', 'delete', 'save']);
    assert.deepEqual(enabled('suspended'), ['delete', 'save']);
    assert.deepEqual(enabled('provisioning'), ['delete']);
    assert.deepEqual(enabled('something new'), ['start', 'stop', 'reboot', 'delete', 'save']);
  });

  it('disables everything while a request is under way, and for good when the server is gone', () => {
    for (const source of [{ isBusy: true }, { gone: 'It was deleted.' }]) {
      const { actions } = build(source);
      assert.deepEqual(Object.values(actions), [false, false, false, false, false]);
    }
  });

  it('goes on showing what was last known of a server that is gone', () => {
    const state = build({ gone: 'It was deleted.' });
    assert.equal(state.name, 'web-server-01');
    assert.equal(state.gone, 'It was deleted.');
    assert.ok(state.facts.length > 0);
  });

  it('has a name and nothing to press before anything is known', () => {
    const state = build({ server: undefined, notice: 'Loading...' });
    assert.equal(state.name, '12345');
    assert.equal(state.notice, 'Loading...');
    assert.deepEqual([state.facts, state.meters], [[], []]);
    assert.ok(!Object.values(state.actions).includes(true));
  });

  it('says the tone of each status, and of one nobody has heard of', () => {
    const tone = (status: string) => build({ server: aServer({ status }) }).tone;
    assert.deepEqual(
      ['active', 'stopped', 'suspended', 'rebooting', 'constructor'].map(tone),
      ['running', 'stopped', 'suspended', 'busy', 'unknown'],
    );
  });

  it('gives usage with its units, and leaves out what is not told', () => {
    const { meters } = build({
      server: aServer({
        usage: { cpuPercent: 23.5, memoryUsedMiB: 2048, diskUsedGB: undefined, bandwidthUsedGB: 450 },
      }),
      samplesOf: (name) => (name === 'cpu' ? [0.2, 0.235] : []),
    });
    assert.deepEqual(meters, [
      { name: 'cpu', label: 'CPU', used: 23.5, total: 100, unit: '%', samples: [0.2, 0.235] },
      { name: 'memory', label: 'Memory', used: 2048, total: 4096, unit: 'MiB', samples: [] },
      { name: 'disk', label: 'Disk', used: undefined, total: 80, unit: 'GB', samples: [] },
      { name: 'bandwidth', label: 'Bandwidth', used: 450, total: undefined, unit: 'GB', samples: [] },
    ]);
  });
});
