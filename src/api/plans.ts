import { isRecord } from '../core/json.ts';
import type { Plan } from '../core/plan.ts';
import { ifAvailable } from './apiCall.ts';
import type { ApiCall } from './apiCall.ts';
import { entryOf, readAmount, readFlag, readItems, readText, toText } from './decode/fields.ts';
import type { ToItem } from './decode/fields.ts';
import { toPlanSummary } from './decode/serverMapping.ts';
import type { CallOptions } from './http/transport.ts';

export interface PlanCalls {
  /** `GET /plans/`, all pages. `location` is a datacenter code. Undefined where the endpoint is not available. */
  listPlans(location?: string, options?: CallOptions): Promise<readonly Plan[] | undefined>;
}

export function createPlanCalls(call: ApiCall): PlanCalls {
  return {
    listPlans: async (location, options) => {
      const request = { method: 'GET', path: '/plans/', query: { location } } as const;
      const list = await ifAvailable(call.list(request, toPlan, options));
      return list?.items;
    },
  };
}

/** See `ToItem`: a plan without a usable id cannot be ordered. */
const toPlan: ToItem<Plan> = (raw, path, reportIssue) => {
  const entry = entryOf(raw, path, reportIssue);
  if (entry === undefined) {
    return undefined;
  }
  const summary = toPlanSummary(entry);
  return {
    ...summary,
    id: entry.id,
    name: summary.name ?? readText(entry, 'slug') ?? entry.id,
    priceMonthly: readAmount(entry, 'price_monthly'),
    priceHourly: readAmount(entry, 'price_hourly'),
    available: readFlag(entry, 'available') ?? true,
    locations: readItems(entry, 'locations', toLocation),
  };
};

/** A datacenter code, or an object that has one. */
function toLocation(value: unknown): string | undefined {
  const candidates = isRecord(value) ? [value.code, value.slug, value.name] : [value];
  return candidates.map(toText).find((text) => text !== undefined && text !== '');
}
