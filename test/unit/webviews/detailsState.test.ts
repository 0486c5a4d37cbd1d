import assert from 'node:assert/strict';
import { buildDetailsState } from '../../../src/webviews/details/state.ts';
import type { DetailsSource } from '../../../src/webviews/details/state.ts';
import type { Fact } from '../../../src/webviews/details/protocol.ts';
import { readMarks } from '../../../src/core/serverMarks.ts';
import { defaultProfile } from '../../../src/ssh/profile.ts';
import { timeText } from '../../../src/text/timeText.ts';
import { aServer } from '../../support/builders.ts';

function build(source: Partial<DetailsSource> = {}) {
  return buildDetailsState({
    accountLabel: 'jo@example.com',
    isSample: false,
    canOpenWeb: true,
    server: aServer(),
    ssh: { ...defaultProfile, host: '203.0.113.10' },
    price: { monthly: 12, hourly: 0.018 },
    fallbackName: '12345',
    gone: undefined,
    isDeleted: false,
    marks: readMarks(undefined),
    protection: undefined,
    notice: undefined,
    isRejected: false,
    isAsking: false,
    isBusy: false,
    samplesOf: () => [],
    ...source,
  });
}

function fact(facts: readonly Fact[], label: string): Fact | undefined {
  return facts.find((entry) => entry.label === label);
}

