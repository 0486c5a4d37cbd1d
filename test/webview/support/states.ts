import type { CreateState, CreateToWebview } from '../../../src/webviews/create/protocol.ts';
import { emptyCreateValues } from '../../../src/core/createFields.ts';
import type { CreateValues } from '../../../src/core/createFields.ts';
import type { UsageSample } from '../../../src/core/usage.ts';
import type { PlanChoice } from '../../../src/core/planChoice.ts';
import type {
  DetailsState,
  DetailsToWebview,
  MeterName,
  MeterState,
} from '../../../src/webviews/details/protocol.ts';

/** One sample every 15 s. */
export function samplesOf(...shares: readonly number[]): UsageSample[] {
  return shares.map((share, index) => ({ at: index * 15_000, share }));
}

/** Samples that vary around a level, the same ones every time. */
export function samples(level: number, count = 20): UsageSample[] {
  return samplesOf(
    ...Array.from(
      { length: count },
      (_, index) => level + 0.12 * Math.sin(index * 1.3) * Math.cos(index / 3),
    ),
  );
}

const ref = { accountId: 'account-1', serverId: '12345' };

export function meters(
  changes: Partial<Record<MeterName, Partial<MeterState>>> = {},
): MeterState[] {
  const usual: MeterState[] = [
    { name: 'cpu', label: 'CPU', used: 23.5, total: 100, unit: '%', samples: samples(0.25) },
    {
      name: 'memory',
      label: 'Memory',
      used: 2048,
      total: 4096,
      unit: 'MiB',
      samples: samples(0.5),
    },
    { name: 'disk', label: 'Disk', used: 35, total: 80, unit: 'GB', samples: samples(0.44) },
    {
      name: 'bandwidth',
      label: 'Bandwidth',
      used: 450,
      total: 2048,
      unit: 'GB',
      samples: samples(0.22),
    },
  ];
  return usual.map((meter) => ({ ...meter, ...changes[meter.name] }));
}

export const running: DetailsState = {
  accountLabel: 'jo@example.com',
  isSample: false,
  canOpenWeb: true,
  gone: undefined,
  protection: undefined,
  notice: undefined,
  isRejected: false,
  isAsking: false,
  name: 'web-server-01',
  status: 'active',
  tone: 'running',
  facts: [
    { label: 'IPv4 address', value: '203.0.113.10', copy: 'ipAddress' },
    { label: 'IPv6 address', value: '2001:db8::1', copy: 'ipv6Address' },
    { label: 'Hostname', value: 'web01.example.com', copy: 'hostname' },
    { label: 'Location', value: 'us-west', copy: 'location' },
    { label: 'Plan', value: 'Standard VPS · 2 vCPU · 4 GiB · 80 GB' },
    { label: 'Price', value: '$12.00 a month, $0.018 an hour (list price)' },
    { label: 'Operating system', value: 'Ubuntu 22.04 LTS' },
    { label: 'Automatic backups', value: 'On' },
    { label: 'Created', value: 'Jan 10, 2025, 2:30 PM' },
    { label: 'Updated', value: 'Jan 10, 2025, 2:30 PM' },
    { label: 'ID', value: '12345', copy: 'id' },
  ],
  actions: {
    start: false,
    stop: true,
    reboot: true,
    openTerminal: true,
    delete: true,
    save: true,
  },
  meters: meters(),
  settings: { name: 'web-server-01', hostname: 'web01.example.com', backupsEnabled: true },
};

export function stateMessage(
  changes: Partial<DetailsState> = {},
): Extract<DetailsToWebview, { type: 'state' }> {
  const state = { ...running, ...changes };
  return { type: 'state', ref, isPreview: false, draft: undefined, isDiscarding: false, state };
}

export function detailsMessage(changes: Partial<DetailsState> = {}): DetailsToWebview {
  return stateMessage(changes);
}

export const plans: PlanChoice[] = [
  ...(
    [
      ['3', 'Starter VPS', 1, 2048, 40, 1024, 6, ['us-west', 'us-east', 'ap-southeast']],
      [
        '1',
        'Standard VPS',
        2,
        4096,
        80,
        2048,
        12,
        ['us-west', 'us-east', 'eu-central', 'ap-southeast'],
      ],
      ['2', 'Performance VPS', 4, 8192, 160, 4096, 24, ['us-west', 'us-east', 'eu-central']],
      ['4', 'Business VPS', 8, 16384, 320, 8192, 48, ['us-east', 'eu-central']],
    ] as const
  ).map(([id, name, vcpus, memoryMiB, storageGB, bandwidthGB, price, locations]) => ({
    id,
    name,
    vcpus,
    memoryMiB,
    storageGB,
    bandwidthGB,
    locations,
    priceMonthly: price,
    priceHourly: (price * 1.5) / 1000,
  })),
];

const named = (...values: string[]) => values.map((value) => ({ value, label: value }));

export const emptyValues: CreateValues = emptyCreateValues('account-1');

export const filledValues: CreateValues = {
  ...emptyValues,
  name: 'web-server-02',
  location: 'us-west',
  planId: '1',
  osId: '5',
};

export const editing: CreateState = {
  phase: 'editing',
  attempt: 0,
  accounts: [{ value: 'account-1', label: 'jo@example.com' }],
  isSample: false,
  hasPanel: true,
  choices: {
    plans,
    locations: named('ap-southeast', 'eu-central', 'us-east', 'us-west'),
    operatingSystems: [
      { value: '3', label: 'Debian 12' },
      { value: '5', label: 'Ubuntu 22.04 LTS' },
    ],
    sshKeyIds: ['77'],
    acceptsTextIds: false,
  },
  planList: { kind: 'listed' },
  initial: emptyValues,
  formId: 'form-1',
  takenName: undefined,
  message: undefined,
  offersPanelLink: false,
  errors: {},
  probableMatch: undefined,
};

export function createMessage(changes: Partial<CreateState> = {}): CreateToWebview {
  return { type: 'state', state: { ...editing, ...changes } };
}
