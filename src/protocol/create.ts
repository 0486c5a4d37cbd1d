import type { CreateField, CreateValues, PlanChoice } from '../core/createForm.ts';
import type { CreateProblemTextKey, Texts, UnitTextKey, ValidationTextKey } from './texts.ts';

// Messages between the create form and its webview. As in details.ts: the host sends whole states, the webview sends what the
// person did, and everything that comes from it is checked by schema and looked up again in the host.

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface CreateChoices {
  /** Those of the chosen account. */
  readonly plans: readonly PlanChoice[];
  readonly locations: readonly Choice[];
  readonly operatingSystems: readonly Choice[];
  readonly sshKeyIds: readonly string[];
}

/** `sending`: from the click to the answer; the button is dead. `unclear`: the answer was lost. */
export type CreatePhase = 'loading' | 'editing' | 'sending' | 'unclear' | 'done';

export interface CreateState {
  readonly phase: CreatePhase;
  /**
   * The `attempt` of the newest `create` message that reached the host, 0 before the first. With it the webview tells the
   * answer to its click from a state that was on its way already, and stays dead until the answer is there.
   */
  readonly attempt: number;
  readonly accounts: readonly Choice[];
  readonly isSample: boolean;
  readonly choices: CreateChoices;
  /** What the form begins with: empty, or like another server. For the same `formId` only its plan may come later. */
  readonly initial: CreateValues;
  /** Names one filling of the form; a webview that has kept values for it keeps them. */
  readonly formId: string;
  /** The server's or our own words about the whole form, e.g. "not enough credit"; shown as an alert. */
  readonly message: string | undefined;
  /** Offers a link beside the message: the VPS.org panel. */
  readonly offersPanelLink: boolean;
  /** By field, from the host's validation or the API's reply. */
  readonly errors: Readonly<Partial<Record<CreateField, string>>>;
  /** After a lost answer: the server that was probably made. */
  readonly likelyServer: { readonly name: string; readonly description: string } | undefined;
}

export type CreateTextKey =
  | 'heading' // "Create Server"
  | 'sample'
  | 'loading'
  | 'intro'
  | 'required' // "Required"
  | 'account'
  | 'name'
  | 'nameHint'
  | 'location'
  | 'plan'
  | 'operatingSystem'
  | 'hostname'
  | 'hostnameHint'
  | 'sshKeyId'
  | 'sshKeyHint'
  | 'backups'
  | 'other' // "Other..."
  | 'otherLocation'
  | 'otherPlan'
  | 'otherOperatingSystem'
  | 'choose' // "Choose..."
  | 'planColumnName'
  | 'planColumnVcpus'
  | 'planColumnMemory'
  | 'planColumnDisk'
  | 'planColumnTraffic'
  | 'planColumnMonthly'
  | 'planColumnHourly'
  | 'notTold' // for missing figures
  | 'planDetails' // for screen readers: "{0} vCPU, {1} memory, {2} disk, {3} traffic a month, {4}"; {4} is the price
  | 'perMonth' // "{0} a month"; the price comes with its currency sign
  | 'perHour' // "{0} an hour"
  | 'noPlansHere' // no plan is offered at this location
  | 'summaryHeading'
  | 'summary' // "{0} in {1}, {2}, {3}"
  | 'summaryIncomplete'
  | 'summaryPrice' // "{0} a month, {1} an hour"
  | 'summaryPriceUnknown'
  | 'summaryBilling' // VPS.org's FAQ: hourly up to the monthly price, also while stopped, until deleted
  | 'summarySample' // costs nothing
  | 'create'
  | 'creating'
  | 'cancel'
  | 'copyCurl'
  | 'copiedCurl'
  | 'openPanel'
  | 'errorsHeadingOne' // "1 field needs attention"
  | 'errorsHeading' // "{0} fields need attention"
  | 'likelyHeading'
  | 'showLikely'
  | 'keepEditing' // after a lost answer: back to the form, "Continue Editing"
  | CreateProblemTextKey
  | UnitTextKey
  | ValidationTextKey;

/**
 * What the webview keeps with `setState`: what VS Code hands to the panel's serializer after a window reload. It comes from
 * outside, so both sides read it with care. A host that sends the same `formId` again gets the form as it was.
 */
export interface KeptCreate {
  readonly formId: string;
  readonly values: CreateValues;
  /** Fields for which "Other..." is chosen. */
  readonly typed: readonly CreateField[];
  /** Fields whose problems show: left once, or submitted. */
  readonly touched: readonly CreateField[];
}

export type CreateToWebview =
  | { readonly type: 'state'; readonly texts: Texts<CreateTextKey>; readonly state: CreateState }
  | { readonly type: 'copiedCurl' };

export type CreateFromWebview =
  | { readonly type: 'ready' }
  /** The person chose another account: choices are fetched for it. */
  | { readonly type: 'chooseAccount'; readonly accountId: string }
  /** Keeps the form in the host too, so that a closed tab can be asked about and a reload restores it. */
  | { readonly type: 'edited'; readonly values: CreateValues }
  /** `attempt` counts up from the state's. A second message with the same number, or while one is under way, is ignored. */
  | { readonly type: 'create'; readonly values: CreateValues; readonly attempt: number }
  | { readonly type: 'copyCurl'; readonly values: CreateValues }
  | { readonly type: 'openPanel' }
  | { readonly type: 'showLikely' }
  /** After a lost answer: the person looked and wants to go on editing. */
  | { readonly type: 'dismissLikely' }
  | { readonly type: 'cancel' };
