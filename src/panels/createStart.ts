import type { AccountId } from '../core/account.ts';
import type { CreateValues, PlanChoice } from '../core/createForm.ts';
import { findPlanOf } from '../core/pricing.ts';
import type { Server } from '../core/server.ts';

/** Longest name that fits a host name (core/validation.ts). */
const maxName = 63;

/** What a create form begins with where nothing is given. */
export function emptyValues(accountId: AccountId, location = ''): CreateValues {
  return {
    accountId,
    name: '',
    location,
    planId: '',
    osId: '',
    hostname: '',
    sshKeyId: '',
    backupsEnabled: false,
  };
}

/** The name that comes next: web-01 → web-02, web → web-2, the first one that is not taken. */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, digits] = /^(.*?)(\d{1,9})$/u.exec(name) ?? [];
  for (let number = digits === undefined ? 2 : Number(digits) + 1; ; number++) {
    const end = digits === undefined ? `-${number}` : String(number).padStart(digits.length, '0');
    const next = `${stem.slice(0, maxName - end.length)}${end}`;
    if (!taken.has(next)) {
      return next;
    }
  }
}

/** "Create a Server Like This One...": all that can be the same. The host name cannot, and the plan is not known to be yet. */
export function valuesLike(server: Server, accountId: AccountId, taken: ReadonlySet<string>): CreateValues {
  return {
    ...emptyValues(accountId, server.location),
    name: nextName(server.name, taken),
    osId: server.os?.id ?? '',
    backupsEnabled: server.backupsEnabled ?? false,
  };
}

/**
 * The plan of a server like this one, where the price list has the very same: an equal id alone may be another plan.
 *
 * @param plans what the API offers; undefined where it does not tell, then the id of the server's plan is all there is
 */
export function planLike({ plan }: Server, plans: readonly PlanChoice[] | undefined): string {
  return (plans ? findPlanOf(plan, plans)?.id : plan?.id) ?? '';
}

/** Whether a person would lose something if the form were thrown away. Which account is chosen is no work. */
export function isHalfFilled(values: CreateValues, initial: CreateValues): boolean {
  return JSON.stringify({ ...values, accountId: '' }) !== JSON.stringify({ ...initial, accountId: '' });
}
