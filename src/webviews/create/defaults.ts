import type { AccountId } from '../../core/account.ts';
import { emptyCreateValues } from '../../core/createFields.ts';
import type { CreateValues } from '../../core/createFields.ts';
import type { PlanChoice } from '../../core/planChoice.ts';
import { findPlanOf } from '../../core/pricing.ts';
import { nameKey } from '../../core/sameName.ts';
import type { Server } from '../../core/server.ts';

/** Longest valid name. */
const maxNameLength = 63;

/**
 * The next name that is not taken: "web-01" becomes "web-02", "web" becomes "web-2".
 *
 * @param taken keys of the names of all servers
 */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, digits] = /^(.*?)(\d{1,9})$/u.exec(name) ?? [];
  for (let number = digits === undefined ? 2 : Number(digits) + 1; ; number++) {
    const end = digits === undefined ? `-${number}` : String(number).padStart(digits.length, '0');
    const next = `${stem.slice(0, maxNameLength - end.length)}${end}`;
    if (!taken.has(nameKey(next))) {
      return next;
    }
  }
}

/**
 * Values for "Create a Server Like This One...". A hostname cannot be used twice. The plan is set by `planLike` once the
 * plans are loaded.
 */
export function valuesLike(
  server: Server,
  accountId: AccountId,
  taken: ReadonlySet<string>,
): CreateValues {
  return {
    ...emptyCreateValues(accountId, server.location),
    name: nextName(server.name, taken),
    osId: server.os?.id ?? '',
    backupsEnabled: server.backupsEnabled ?? false,
  };
}

/**
 * Id of the plan that a server was created with, if the same plan is still offered; otherwise empty. An equal id alone may
 * be a different plan.
 *
 * @param plans offered by the API; undefined if it has no list, then the id of the server's plan has to do
 */
export function planLike({ plan }: Server, plans: readonly PlanChoice[] | undefined): string {
  return (plans ? findPlanOf(plan, plans)?.id : plan?.id) ?? '';
}

/** Whether discarding the form would lose something that a person entered. The choice of account does not count. */
export function isHalfFilled(values: CreateValues, initial: CreateValues): boolean {
  return (
    JSON.stringify({ ...values, accountId: '' }) !== JSON.stringify({ ...initial, accountId: '' })
  );
}
