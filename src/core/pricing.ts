import type { Plan } from './plan.ts';
import type { PlanSummary, Server } from './server.ts';

/** The price of a plan in US dollars. At least one of the two is known. */
export interface Price {
  readonly monthly: number | undefined;
  readonly hourly: number | undefined;
}

/** The monthly list prices of several servers, in US dollars. */
export interface PriceTotal {
  /** The sum of the known prices. */
  readonly monthly: number;
  /** The number of servers in the sum. */
  readonly known: number;
  /** The number of servers that the sum leaves out. */
  readonly unknown: number;
}

export const noTotal: PriceTotal = { monthly: 0, known: 0, unknown: 0 };

function validAmount(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The price of a plan; undefined where neither part of it is known. */
export function priceOf(plan: Pick<Plan, 'priceMonthly' | 'priceHourly'>): Price | undefined {
  const monthly = validAmount(plan.priceMonthly);
  const hourly = validAmount(plan.priceHourly);
  return monthly === undefined && hourly === undefined ? undefined : { monthly, hourly };
}

/** These identify a plan together with its id or name: they are the same in the list of plans and on servers. */
const specs = ['vcpus', 'memoryMiB', 'storageGB'] as const;

type PlanIdentity = Pick<Plan, 'id' | 'name' | (typeof specs)[number]>;

/** Plans with the specs of a server's plan. Unknown specs equal nothing. */
function withSpecsOf<P extends Pick<Plan, (typeof specs)[number]>>(
  server: PlanSummary,
  plans: readonly P[],
): readonly P[] {
  return plans.filter((plan) => specs.every((spec) => isSameSpec(server[spec], plan[spec])));
}

/**
 * The plan of a server in the list of plans, certain enough to order it again. VPS.org's own pages use different ids for the same
 * plan, so an equal id proves nothing: the specs must be known on both sides and agree.
 */
export function findPlanOf<P extends Omit<PlanIdentity, 'name'>>(
  server: PlanSummary | undefined,
  plans: readonly P[],
): P | undefined {
  return server && withSpecsOf(server, plans).find(({ id }) => id === server.id);
}

/**
 * The plan whose price is that of a server: the one with its id and specs or, where no plan has that id and specs, the only one with
 * its name and specs. Undefined where that is ambiguous, or id and name lead to different plans.
 */
export function findPricedPlanOf<P extends PlanIdentity>(
  server: PlanSummary,
  plans: readonly P[],
): P | undefined {
  const alike = withSpecsOf(server, plans);
  const sameId = alike.filter(({ id }) => id === server.id);
  const sameName = alike.filter(({ name }) => name === server.name);
  const [found, ...others] = sameId.length > 0 ? sameId : sameName;
  const isUnique = found !== undefined && others.length === 0;
  return isUnique && (sameName.length === 0 || sameName.includes(found)) ? found : undefined;
}

function isSameSpec(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && a === b;
}

function isSamePlan(a: PlanSummary, b: PlanSummary): boolean {
  return a.id === b.id && a.name === b.name && specs.every((spec) => a[spec] === b[spec]);
}

interface FoundPrice {
  readonly plan: PlanSummary;
  readonly price: Price | undefined;
}

/** More different plans than an account has. The API could fill the memory otherwise. */
const maxFoundIds = 1_000;

/**
 * The prices of servers by one list of plans. Servers of the same plan are looked up once, so that totals of thousands of servers
 * cost little.
 */
export class PriceList {
  readonly #plans: readonly Plan[];
  /** Servers of the same plan share one object (see `SharedObjects`). */
  readonly #ofObjects = new WeakMap<PlanSummary, FoundPrice>();
  /** What was looked up, by plan id. */
  readonly #found = new Map<string | undefined, FoundPrice[]>();

  constructor(plans: readonly Plan[]) {
    this.#plans = plans;
  }

  /** The list price of a server; undefined where its plan is not certainly one of the list. */
  priceOf({ plan }: Pick<Server, 'plan'>): Price | undefined {
    return plan && (this.#ofObjects.get(plan) ?? this.#ofPlan(plan)).price;
  }

  #ofPlan(plan: PlanSummary): FoundPrice {
    const known = this.#found.get(plan.id);
    const found = known?.find((each) => isSamePlan(each.plan, plan)) ?? this.#lookUp(plan, known);
    this.#ofObjects.set(plan, found);
    return found;
  }

  totalOf(servers: Iterable<Pick<Server, 'plan'>>): PriceTotal {
    let [monthly, known, unknown] = [0, 0, 0];
    for (const server of servers) {
      const price = this.priceOf(server)?.monthly;
      if (price === undefined) {
        unknown++;
      } else {
        known++;
        monthly += price;
      }
    }
    return { monthly, known, unknown };
  }

  #lookUp(plan: PlanSummary, known: FoundPrice[] = []): FoundPrice {
    const entry = findPricedPlanOf(plan, this.#plans);
    const found = { plan, price: entry && priceOf(entry) };
    // The same id with ever other specs is no plan.
    const isFull = this.#found.size >= maxFoundIds || known.length >= maxFoundIds;
    if (isFull) {
      this.#found.clear();
    }
    this.#found.set(plan.id, isFull ? [found] : [...known, found]);
    return found;
  }
}

export function addTotals(a: PriceTotal, b: PriceTotal): PriceTotal {
  return {
    monthly: a.monthly + b.monthly,
    known: a.known + b.known,
    unknown: a.unknown + b.unknown,
  };
}
