import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import { firstWords, maxBannerBytes, readBanner } from './banner.ts';

/** Why a port is not open. `failed`: anything else, with its code. */
export type ClosedReason = 'refused' | 'timedOut' | 'noRoute' | 'failed';

export type ProbeResult =
  | {
      readonly kind: 'notOpen';
      readonly reason: ClosedReason;
      /** A system code such as `EACCES`. */
      readonly code: string | undefined;
      readonly connectMs: number;
    }
  | {
      /** `silent`: nothing within the time limit. `closed`: the connection was closed before an SSH banner. */
      readonly kind: 'ssh' | 'notSsh' | 'silent' | 'closed';
      /** What the server sent, as one short line of plain text. May be empty. */
      readonly text: string;
      readonly connectMs: number;
      readonly bannerMs: number;
    };

interface Place {
  readonly host: string;
  readonly port: number;
}

export interface ProbeParts {
  readonly clock: Clock;
  readonly connect?: (place: Place) => Socket;
  readonly signal: AbortSignal;
}

/** Time limits of one probe. */
export const connectLimitMs = 10_000;
export const bannerLimitMs = 5_000;

const reasons: Readonly<Record<string, ClosedReason>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timedOut',
  EHOSTUNREACH: 'noRoute',
  ENETUNREACH: 'noRoute',
  EHOSTDOWN: 'noRoute',
};

/**
 * Connects to a port, waits for an SSH banner and closes the connection. Sends nothing.
 *
 * @throws AppError of kind `cancelled` when `signal` aborts.
 */
export function probePort(
  place: Place,
  { clock, connect = connectSocket, signal }: ProbeParts,
): Promise<ProbeResult> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(AppError.cancelled());
      return;
    }
    const startedAt = clock.now();
    const socket = connect(place);
    let connectedAt: number | undefined;
    let received = Buffer.alloc(0);
    const elapsedMs = (since: number): number => Math.max(0, clock.now() - since);
    let isEnded = false;
    const close = (): void => {
      isEnded = true;
      timer.dispose();
      signal.removeEventListener('abort', cancel);
      // A late error has no listener otherwise, and would end the extension host.
      socket.on('error', () => undefined);
      socket.destroy();
    };
    const end = (result: ProbeResult): void => {
      // Destroying the socket closes it, which is an event too.
      if (!isEnded) {
        close();
        resolve(result);
      }
    };
    const cancel = (): void => {
      close();
      reject(AppError.cancelled());
    };
    const endUnopened = (reason: ClosedReason, code?: string): void =>
      end({ kind: 'notOpen', reason, code, connectMs: elapsedMs(startedAt) });
    const endOpened = (
      kind: 'ssh' | 'notSsh' | 'silent' | 'closed',
      since: number,
      text = firstWords(received),
    ): void => end({ kind, text, connectMs: since - startedAt, bannerMs: elapsedMs(since) });
    let timer = clock.setTimeout(() => endUnopened('timedOut'), connectLimitMs);
    signal.addEventListener('abort', cancel);
    socket.on('connect', () => {
      const since = startedAt + elapsedMs(startedAt);
      connectedAt = since;
      timer.dispose();
      timer = clock.setTimeout(
        () => endOpened(received.length > 0 ? 'notSsh' : 'silent', since),
        bannerLimitMs,
      );
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk.subarray(0, maxBannerBytes - received.length)]);
      const banner = readBanner(received);
      if (banner.kind !== 'incomplete' && connectedAt !== undefined) {
        endOpened(banner.kind, connectedAt, banner.text);
      }
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (connectedAt === undefined) {
        endUnopened(reasons[error.code ?? ''] ?? 'failed', error.code);
      } else {
        endOpened('closed', connectedAt);
      }
    });
    socket.on('close', () => {
      if (connectedAt === undefined) {
        endUnopened('failed');
      } else {
        endOpened('closed', connectedAt);
      }
    });
  });
}
