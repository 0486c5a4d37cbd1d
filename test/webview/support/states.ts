import type { CreateState, CreateToWebview } from '../../../src/protocol/create.ts';
import type { CreateValues, PlanChoice } from '../../../src/core/createForm.ts';
import type { DetailsState, DetailsToWebview, MeterName, MeterState } from '../../../src/protocol/details.ts';
import { createTexts, detailsTexts } from './englishTexts.ts';

/** Samples of a share that wanders, the same ones every time. */
export function samples(level: number, count = 20): number[] {
  return Array.from({ length: count }, (_, index) => level + 0.12 * Math.sin(index * 1.3) * Math.cos(index / 3));
}

const ref = { accountId: 'account-1', serverId: '12345' };

export function meters(changes: Partial<Record<MeterName, Partial<MeterState>>> = {}): MeterState[] {
  const usual: MeterState[] = [
    { name: 'cpu', label: 'CPU', used: 23.5, total: 100, unit: '%', samples: samples(0.25) },
    { name: 'memory', label: 'Memory', used: 2048, total: 4096, unit: 'MiB', samples: samples(0.5) },
    { name: 'disk', label: 'Disk', used: 35, total: 80, unit: 'GB', samples: samples(0.44) },
    { name: 'bandwidth', label: 'Bandwidth', used: 450, total: 2048, unit: 'GB', samples: samples(0.22) },
  ];
  return usual.map((meter) => ({ ...meter, ...changes[meter.name] }));
}

export const running: DetailsState = {
  accountLabel: 'jo@example.com',
  isSample: false,
  gone: undefined,
  notice: undefined,
  name: 'web-server-01',
  status: 'active',
  tone: 'running',
  facts: [
    { label: 'IP address', value: '203.0.113.10', copy: 'ipAddress' },
    { label: 'IPv6 address', value: '2001:db8::1', copy: 'ipv6Address' },
    { label: 'Hostname', value: 'web01.example.com', copy: 'hostname' },
    { label: 'Location', value: 'us-west', copy: 'location' },
    { label: 'Plan', value: 'Standard VPS · 2 vCPU · 4 GiB · 80 GB' },
    { label: 'Operating system', value: 'Ubuntu 22.04 LTS' },
    { label: 'Automatic backups', value: 'On' },
    { label: 'Created', value: 'Jan 10, 2025, 2:30 PM' },
    { label: 'Updated', value: 'Jan 10, 2025, 2:30 PM' },
    { label: 'ID', value: '12345', copy: 'id' },
  ],
  actions: { start: false, stop: true, reboot: true, delete: true, save: true },
  meters: meters(),
  settings: { name: 'web-server-01', hostname: 'web01.example.com', backupsEnabled: true },
};

export function detailsMessage(changes: Partial<DetailsState> = {}): DetailsToWebview {
  return { type: 'state', ref, texts: detailsTexts, state: { ...running, ...changes } };
}

export const plans: PlanChoice[] = [
  ...([
    ['3', 'Starter VPS', 1, 2048, 40, 1024, 6, ['us-west', 'us-east', 'ap-southeast']],
    ['1', 'Standard VPS', 2, 4096, 80, 2048, 12, ['us-west', 'us-east', 'eu-central', 'ap-southeast']],
    ['2', 'Performance VPS', 4, 8192, 160, 4096, 24, ['us-west', 'us-east', 'eu-central']],
    ['4', 'Business VPS', 8, 16384, 320, 8192, 48, ['us-east', 'eu-central']],
  ] as const).map(([id, name, vcpus, memoryMiB, storageGB, bandwidthGB, price, locations]) => ({
    ...{ id, name, vcpus, memoryMiB, storageGB, bandwidthGB, locations },
    ...{ priceMonthly: price, priceHourly: (price * 1.5) / 1000 },
  })),
];

const named = (...values: string[]) => values.map((value) => ({ value, label: value }));

export const emptyValues: CreateValues = {
  accountId: 'account-1',
  name: '',
  location: '',
  planId: '',
  osId: '',
  hostname: '',
  sshKeyId: '',
  backupsEnabled: false,
};

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
  choices: {
    plans,
    locations: named('ap-southeast', 'eu-central', 'us-east', 'us-west'),
    operatingSystems: [
      { value: '3', label: 'Debian 12' },
      { value: '5', label: 'Ubuntu 22.04 LTS' },
    ],
    sshKeyIds: ['77'],
  },
  initial: emptyValues,
  formId: 'form-1',
  message: undefined,
  offersPanelLink: false,
  errors: {},
  likelyServer: undefined,
};

export function createMessage(changes: Partial<CreateState> = {}): CreateToWebview {
  return { type: 'state', texts: createTexts, state: { ...editing, ...changes } };
}