describe('buildDetailsState', () => {
  it('lists the properties, and which of them can be copied', () => {
    const { facts } = build({
      server: aServer({ ipv6Address: '2001:db8::1', backupsEnabled: true, updatedAt: undefined }),
    });
    assert.deepEqual(facts, [
      { label: 'Status', value: 'active' },
      { label: 'IPv4 address', value: '203.0.113.10', copy: 'ipAddress' },
      { label: 'IPv6 address', value: '2001:db8::1', copy: 'ipv6Address' },
      { label: 'Hostname', value: 'web01.example.com', copy: 'hostname' },
      { label: 'SSH', value: 'root@203.0.113.10' },
      { label: 'Location', value: 'us-west', copy: 'location' },
      { label: 'Plan', value: 'Standard VPS, 2 vCPU, 4 GiB memory, 80 GB disk' },
      { label: 'Price', value: '$12.00 a month, $0.018 an hour (list price)' },
      { label: 'Operating system', value: 'Ubuntu 22.04 LTS' },
      { label: 'Automatic backups', value: 'on' },
      { label: 'Created', value: timeText('2025-01-10T14:30:00Z') },
      { label: 'Updated', value: undefined },
      { label: 'ID', value: '12345', copy: 'id' },
    ]);
  });

  it('calls a deleted server deleted, not by its last status', () => {
    const { status, tone, facts } = build({ gone: 'It was deleted.', isDeleted: true });
    assert.deepEqual(
      [status, tone, fact(facts, 'Status')?.value],
      ['deleted', 'deleted', 'deleted'],
    );
  });

  it('shows note, color and pin, if there are any', () => {
    const marks = { note: 'Ask Ada.', color: 'red', isPinned: true };
    assert.deepEqual(build({ marks: readMarks(marks) }).facts.slice(build().facts.length), [
      { label: 'Note', value: 'Ask Ada.' },
      { label: 'Color', value: 'red' },
      { label: 'Pinned', value: 'yes' },
    ]);
  });

  it('allows no action of the API while the token is rejected', () => {
    const { actions } = build({ isRejected: true });
    const { openTerminal, ...requests } = actions;
    assert.equal(openTerminal, true);
    assert.ok(!Object.values(requests).includes(true));
  });

  it('shows no use of CPU and memory while the server is not running', () => {
    const usage = { cpuPercent: 12, memoryUsedMiB: 0, diskUsedGB: 35, bandwidthUsedGB: 450 };
    for (const status of ['stopped', 'suspended']) {
      const { meters } = build({ server: aServer({ status, usage }) });
      assert.deepEqual(
        meters.map(({ used, isOff }) => [used, isOff]),
        [
          [undefined, true],
          [undefined, true],
          [35, undefined],
          [450, undefined],
        ],
      );
    }
  });

  it('says where a price is invented, being loaded or unknown', () => {
    const priceOf = (source: Partial<DetailsSource>) => fact(build(source).facts, 'Price')?.value;
    assert.match(priceOf({ isSample: true }) ?? '', /sample price, nothing is charged/u);
    assert.equal(priceOf({ price: 'loading' }), 'Loading...');
    assert.equal(priceOf({ price: undefined }), undefined);
  });

  it('distinguishes no address from an unknown one', () => {
    const { facts } = build({ server: aServer({ ipAddress: null, ipv6Address: undefined }) });
    assert.deepEqual(fact(facts, 'IPv4 address'), { label: 'IPv4 address', value: 'none' });
    assert.deepEqual(fact(facts, 'IPv6 address'), {
      label: 'IPv6 address',
      value: undefined,
      copy: 'ipv6Address',
    });
  });

  it('shows a missing hostname as none, and as empty in the form', () => {
    const { facts, settings } = build({ server: aServer({ hostname: undefined }) });
    assert.deepEqual(fact(facts, 'Hostname'), { label: 'Hostname', value: 'none' });
    assert.equal(settings.hostname, '');
  });

  it('leaves unknown backups undefined', () => {
    const { facts, settings } = build({ server: aServer({ backupsEnabled: undefined }) });
    assert.equal(fact(facts, 'Automatic backups')?.value, undefined);
    assert.equal(settings.backupsEnabled, undefined);
  });

  it('enables the actions that the status allows', () => {
    const enabled = (status: string) =>
      Object.entries(build({ server: aServer({ status }), ssh: 'noAddress' }).actions).flatMap(
        ([action, isOn]) => (isOn ? [action] : []),
      );
    assert.deepEqual(enabled('active'), ['stop', 'reboot', 'delete', 'save']);
    assert.deepEqual(enabled('stopped'), ['start', 'delete', 'save']);
    assert.deepEqual(enabled('suspended'), ['delete', 'save']);
    assert.deepEqual(enabled('provisioning'), ['delete']);
    assert.deepEqual(enabled('something new'), ['start', 'stop', 'reboot', 'delete', 'save']);
  });

  it('disables everything during a request and after deletion', () => {
    for (const source of [{ isBusy: true }, { gone: 'It was deleted.' }]) {
      const { actions } = build({ ...source, ssh: 'noAddress' });
      assert.deepEqual([...new Set(Object.values(actions))], [false]);
    }
  });

  it('disables every change of a protected server, and says why', () => {
    const { actions, protection } = build({ protection: { pattern: 'web-*' } });
    assert.deepEqual(
      Object.entries(actions).filter(([, isEnabled]) => isEnabled),
      [['openTerminal', true]],
    );
    assert.match(protection ?? '', /"web-server-01" is protected by the pattern "web-\*".* only/u);
    assert.equal(
      build({ protection: { pattern: 'web-*' }, gone: 'Deleted' }).protection,
      undefined,
    );
    assert.equal(build().protection, undefined);
  });

  it('offers a terminal also during a request, but not after deletion', () => {
    assert.equal(build({ isBusy: true }).actions.openTerminal, true);
    assert.equal(build({ gone: 'It was deleted.' }).actions.openTerminal, false);
  });

  it('says how SSH connects, or that a simulated server has none', () => {
    const ssh = {
      user: 'jo',
      port: 2222,
      identityFile: '~/.ssh/id',
      jumpHost: 'gate',
      host: 'web',
    };
    assert.equal(
      fact(build({ ssh }).facts, 'SSH')?.value,
      'jo@web, port 2222, key ~/.ssh/id, via gate',
    );
    const simulated = fact(build({ ssh: 'sample' }).facts, 'SSH');
    assert.equal(simulated?.value, 'not available for simulated servers');
  });

  it('shows the last known data of a deleted server', () => {
    const state = build({ gone: 'It was deleted.' });
    assert.equal(state.name, 'web-server-01');
    assert.equal(state.gone, 'It was deleted.');
    assert.ok(state.facts.length > 0);
  });

  it('shows a fallback name and no actions before the server is loaded', () => {
    const state = build({ server: undefined, notice: 'Loading...' });
    assert.equal(state.name, '12345');
    assert.equal(state.notice, 'Loading...');
    assert.deepEqual([state.facts, state.meters], [[], []]);
    assert.ok(!Object.values(state.actions).includes(true));
  });

  it('has a tone for each status, also for unknown ones', () => {
    const tone = (status: string) => build({ server: aServer({ status }) }).tone;
    assert.deepEqual(['active', 'stopped', 'suspended', 'rebooting', 'constructor'].map(tone), [
      'running',
      'stopped',
      'suspended',
      'busy',
      'unknown',
    ]);
  });

  it('includes usage with units, and leaves missing values undefined', () => {
    const cpu = [
      { at: 0, share: 0.2 },
      { at: 15_000, share: 0.235 },
    ];
    const { meters } = build({
      server: aServer({
        usage: {
          cpuPercent: 23.5,
          memoryUsedMiB: 2048,
          diskUsedGB: undefined,
          bandwidthUsedGB: 450,
        },
      }),
      samplesOf: (name) => (name === 'cpu' ? cpu : []),
    });
    assert.deepEqual(meters, [
      { name: 'cpu', label: 'CPU', used: 23.5, total: 100, unit: '%', samples: cpu },
      { name: 'memory', label: 'Memory', used: 2048, total: 4096, unit: 'MiB', samples: [] },
      { name: 'disk', label: 'Disk', used: undefined, total: 80, unit: 'GB', samples: [] },
      {
        name: 'bandwidth',
        label: 'Bandwidth',
        used: 450,
        total: undefined,
        unit: 'GB',
        samples: [],
      },
    ]);
  });
});
