import { lookup } from 'node:dns/promises';
import { domainToASCII } from 'node:url';
import { toUsableHostname } from '../core/address.ts';
import type { Clock } from '../core/clock.ts';
import { AppError } from '../core/errors.ts';
import { isSameAddress } from './sampleAddress.ts';

export type NameResult =
  /** The server has no hostname that can be looked up. */
  | { readonly kind: 'none' }
  /** `answers` may contain more addresses than the server's. */
  | { readonly kind: 'matches'; readonly hostname: string; readonly answers: readonly string[] }
  | {
      readonly kind: 'mismatch';
      readonly hostname: string;
      readonly answers: readonly string[];
      readonly addresses: readonly string[];
    }
  | { readonly kind: 'notFound'; readonly hostname: string }
  /** No answer within the time limit, or an error. */
  | { readonly kind: 'failed'; readonly hostname: string };

/** Returns all IPv4 and IPv6 addresses of a name. Rejects with a system error. */
export type NameLookup = (hostname: string) => Promise<readonly string[]>;

const lookupLimitMs = 10_000;
/** Answers that are shown. */
const maxAnswers = 16;

/** Asks the system's resolver, which `ssh` uses too: DNS and the hosts file. */
export const systemLookup: NameLookup = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/**
 * Compares the addresses of a hostname with those of the server.
 *
 * @throws AppError of kind `cancelled` when `signal` aborts.
 */
export async function checkHostname(
  name: string | undefined,
  addresses: readonly string[],
  parts: { readonly clock: Clock; readonly lookUp: NameLookup; readonly signal: AbortSignal },
): Promise<NameResult> {
  const hostname = toUsableHostname(name);
  // A single label is a name for people. Only the person's own network could know it.
  if (!hostname?.includes('.')) {
    return { kind: 'none' };
  }
  try {
    const all = await withinLimit(hostname, parts);
    if (all.length === 0) {
      return { kind: 'notFound', hostname };
    }
    const answers = all.slice(0, maxAnswers);
    const isMatch = all.some((answer) =>
      addresses.some((address) => isSameAddress(answer, address)),
    );
    return isMatch
      ? { kind: 'matches', hostname, answers }
      : { kind: 'mismatch', hostname, answers, addresses };
  } catch (error) {
    if (parts.signal.aborted) {
      throw AppError.cancelled();
    }
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return { kind: code === 'ENOTFOUND' || code === 'ENODATA' ? 'notFound' : 'failed', hostname };
  }
}

/** The system's resolver cannot be interrupted, so its answer is ignored when it is too late. */
async function withinLimit(
  hostname: string,
  { clock, lookUp, signal }: Parameters<typeof checkHostname>[2],
): Promise<readonly string[]> {
  let stop = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    const fail = (): void => reject(AppError.cancelled());
    const timer = clock.setTimeout(fail, lookupLimitMs);
    signal.addEventListener('abort', fail);
    stop = () => {
      timer.dispose();
      signal.removeEventListener('abort', fail);
    };
  });
  try {
    if (signal.aborted) {
      throw AppError.cancelled();
    }
    return await Promise.race([lookUp(domainToASCII(hostname) || hostname), ended]);
  } finally {
    stop();
  }
}
