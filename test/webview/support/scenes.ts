import type { CreateToWebview } from '../../../src/webviews/create/protocol.ts';
import type { DetailsToWebview } from '../../../src/webviews/details/protocol.ts';
import type { Webview } from './webview.ts';
import {
  createMessage,
  detailsMessage,
  filledValues,
  meters,
  samples,
  samplesOf,
} from './states.ts';

/** A state of a page. The scenes cover every appearance, for checks that apply to all of them. */
export interface Scene<ToWebview> {
  readonly name: string;
  readonly messages: readonly ToWebview[];
  /** What the person does before the check. */
  readonly act?: (webview: Webview<never, never>) => Promise<void>;
}

/** The actions of a server that must not be changed. */
const terminalOnly = {
  start: false,
  stop: false,
  reboot: false,
  openTerminal: true,
  delete: false,
  save: false,
};

export const detailsScenes: readonly Scene<DetailsToWebview>[] = [
  { name: 'running', messages: [detailsMessage()] },
  {
    name: 'protected',
    messages: [
      detailsMessage({
        protection:
          '"web-server-01" is protected by the pattern "web-*" in the setting vpsOrg.protect. It can\'t be started, stopped, rebooted, changed or deleted from this editor. Protects against mistakes in this editor only, not in the control panel.',
        actions: terminalOnly,
      }),
    ],
  },
  {
    name: 'busy, sample, high usage',
    messages: [
      detailsMessage({
        isSample: true,
        accountLabel: 'Sample servers',
        status: 'rebooting',
        tone: 'busy',
        actions: {
          start: false,
          stop: false,
          reboot: false,
          openTerminal: true,
          delete: true,
          save: false,
        },
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
    name: 'stopped, outdated, usage unknown',
    messages: [
      detailsMessage({
        status: 'stopped',
        tone: 'stopped',
        notice: 'VPS.org did not answer in time. Last updated at 2:30 PM.',
        actions: {
          start: true,
          stop: false,
          reboot: false,
          openTerminal: true,
          delete: true,
          save: true,
        },
        facts: [
          { label: 'IPv4 address', value: undefined, copy: 'ipAddress' },
          { label: 'ID', value: '12345', copy: 'id' },
        ],
        meters: meters({
          cpu: { used: undefined, samples: [] },
          memory: { used: undefined, samples: [] },
          disk: { samples: samplesOf(0.44) },
          bandwidth: { samples: samplesOf(0.22) },
        }),
        settings: { name: 'web-server-01', hostname: '', backupsEnabled: undefined },
      }),
    ],
  },
  {
    name: 'stopped, token rejected',
    messages: [
      detailsMessage({
        status: 'stopped',
        tone: 'stopped',
        isRejected: true,
        notice:
          'VPS.org rejected the token of this account. Sign in again to continue. Showing last known data.',
        actions: terminalOnly,
        meters: meters({
          cpu: { used: undefined, isOff: true },
          memory: { used: undefined, isOff: true },
        }),
      }),
    ],
  },
  {
    name: 'loading',
    messages: [
      detailsMessage({
        status: '',
        tone: 'unknown',
        facts: [],
        meters: [],
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
      await send(
        detailsMessage({
          settings: { name: 'web-9', hostname: 'web01.example.com', backupsEnabled: true },
        }) as never,
      );
      await send({
        type: 'notSaved',
        message: 'VPS.org did not answer in time.',
        errors: {},
      } as never);
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
        status: 'deleted',
        tone: 'deleted',
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
        initial: filledValues,
        isSample: true,
        accounts: [
          { value: 'account-1', label: 'Sample servers' },
          { value: 'account-2', label: 'jo@example.com' },
        ],
      }),
    ],
  },
  {
    name: 'loading',
    messages: [
      createMessage({
        phase: 'loading',
        planList: { kind: 'loading' },
        choices: {
          plans: [],
          locations: [],
          operatingSystems: [],
          sshKeyIds: [],
          acceptsTextIds: false,
        },
      }),
    ],
  },
  {
    name: 'no choices',
    messages: [
      createMessage({
        planList: {
          kind: 'failed',
          reason: 'VPS.org has a problem (HTTP 503).',
          isRetrying: false,
        },
        initial: { ...filledValues, osId: '10abc' },
        choices: {
          plans: [],
          locations: [],
          operatingSystems: [],
          sshKeyIds: [],
          acceptsTextIds: false,
        },
      }),
    ],
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
        initial: filledValues,
        attempt: 1,
        offersPanelLink: true,
        message: 'There is not enough credit for this server. Nothing was created.',
      }),
    ],
  },
  {
    name: 'name of another server, unclear without a match',
    messages: [
      createMessage({
        initial: filledValues,
        attempt: 1,
        phase: 'unclear',
        message: 'VPS.org has a problem (HTTP 503). Check VPS.org before you try again.',
        offersPanelLink: true,
        takenName: filledValues.name,
      }),
    ],
  },
  {
    name: 'unclear',
    messages: [
      createMessage({
        initial: filledValues,
        attempt: 1,
        phase: 'unclear',
        message:
          'VPS.org did not answer in time. However, "web-server-02" is new in the list, so it was probably created. The request was not retried.',
        probableMatch: {
          name: 'web-server-02',
          description: 'provisioning · no address yet · us-west',
        },
      }),
    ],
  },
];
