import type { CreateToWebview } from '../../../src/protocol/create.ts';
import type { DetailsToWebview } from '../../../src/protocol/details.ts';
import type { Webview } from './webview.ts';
import { createMessage, detailsMessage, filledValues, meters, samples } from './states.ts';

/** Every look that a panel can have, for what must hold in all of them. */
export interface Scene<ToWebview> {
  readonly name: string;
  readonly messages: readonly ToWebview[];
  /** What the person does before one looks. */
  readonly act?: (webview: Webview<never, never>) => Promise<void>;
}

export const detailsScenes: readonly Scene<DetailsToWebview>[] = [
  { name: 'running', messages: [detailsMessage()] },
  {
    name: 'busy, sample, high usage',
    messages: [
      detailsMessage({
        ...{ isSample: true, accountLabel: 'Sample servers', status: 'rebooting', tone: 'busy' },
        actions: { start: false, stop: false, reboot: false, delete: true, save: false },
        meters: meters({
          cpu: { used: 84.2, samples: samples(0.8) },
          memory: { used: 4000, samples: samples(0.9) },
          disk: { used: undefined, samples: [] },
          bandwidth: { total: undefined, samples: [] },
        }),
      }),
    ],
  },
  {
    name: 'stopped, old, nothing known',
    messages: [
      detailsMessage({
        ...{ status: 'stopped', tone: 'stopped', notice: 'VPS.org is not reachable. This was seen at 2:30 PM.' },
        actions: { start: true, stop: false, reboot: false, delete: true, save: true },
        facts: [
          { label: 'IP address', value: undefined, copy: 'ipAddress' },
          { label: 'ID', value: '12345', copy: 'id' },
        ],
        meters: meters({
          ...{ cpu: { used: undefined, samples: [] }, memory: { used: undefined, samples: [] } },
          ...{ disk: { samples: [0.44] }, bandwidth: { samples: [0.22] } },
        }),
        settings: { name: 'web-server-01', hostname: '', backupsEnabled: undefined },
      }),
    ],
  },
  {
    name: 'nothing known yet',
    messages: [
      detailsMessage({
        ...{ status: '', tone: 'unknown', facts: [], meters: [] },
        settings: { name: '', hostname: '', backupsEnabled: undefined },
      }),
    ],
  },
  {
    name: 'errors, changed elsewhere',
    messages: [detailsMessage()],
    act: async ({ page, send }) => {
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('web server');
      await page.getByRole('textbox', { name: 'Hostname' }).fill('web01');
      await send(detailsMessage({ settings: { name: 'web-9', hostname: 'web01.example.com', backupsEnabled: true } }) as never);
      await send({ type: 'notSaved', message: 'VPS.org did not answer in time.', errors: {} } as never);
    },
  },
  {
    name: 'saving',
    messages: [detailsMessage()],
    act: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('web-2');
      await page.getByRole('button', { name: 'Save Changes' }).click();
    },
  },
  {
    name: 'gone',
    messages: [
      detailsMessage(),
      detailsMessage({
        gone: '"web-server-01" does not exist any more.',
        ...{ status: 'deleted', tone: 'unknown' },
      }),
    ],
  },
];

export const createScenes: readonly Scene<CreateToWebview>[] = [
  { name: 'empty', messages: [createMessage()] },
  {
    name: 'filled, sample, accounts',
    messages: [
      createMessage({
        ...{ initial: filledValues, isSample: true },
        accounts: [
          { value: 'account-1', label: 'Sample servers' },
          { value: 'account-2', label: 'jo@example.com' },
        ],
      }),
    ],
  },
  { name: 'loading', messages: [createMessage({ phase: 'loading', choices: { plans: [], locations: [], operatingSystems: [], sshKeyIds: [] } })] },
  {
    name: 'nothing to choose from',
    messages: [createMessage({ initial: { ...filledValues, osId: '10abc' }, choices: { plans: [], locations: [], operatingSystems: [], sshKeyIds: [] } })],
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Create Server' }).click();
    },
  },
  {
    name: 'errors',
    messages: [createMessage()],
    act: async ({ page }) => {
      await page.getByRole('textbox', { name: 'Hostname' }).fill('web01');
      await page.getByRole('button', { name: 'Create Server' }).click();
    },
  },
  {
    name: 'sending',
    messages: [createMessage({ initial: filledValues })],
    act: async ({ page }) => {
      await page.getByRole('button', { name: 'Create Server' }).click();
    },
  },
  {
    name: 'not enough credit',
    messages: [
      createMessage({
        ...{ initial: filledValues, attempt: 1, offersPanelLink: true },
        message: 'There is not enough credit at VPS.org for this. The form is kept.',
      }),
    ],
  },
  {
    name: 'unclear',
    messages: [
      createMessage({
        ...{ initial: filledValues, attempt: 1, phase: 'unclear' },
        message: 'VPS.org did not answer in time. The order was not sent again.',
        likelyServer: { name: 'web-server-02', description: 'provisioning, us-west, made a minute ago' },
      }),
    ],
  },
];
