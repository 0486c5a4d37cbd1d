import type { PlanChoice } from '../core/createForm.ts';
import type { Plan } from '../core/plan.ts';
import type { Server } from '../core/server.ts';
import { compareTexts } from '../core/text.ts';
import { checkWholeNumber } from '../core/validation.ts';
import type { Choice, CreateChoices } from '../protocol/create.ts';

/** What is known of an account when a server is to be created in it. */
export interface ChoiceSources {
  /** `GET /plans/`; undefined where the API does not offer it or it could not be had. */
  readonly plans: readonly Plan[] | undefined;
  readonly servers: readonly Server[];
  readonly sshKeyIds: readonly string[];
}

/** Ids go out as integers (api.md, section 2): what is none cannot be ordered. */
function isOrderable(id: string | undefined): id is string {
  return id !== undefined && checkWholeNumber(id).ok;
}

/** Each id once, the first one that was met. */
function byId<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    if (!found.has(item.id)) {
      found.set(item.id, item);
    }
  }
  return [...found.values()];
}

/** The plans met on existing servers. Their price is not known: VPS.org's own pages use the ids for different plans. */
function plansOfServers(servers: readonly Server[]): readonly PlanChoice[] {
  const plans = servers.flatMap(({ plan }) =>
    plan && isOrderable(plan.id)
      ? [{ ...plan, id: plan.id, name: plan.name ?? plan.id, priceMonthly: undefined, priceHourly: undefined, locations: [] }]
      : [],
  );
  return [...byId(plans)].sort((a, b) => compareTexts(a.name, b.name));
}

function toPlanChoice(plan: Plan): PlanChoice {
  const { id, name, vcpus, memoryMiB, storageGB, bandwidthGB, priceMonthly, priceHourly, locations } = plan;
  return { id, name, vcpus, memoryMiB, storageGB, bandwidthGB, priceMonthly, priceHourly, locations };
}

/** The cheapest first, then the smallest; what costs nobody knows how much comes last. */
function comparePlans(a: PlanChoice, b: PlanChoice): number {
  const rank = (value: number | undefined): number => value ?? Number.MAX_VALUE;
  return (
    rank(a.priceMonthly) - rank(b.priceMonthly) ||
    rank(a.memoryMiB) - rank(b.memoryMiB) ||
    compareTexts(a.name, b.name)
  );
}

function locationChoices(plans: readonly Plan[], servers: readonly Server[]): readonly Choice[] {
  const codes = new Set([
    ...plans.flatMap((plan) => plan.locations),
    ...servers.flatMap(({ location }) => location ?? []),
  ]);
  return [...codes].sort(compareTexts).map((code) => ({ value: code, label: code }));
}

/** There is no list of operating systems in the API: the ones that run on existing servers are known to exist. */
function systemChoices(servers: readonly Server[]): readonly Choice[] {
  const systems = servers.flatMap(({ os }) => (isOrderable(os?.id) ? [{ id: os.id, name: os.name ?? os.id }] : []));
  return byId(systems)
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => compareTexts(a.label, b.label));
}

/** What the create form offers: from the API where it has it, from the servers that are there otherwise. */
export function buildChoices({ plans, servers, sshKeyIds }: ChoiceSources): CreateChoices {
  const offered = plans?.filter((plan) => plan.available && isOrderable(plan.id));
  return {
    plans: offered ? byId(offered).map(toPlanChoice).sort(comparePlans) : plansOfServers(servers),
    locations: locationChoices(offered ?? [], servers),
    operatingSystems: systemChoices(servers),
    sshKeyIds,
  };
}
