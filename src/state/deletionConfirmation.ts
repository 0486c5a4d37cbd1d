import type { Account } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { parseIsoTime } from '../core/isoTime.ts';
import { refKey } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import { checkBeforeDelete } from './deletionCheck.ts';
import type { DeletionCheck } from './deletionCheck.ts';
import type { Sessions } from './sessions.ts';
import type { Target } from './targets.ts';

/** What a question before a deletion showed. The answer covers nothing else. */
export interface DeletionQuestion {
  readonly targets: readonly Target[];
  /** The accounts of the targets. Replaced with each new token or label. */
  readonly accounts: ReadonlyMap<Target, Account>;
  /** Targets whose data VPS.org did not confirm; the question stated their age. */
  readonly unconfirmed: ReadonlySet<Target>;
}

/** Why a confirmation no longer covers a target. */
export type Mismatch =
  /** Another account, or another token of it. */
  | 'account'
  | 'name'
  | 'address'
  | 'location'
  | 'createdAt'
  /** Not fetched, although the question showed confirmed data. */
  | 'unconfirmed';

export interface ConfirmedDeletion {
  /** The first target that the confirmation does not cover. Nothing must be deleted then. */
  readonly mismatch: { readonly target: Target; readonly reason: Mismatch } | undefined;
  /** Targets that were deleted while the question was open. */
  readonly gone: readonly Target[];
  readonly remaining: readonly Target[];
}

/** Call before asking. `targets` are the targets of `check` that the question shows. */
export function prepareQuestion(
  targets: readonly Target[],
  check: Pick<DeletionCheck, 'unconfirmed'>,
): DeletionQuestion {
  const shown = new Map(targets.map((target) => [keyOf(target), target]));
  return {
    targets,
    accounts: new Map(targets.map((target) => [target, target.session.account])),
    unconfirmed: new Set(check.unconfirmed.flatMap((target) => shown.get(keyOf(target)) ?? [])),
  };
}

/**
 * Fetches the servers again after the last confirmation, because the question may have been open for hours, and compares
 * them with what it showed. Takes at most 5 seconds and never rejects.
 */
export async function checkAfterConfirmation(
  sessions: Sessions,
  clock: Clock,
  question: DeletionQuestion,
): Promise<ConfirmedDeletion> {
  const { targets } = question;
  // A new token is no reason to fetch with it.
  const replaced = targets.find((target) => findMismatch(sessions, question, target) === 'account');
  if (replaced) {
    return { mismatch: { target: replaced, reason: 'account' }, gone: [], remaining: [] };
  }
  const { gone, unconfirmed } = await checkBeforeDelete(sessions, clock, targets);
  const notFetched = new Set(unconfirmed.map(keyOf));
  const isGone = new Set(gone.map(keyOf));
  for (const target of targets) {
    const isOutdated = notFetched.has(keyOf(target)) && !question.unconfirmed.has(target);
    const reason =
      findMismatch(sessions, question, target) ?? (isOutdated ? 'unconfirmed' : undefined);
    if (reason) {
      return { mismatch: { target, reason }, gone: [], remaining: [] };
    }
  }
  return {
    mismatch: undefined,
    gone,
    remaining: targets.filter((target) => !isGone.has(keyOf(target))),
  };
}

/** Compares a target with what is known now. Undefined where the confirmation covers it, or the server is gone. */
export function findMismatch(
  sessions: Sessions,
  { accounts }: DeletionQuestion,
  target: Target,
): Exclude<Mismatch, 'unconfirmed'> | undefined {
  const { ref, session, server } = target;
  if (sessions.get(ref.accountId) !== session || session.account !== accounts.get(target)) {
    return 'account';
  }
  const now = session.servers.get(ref.serverId);
  return now && compare(server, now);
}

function compare(
  shown: Server,
  now: Server,
): Exclude<Mismatch, 'account' | 'unconfirmed'> | undefined {
  if (now.name !== shown.name) {
    return 'name';
  }
  if (now.ipAddress !== shown.ipAddress || isOther(shown.ipv6Address, now.ipv6Address)) {
    return 'address';
  }
  if (now.location !== shown.location) {
    return 'location';
  }
  return isOtherTime(shown.createdAt, now.createdAt) ? 'createdAt' : undefined;
}

/** Lists omit the IPv6 address, so an unknown one is no difference. */
function isOther<T>(a: T | undefined, b: T | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

/** Details and lists may write the same time differently. */
function isOtherTime(a: string | undefined, b: string | undefined): boolean {
  return a !== b && (parseIsoTime(a) ?? a) !== (parseIsoTime(b) ?? b);
}

function keyOf({ ref }: Target): string {
  return refKey(ref);
}
