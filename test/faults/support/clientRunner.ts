import type { IncomingMessage } from 'node:http';
import type { ServersApi } from '../../../src/api/client.ts';
import { AppError } from '../../../src/core/errors.ts';
import { newName, target } from '../table.ts';
import type { FaultRow, RequestId } from '../table.ts';
import { FaultHarness } from './faultHarness.ts';
import type { ReceivedRequest } from './faultHarness.ts';
import { describeErrorKind } from './messageTexts.ts';

/** The request of each row, sent by the API client. */
const calls: Readonly<Record<RequestId, (api: ServersApi) => Promise<unknown>>> = {
  list: (api) => api.listServers(),
  server: (api) => api.getServer(target.id),
  plans: (api) => api.listPlans(),
  power: (api) => api.power(target.id, 'stop'),
  beforeCreate: (api) => api.listServers(),
  create: (api) => api.createServer(newServer),
  delete: (api) => api.deleteServer(target.id),
  rename: (api) => api.updateServer(target.id, { name: 'renamed-01' }),
  save: (api) => api.replaceServer(target.id, newSettings),
};

export const newServer = { name: newName, location: 'us-west', planId: 1, osId: 5 };
export const newSettings = {
  name: 'renamed-01',
  hostname: 'renamed.example.com',
  backupsEnabled: false,
};

export interface ClientObservation {
  /** `-` on success. */
  readonly error: string;
  readonly received: readonly ReceivedRequest[];
  readonly tookMs: number;
  /** Requests that arrived at the other origin. */
  readonly strays: readonly IncomingMessage[];
  /** Everything that a log or a bug report could contain of the error. */
  readonly errorText: string;
}

/** Runs a row through the API client alone. */
export async function observeClient(row: FaultRow): Promise<ClientObservation> {
  const harness = await FaultHarness.start(row);
  try {
    harness.scriptFaults(row);
    const startMs = harness.clock.now();
    const error = await harness.runUntilSettled(
      calls[row.request](harness.api()).then(
        () => undefined,
        (thrown: unknown) => thrown,
      ),
    );
    if (error !== undefined && !(error instanceof AppError)) {
      throw new Error('The client threw an unexpected error.', { cause: error });
    }
    return {
      error: error ? describeErrorKind(error) : '-',
      received: [...harness.received],
      tookMs: harness.clock.now() - startMs,
      strays: harness.otherOrigin.received,
      errorText: error ? [error.stack, JSON.stringify(error), String(error.cause)].join('\n') : '',
    };
  } finally {
    await harness.close();
  }
}
