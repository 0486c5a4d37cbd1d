import * as v from 'valibot';
import type { AccountOwner } from '../core/account.ts';
import type { Plan } from '../core/plan.ts';
import { below, readFields } from './fields.ts';
import type { ReportOdd } from './fields.ts';
import { isRecord } from './json.ts';
import { toPlanSummary } from './serverMapping.ts';
import { accountShape, locationCode, ownerShape, permission, planShape, tokenShape } from './wire.ts';

/** A plan as far as the reply shows one. Undefined for what has no usable id: it could not be ordered. */
export function toPlan(raw: unknown, path: string, reportOdd: ReportOdd): Plan | undefined {
  if (!isRecord(raw)) {
    reportOdd(path);
    return undefined;
  }
  const { id, name, ...specs } = toPlanSummary(raw, path, reportOdd);
  if (id === undefined) {
    reportOdd(below(path, 'id'));
    return undefined;
  }
  const wire = readFields(planShape, raw, path, reportOdd);
  return {
    id,
    name: name ?? wire.slug ?? id,
    ...specs,
    priceMonthly: wire.price_monthly,
    priceHourly: wire.price_hourly,
    available: wire.available ?? true,
    locations: readItems(locationCode, wire.locations, below(path, 'locations'), reportOdd),
    description: wire.description === '' ? undefined : wire.description,
  };
}

/** The owner of a token; undefined where the reply has neither of the two parts that make one. */
export function toOwner(raw: unknown, reportOdd: ReportOdd): AccountOwner | undefined {
  const { account, token } = readFields(ownerShape, isRecord(raw) ? raw : {}, '', reportOdd);
  if (account === undefined && token === undefined) {
    return undefined;
  }
  const person = readFields(accountShape, account ?? {}, 'account', reportOdd);
  const key = readFields(tokenShape, token ?? {}, 'token', reportOdd);
  const names = [person.first_name, person.last_name].filter((name) => name !== undefined);
  return {
    email: person.email,
    name: names.length > 0 ? names.join(' ') : undefined,
    company: person.company_name,
    tokenName: key.name,
    permissions: readItems(permission, key.permissions, 'token.permissions', reportOdd),
  };
}

/** The usable elements, each once; the others are reported. */
function readItems<T>(
  schema: v.GenericSchema<unknown, T>,
  items: readonly unknown[] | undefined,
  path: string,
  reportOdd: ReportOdd,
): T[] {
  const usable = new Set<T>();
  for (const [index, item] of (items ?? []).entries()) {
    const result = v.safeParse(schema, item);
    if (result.success) {
      usable.add(result.output);
    } else {
      reportOdd(`${path}[${index}]`);
    }
  }
  return [...usable];
}
