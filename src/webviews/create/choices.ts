import type { Choice } from '../../core/choice.ts';
import type { Plan } from '../../core/plan.ts';
import type { PlanChoice } from '../../core/planChoice.ts';
import type { Server } from '../../core/server.ts';
import { compareTexts } from '../../core/text.ts';
import { checkWholeNumber } from '../../core/validation.ts';
import type { CreateChoices } from './protocol.ts';
import type { UsedSystem } from './usedIds.ts';

/** What the choices are made from. All of it belongs to the selected account. */
export interface ChoiceSources {
  /** `GET /plans/`; undefined if the API does not offer it or it failed. */
  readonly plans: readonly Plan[] | undefined;
  readonly servers: readonly Server[];
  /** Ids with which servers were created from here. */
  readonly sshKeyIds: readonly string[];
  readonly systems: readonly UsedSystem[];
}

/** The first item of each id. */
function byId<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    if (!found.has(item.id)) {
      found.set(item.id, item);
    }
  }
  return [...found.values()];
}

/** Plans of existing servers. Their price is unknown, because VPS.org uses the same id for different plans. */
function plansOfServers(servers: readonly Server[]): readonly PlanChoice[] {
  const plans = servers.flatMap(({ plan }) =>
    plan?.id !== undefined
      ? [
          {
            ...plan,
            id: plan.id,
            name: plan.name ?? plan.id,
            priceMonthly: undefined,
            priceHourly: undefined,
            locations: [],
          },
        ]
      : [],
  );
  return [...byId(plans)].sort((a, b) => compareTexts(a.name, b.name));
}

function toPlanChoice(plan: Plan): PlanChoice {
  const {
    id,
    name,
    vcpus,
    memoryMiB,
    storageGB,
    bandwidthGB,
    priceMonthly,
    priceHourly,
    locations,
  } = plan;
  return {
    id,
    name,
    vcpus,
    memoryMiB,
    storageGB,
    bandwidthGB,
    priceMonthly,
    priceHourly,
    locations,
  };
}

/** Cheapest first, then smallest; plans of unknown price last. */
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

/** The API has no list of operating systems, so the choices come from existing and earlier servers. */
function systemChoices(servers: readonly Server[], used: readonly UsedSystem[]): readonly Choice[] {
  const systems = servers.flatMap(({ os }) =>
    os?.id === undefined ? [] : [{ id: os.id, name: os.name ?? os.id }],
  );
  return byId([...systems, ...used])
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => compareTexts(a.label, b.label));
}

/** The choices of the create form: from the API where it has a list, otherwise from existing servers. */
export function buildChoices({ plans, servers, sshKeyIds, systems }: ChoiceSources): CreateChoices {
  const offered = plans?.filter((plan) => plan.available);
  const shownIds = [
    ...(plans ?? []).map(({ id }) => id),
    ...servers.flatMap(({ id, plan, os }) => [id, plan?.id, os?.id]),
    ...systems.map(({ id }) => id),
    ...sshKeyIds,
  ];
  return {
    plans: offered ? byId(offered).map(toPlanChoice).sort(comparePlans) : plansOfServers(servers),
    locations: locationChoices(offered ?? [], servers),
    operatingSystems: systemChoices(servers, systems),
    sshKeyIds,
    acceptsTextIds: shownIds.some((id) => id !== undefined && !checkWholeNumber(id).ok),
  };
}
