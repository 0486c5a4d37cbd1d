import * as vscode from 'vscode';
import type { CreateField, CreateProblems } from '../core/createForm.ts';
import { errorText } from '../host/errorText.ts';
import { addressText, unitTexts } from '../host/serverText.ts';
import type { CreateTextKey } from '../protocol/create.ts';
import { createProblemTextKeys } from '../protocol/texts.ts';
import type { CreateProblemTextKey, Texts } from '../protocol/texts.ts';
import type { FormTexts } from './createForm.ts';
import type { OutcomeTexts } from './createOutcome.ts';
import { settingLabel, validationTexts } from './sharedTexts.ts';

/** What the validation finds wrong with fields that only this form has. */
function problemTexts(): Texts<CreateProblemTextKey> {
  return {
    locationEmpty: vscode.l10n.t('Choose a location.'),
    planEmpty: vscode.l10n.t('Choose a plan.'),
    planNotWhole: vscode.l10n.t('The ID of a plan is a whole number above 0.'),
    planNotHere: vscode.l10n.t('This plan is not offered at this location.'),
    osEmpty: vscode.l10n.t('Choose an operating system.'),
    osNotWhole: vscode.l10n.t('The ID of an operating system is a whole number above 0.'),
    sshKeyNotWhole: vscode.l10n.t('The ID of an SSH key is a whole number above 0.'),
  };
}

/** The words of the create form; it fills in `{0}` and so on itself. */
export function createTexts(): Texts<CreateTextKey> {
  return {
    heading: vscode.l10n.t('Create Server'),
    sample: vscode.l10n.t('Sample'),
    loading: vscode.l10n.t('Loading what can be ordered...'),
    intro: vscode.l10n.t('VPS.org says that a new server is ready after 2 to 5 minutes.'),
    required: vscode.l10n.t('Required'),
    account: vscode.l10n.t('Account'),
    name: settingLabel('name'),
    nameHint: vscode.l10n.t('Letters, digits and hyphens.'),
    location: vscode.l10n.t('Location'),
    plan: vscode.l10n.t('Plan'),
    operatingSystem: vscode.l10n.t('Operating system'),
    hostname: settingLabel('hostname'),
    hostnameHint: vscode.l10n.t('A full domain name such as web.example.com. May stay empty.'),
    sshKeyId: vscode.l10n.t('SSH key ID'),
    sshKeyHint: vscode.l10n.t('The number of a key that VPS.org knows, to be installed on the server. May stay empty.'),
    backups: settingLabel('backupsEnabled'),
    other: vscode.l10n.t('Other...'),
    otherLocation: vscode.l10n.t('Location code'),
    otherPlan: vscode.l10n.t('Plan ID'),
    otherOperatingSystem: vscode.l10n.t('Operating system ID'),
    choose: vscode.l10n.t('Choose...'),
    planColumnName: vscode.l10n.t('Plan'),
    planColumnVcpus: vscode.l10n.t('vCPU'),
    planColumnMemory: vscode.l10n.t('Memory'),
    planColumnDisk: vscode.l10n.t('Disk'),
    planColumnTraffic: vscode.l10n.t('Traffic a month'),
    planColumnMonthly: vscode.l10n.t('Monthly'),
    planColumnHourly: vscode.l10n.t('Hourly'),
    notTold: vscode.l10n.t('not known'),
    planDetails: vscode.l10n.t('{0} vCPU, {1} memory, {2} disk, {3} traffic a month. {4}'),
    perMonth: vscode.l10n.t('{0} a month'),
    perHour: vscode.l10n.t('{0} an hour'),
    noPlansHere: vscode.l10n.t('No plan is known to be offered at this location. Choose another one, or type the ID of a plan.'),
    summaryHeading: vscode.l10n.t('Summary'),
    summary: vscode.l10n.t('{0} in {1}, {2}, {3}'),
    summaryIncomplete: vscode.l10n.t('Name, location, plan and operating system are needed first.'),
    summaryPrice: vscode.l10n.t('{0} a month, {1} an hour'),
    summaryPriceUnknown: vscode.l10n.t('The price is not known here. VPS.org charges it all the same.'),
    summaryBilling: vscode.l10n.t(
      "VPS.org's FAQ says that a server is charged by the hour up to the monthly price, also while it is stopped, until it is deleted.",
    ),
    summarySample: vscode.l10n.t('A sample server: it is simulated on this computer and costs nothing.'),
    create: vscode.l10n.t('Create Server'),
    creating: vscode.l10n.t('Creating...'),
    cancel: vscode.l10n.t('Cancel'),
    copyCurl: vscode.l10n.t('Copy as cURL'),
    copiedCurl: vscode.l10n.t('Copied, with $VPS_API_TOKEN in place of your token.'),
    openPanel: vscode.l10n.t('Open VPS.org'),
    errorsHeadingOne: vscode.l10n.t('1 field needs attention'),
    errorsHeading: vscode.l10n.t('{0} fields need attention'),
    likelyHeading: vscode.l10n.t('Probably created'),
    showLikely: vscode.l10n.t('Show This Server'),
    keepEditing: vscode.l10n.t('Continue Editing'),
    ...unitTexts(),
    ...validationTexts(),
    ...problemTexts(),
  };
}

/** What came of a creation, in words. */
function outcomeTexts(): OutcomeTexts {
  return {
    error: errorText,
    nameExists: vscode.l10n.t('There is a server of this name already.'),
    busy: vscode.l10n.t('Another server is being created in this account at this moment. Wait until that is answered.'),
    notSent: (why) => vscode.l10n.t('{0} Nothing was sent to create the server.', why),
    notEnoughCredit: (said) =>
      said === undefined
        ? vscode.l10n.t('There is not enough credit for this server. Nothing was created.')
        : vscode.l10n.t('There is not enough credit for this server. Nothing was created. VPS.org answered: {0}', said),
    likely: (why, name) =>
      vscode.l10n.t('{0} But "{1}" is in the list now and was not before, so it was probably created. The request was not sent again.', why, name),
    notFound: (why) =>
      vscode.l10n.t('{0} The list shows no new server of this name, but it may still come. The request was not sent again: look at VPS.org before you do that.', why),
    notKnown: (why) =>
      vscode.l10n.t('{0} It is not known whether the server was created, and the list cannot be had. The request was not sent again: look at VPS.org before you do that.', why),
  };
}

function describeProblems(problems: CreateProblems): Readonly<Partial<Record<CreateField, string>>> {
  const texts = { ...validationTexts(), ...problemTexts() };
  const errors: Partial<Record<CreateField, string>> = {};
  for (const [field, problem] of Object.entries(problems) as [keyof CreateProblems, string][]) {
    const keys: Readonly<Record<string, keyof typeof texts>> = createProblemTextKeys[field];
    const key = keys[problem];
    if (key !== undefined) {
      errors[field] = texts[key];
    }
  }
  return errors;
}

/** The words that the host puts into the state itself. */
export function formTexts(): FormTexts {
  return {
    ...outcomeTexts(),
    problems: describeProblems,
    account: ({ label, kind }) => (kind === 'sample' ? vscode.l10n.t('{0} (sample)', label) : label),
    facts: (server) => [server.status, addressText(server), server.location].filter(Boolean).join(' · '),
    otherAccount: vscode.l10n.t('Choose the account once more.'),
  };
}
