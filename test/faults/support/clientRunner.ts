import type { ServersApi } from '../../../src/api/api.ts';
import { AppError } from '../../../src/core/errors.ts';
import { newName, victim } from '../table.ts';
import type { FaultRow, RequestId } from '../table.ts';
import { Stage } from './stage.ts';
import type { Met } from './stage.ts';
import { kindText } from './words.ts';

/** The request that a row is about, straight from the client. */
const calls: Readonly<Record<RequestId, (api: ServersApi) => Promise<unknown>>> = {
  list: (api) => api.listServers(),
  one: (api) => api.getServer(victim.id),
  power: (api) => api.power(victim.id, 'stop'),
  beforeCreate: (api) => api.listServers(),
  create: (api) => api.createServer(newServer),
  delete: (api) => api.deleteServer(victim.id),
  rename: (api) => api.updateServer(victim.id, { name: 'renamed-01' }),
  save: (api) => api.replaceServer(victim.id, newSettings),
};

export const newServer = { name: newName, location: 'us-west', planId: 1, osId: 5 };
export const newSettings = { name: 'renamed-01', hostname: 'renamed.example.com', backupsEnabled: false };

export interface ClientObservation {
  /** `-` where the call succeeded. */
  readonly error: string;
  readonly met: readonly Met[];
  readonly tookMs: number;
  /** Requests that came to another origin. */
  readonly strays: Stage['elsewhere']['requests'];
  /** The error as a log or a bug report would show it. */
  readonly errorText: string;
}

/** Runs a row through the client alone. */
export async function observeClient(row: FaultRow): Promise<ClientObservation> {
  const stage = await Stage.start(row);
  try {
    stage.strike(row);
    const startMs = stage.clock.now();
    const error = await stage.drive(calls[row.request](stage.api()).then(() => undefined, (thrown: unknown) => thrown));
    if (error !== undefined && !(error instanceof AppError)) {
      throw new Error('The client threw something of another kind', { cause: error });
    }
    return {
      error: error ? kindText(error) : '-',
      met: [...stage.met],
      tookMs: stage.clock.now() - startMs,
      strays: stage.elsewhere.requests,
      errorText: error ? [error.stack, JSON.stringify(error), String(error.cause)].join('\n') : '',
    };
  } finally {
    await stage.close();
  }
}
