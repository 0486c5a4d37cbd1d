import type { Plan } from './plan.ts';
import type { CreateRequest } from './requests.ts';
import { checkHostname, checkName, checkWholeNumber } from './validation.ts';
import type { Checked, HostnameProblem, NameProblem } from './validation.ts';

// What the create form means: the one set of rules for the webview, which checks while a person types, and for the host,
// which checks again before anything is sent.

/** The form as typed: text for everything that can be typed, so that nothing is lost in between. */
export interface CreateValues {
  readonly accountId: string;
  readonly name: string;
  readonly location: string;
  /** A plan's id, chosen or typed. */
  readonly planId: string;
  readonly osId: string;
  readonly hostname: string;
  readonly sshKeyId: string;
  readonly backupsEnabled: boolean;
}
export type CreateField = keyof CreateValues;

/** A plan to compare: what `Plan` says of it. `locations` empty: not told, so offered everywhere as far as is known. */
export type PlanChoice = Pick<
  Plan,
  'id' | 'name' | 'vcpus' | 'memoryMiB' | 'storageGB' | 'bandwidthGB' | 'priceMonthly' | 'priceHourly' | 'locations'
>;

/** What is wrong with a field. A field that is not named is sound. */
export interface CreateProblems {
  readonly name?: NameProblem;
  readonly location?: 'empty';
  readonly planId?: IdProblem | 'notHere';
  readonly osId?: IdProblem;
  readonly hostname?: HostnameIssue;
  readonly sshKeyId?: 'notWhole';
}
type IdProblem = 'empty' | 'notWhole';
/** It may be empty here. */
type HostnameIssue = Exclude<HostnameProblem, 'empty'>;

export type CheckedCreate =
  | { readonly ok: true; readonly request: CreateRequest }
  | { readonly ok: false; readonly problems: CreateProblems };

/** The form for another account, where the ids of this one mean something else or nothing. */
export function inAccount(values: CreateValues, accountId: string): CreateValues {
  return { ...values, accountId, planId: '', osId: '', sshKeyId: '' };
}

/** Whether a plan can be ordered at a location. Without a location every plan can, somewhere. */
export function isOfferedAt(plan: PlanChoice, location: string): boolean {
  const code = location.trim();
  return code === '' || plan.locations.length === 0 || plan.locations.includes(code);
}

/** The plan that the form names, by choice or by typing its id. */
export function chosenPlan(values: CreateValues, plans: readonly PlanChoice[]): PlanChoice | undefined {
  const id = values.planId.trim();
  return plans.find((plan) => plan.id === id);
}

function checkId(text: string): Checked<number, IdProblem> {
  return text.trim() === '' ? { ok: false, problem: 'empty' } : checkWholeNumber(text);
}

function checkPlan(values: CreateValues, plans: readonly PlanChoice[]): Checked<number, IdProblem | 'notHere'> {
  const plan = chosenPlan(values, plans);
  return plan && !isOfferedAt(plan, values.location) ? { ok: false, problem: 'notHere' } : checkId(values.planId);
}

// The optional fields: empty is sound and means "not sent".

function checkOptionalId(text: string): Checked<number | undefined, 'notWhole'> {
  return text.trim() === '' ? { ok: true, value: undefined } : checkWholeNumber(text);
}

function checkOptionalHostname(text: string): Checked<string | undefined, HostnameIssue> {
  if (text.trim() === '') {
    return { ok: true, value: undefined };
  }
  const checked = checkHostname(text);
  if (checked.ok) {
    return checked;
  }
  // A single "." is empty to checkHostname, which forgives a dot at the end. To the person who typed it, it is not.
  return { ok: false, problem: checked.problem === 'empty' ? 'badLabel' : checked.problem };
}

/**
 * Reads the form. The request carries what was filled in and nothing else.
 *
 * @param choices the plans of the chosen account; one of these is refused where it is not offered, a typed id that is
 *   none of them is left for the API to judge
 */
export function checkCreateValues(values: CreateValues, choices: { readonly plans: readonly PlanChoice[] }): CheckedCreate {
  const name = checkName(values.name);
  const location = values.location.trim();
  const planId = checkPlan(values, choices.plans);
  const osId = checkId(values.osId);
  const hostname = checkOptionalHostname(values.hostname);
  const sshKeyId = checkOptionalId(values.sshKeyId);
  if (name.ok && location !== '' && planId.ok && osId.ok && hostname.ok && sshKeyId.ok) {
    return {
      ok: true,
      request: {
        name: name.value,
        location,
        planId: planId.value,
        osId: osId.value,
        ...(hostname.value === undefined ? {} : { hostname: hostname.value }),
        ...(sshKeyId.value === undefined ? {} : { sshKeyId: sshKeyId.value }),
        backupsEnabled: values.backupsEnabled,
      },
    };
  }
  return {
    ok: false,
    problems: {
      ...(name.ok ? {} : { name: name.problem }),
      ...(location === '' ? { location: 'empty' } : {}),
      ...(planId.ok ? {} : { planId: planId.problem }),
      ...(osId.ok ? {} : { osId: osId.problem }),
      ...(hostname.ok ? {} : { hostname: hostname.problem }),
      ...(sshKeyId.ok ? {} : { sshKeyId: sshKeyId.problem }),
    },
  };
}
