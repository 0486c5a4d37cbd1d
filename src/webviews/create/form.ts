import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { AccountId } from '../../core/account.ts';
import { checkCreateValues, emptyCreateValues, inAccount } from '../../core/createFields.ts';
import type { CreateValues } from '../../core/createFields.ts';
import { DisposableStore, Emitter } from '../../core/event.ts';
import type { Disposable } from '../../core/event.ts';
import type { CreateRequest } from '../../core/requests.ts';
import { findNamesake, nameKey } from '../../core/sameName.ts';
import type { Server } from '../../core/server.ts';
import { webPanelOf } from '../../core/webPanel.ts';
import type { CreationOutcome } from '../../state/serverCreation.ts';
import type { Session } from '../../state/session.ts';
import { addressText } from '../../text/servers.ts';
import { createErrorTexts } from '../../text/validation.ts';
import { accountChoices } from './accounts.ts';
import { buildChoices } from './choices.ts';
import { isHalfFilled, planLike, valuesLike } from './defaults.ts';
import type { CreateDraft } from './drafts.ts';
import type { CreateFormDependencies, CreateStart } from './formOptions.ts';
import { quietView, viewAfter } from './outcome.ts';
import type { FormView } from './outcome.ts';
import { PlanLoader, planListState } from './planLoader.ts';
import type { CreateChoices, CreateErrors, CreateState } from './protocol.ts';
import { sendRequest } from './sendRequest.ts';

function newDraft(values: CreateValues): CreateDraft {
  return { formId: randomUUID(), initial: values, values };
}

/**
 * State of the create form, independent of its page: hiding or reloading the page does not change it, and a request
 * continues after its tab was closed.
 */
export class CreateForm implements Disposable {
  readonly #options: CreateFormDependencies;
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<void>());
  #draft: CreateDraft;
  /** Values that a new page starts with. In a continued form, they include what was entered before. */
  #initial: CreateValues;
  /** The server that the new one should be like, until another account is selected. */
  #like: Server | undefined;
  /** Loads the plans of the selected account. */
  readonly #plans: PlanLoader;
  #view: FormView = quietView('loading');
  #attempt = 0;

  /** `state` may have changed. */
  readonly onDidChange = this.#onDidChange.event;

  /** Continues a draft or starts a new form. */
  constructor(options: CreateFormDependencies, start: CreateStart | CreateDraft) {
    this.#options = options;
    this.#plans = this.#disposables.add(
      new PlanLoader(options.planCatalog, options.clock, () => {
        this.#choosePlan();
        this.#onDidChange.fire();
      }),
    );
    this.#draft = 'formId' in start ? start : newDraft(this.#valuesFor(start));
    this.#initial = this.#draft.values;
    this.#like = 'formId' in start ? undefined : start.like;
    this.#disposables.add(
      options.sessions.onDidChange(({ session }) => {
        if (session === this.session) {
          this.#plans.sessionChanged();
          this.#onDidChange.fire();
        }
      }),
    );
    void this.#loadChoices();
  }

  /** Session of the selected account; undefined after it was signed out. */
  get session(): Session | undefined {
    return this.#options.sessions.get(this.#draft.values.accountId);
  }

  /** Address of the selected account's web panel; undefined if it has none. */
  get panelUrl(): string | undefined {
    return this.session && webPanelOf(this.session.account);
  }

  get view(): FormView {
    return this.#view;
  }

  /** Whether a restart would lose something that a person entered. */
  get isHalfFilled(): boolean {
    return isHalfFilled(this.#draft.values, this.#draft.initial);
  }

  /** Whether a request is running or its reply was lost. The form must not be restarted then. */
  get isOccupied(): boolean {
    return ['sending', 'asking', 'unclear'].includes(this.#view.phase);
  }

  get state(): CreateState {
    const { probableMatch, ...view } = this.#view;
    const hasPanel = this.panelUrl !== undefined;
    return {
      ...view,
      offersPanelLink: view.offersPanelLink && hasPanel,
      hasPanel,
      attempt: this.#attempt,
      accounts: accountChoices(this.#options.sessions.all),
      isSample: this.session?.account.kind === 'sample',
      choices: this.#choices(),
      planList: planListState(this.#plans.list),
      initial: this.#initial,
      formId: this.#draft.formId,
      takenName: this.#takenName(),
      probableMatch: probableMatch && {
        name: probableMatch.name,
        description: [probableMatch.status, addressText(probableMatch), probableMatch.location]
          .filter(Boolean)
          .join(' · '),
      },
    };
  }

  /** Discards the form and starts a new one. */
  restart(start: CreateStart): void {
    this.#draft = newDraft(this.#valuesFor(start));
    this.#initial = this.#draft.values;
    this.#like = start.like;
    void this.#loadChoices();
  }

  /** Stores the page's values and persists them. */
  async setValues(values: CreateValues): Promise<void> {
    if (this.#view.phase === 'done') {
      return;
    }
    // Only `chooseAccount` changes the account, together with the choices.
    const { accountId } = this.#draft.values;
    const before = this.#takenName();
    this.#draft = { ...this.#draft, values: { ...values, accountId } };
    if (this.#takenName() !== before) {
      this.#onDidChange.fire();
    }
    await this.#options.drafts.setDraft(this.#draft);
  }

  async chooseAccount(accountId: AccountId): Promise<void> {
    const { phase } = this.#view;
    if (this.#options.sessions.get(accountId) && (phase === 'editing' || phase === 'loading')) {
      this.#draft = { ...this.#draft, values: inAccount(this.#draft.values, accountId) };
      this.#like = undefined;
      await this.#loadChoices();
    }
  }

  /** Requests the plans again after a failure. */
  async retryPlans(): Promise<void> {
    await this.#plans.retry();
  }

  /** The request for valid values. Undefined otherwise; the form then shows what is wrong. */
  check(values: CreateValues): CreateRequest | undefined {
    if (values.accountId !== this.#draft.values.accountId) {
      return this.#showErrors({ accountId: l10n.t('Choose the account again.') });
    }
    const checked = checkCreateValues(values, this.#choices());
    return checked.ok ? checked.request : this.#showErrors(createErrorTexts(checked.problems));
  }

  /**
   * Sends the form, once for each `attempt`. The form shows the outcome. Undefined if nothing was sent, because the values
   * are invalid or the attempt is not a new one.
   */
  async create(values: CreateValues, attempt: number): Promise<CreationOutcome | undefined> {
    if (attempt <= this.#attempt) {
      return undefined;
    }
    this.#attempt = attempt;
    const { session } = this;
    if (this.#view.phase !== 'editing' || !session) {
      this.#onDidChange.fire();
      return undefined;
    }
    const request = this.check(values);
    if (!request) {
      return undefined;
    }
    this.#show(quietView('sending'));
    await this.setValues(values);
    const outcome = await sendRequest(this.#options.creation, session, request, (...question) =>
      this.#confirmSameName(...question),
    );
    if (outcome.kind === 'done') {
      await this.#complete(session, request, outcome.server);
    }
    this.#show(viewAfter(outcome, session.account.kind === 'sample'));
    return outcome;
  }

  /** After a lost reply: makes the form editable again. */
  dismissProbableMatch(): void {
    if (this.#view.phase === 'unclear') {
      this.#show(quietView('editing'));
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #confirmSameName(session: Session, namesake: Server): Promise<boolean> {
    this.#show(quietView('asking'));
    const isConfirmed = await this.#options.confirmSameName(session, namesake);
    this.#show(quietView('sending'));
    return isConfirmed;
  }

  #show(view: FormView): void {
    this.#view = view;
    this.#onDidChange.fire();
  }

  /** Replaces the messages about the last attempt, except a question that is still open. */
  #showErrors(errors: CreateErrors): undefined {
    this.#show({ ...(this.isOccupied ? this.#view : quietView(this.#view.phase)), errors });
  }

  /** The entered name, if another server has it. While a request runs, that may be the new server. */
  #takenName(): string | undefined {
    const { name } = this.#draft.values;
    const servers = this.isOccupied ? [] : (this.session?.servers.servers ?? []);
    return findNamesake(servers, name) && name;
  }

  #choices(): CreateChoices {
    const { session } = this;
    const { usedIds } = this.#options;
    return buildChoices({
      plans: this.#plans.list.kind === 'listed' ? this.#plans.list.plans : undefined,
      servers: session?.servers.servers ?? [],
      sshKeyIds: session ? usedIds.sshKeyIds(session.account.id) : [],
      systems: session ? usedIds.systems(session.account.id) : [],
    });
  }

  #valuesFor({ accountId, location, like }: CreateStart): CreateValues {
    const servers = this.#options.sessions.get(accountId)?.servers.servers ?? [];
    return like
      ? valuesLike(like, accountId, new Set(servers.map(({ name }) => nameKey(name))))
      : emptyCreateValues(accountId, location);
  }

  /** The form can be edited while the choices are loading; only sending it has to wait. */
  async #loadChoices(): Promise<void> {
    const { session } = this;
    const isLoaded = session && this.#plans.load(session);
    this.#show(quietView('loading'));
    await this.#options.drafts.setDraft(this.#draft);
    await isLoaded;
    if (session === this.session && this.#view.phase === 'loading') {
      this.#show({ ...this.#view, phase: 'editing' });
    }
  }

  /** Selects the plan of the server to copy, if it is offered and the person has not chosen another one. */
  #choosePlan(): void {
    const { kind } = this.#plans.list;
    if (this.#like && (kind === 'listed' || kind === 'unlisted')) {
      const planId = planLike(this.#like, kind === 'listed' ? this.#choices().plans : undefined);
      const initial = { ...this.#initial, planId };
      const { values } = this.#draft;
      this.#draft = {
        ...this.#draft,
        initial,
        values: values.planId === '' ? { ...values, planId } : values,
      };
      this.#initial = initial;
    }
  }

  /** Deletes the draft and remembers the ids that the API accepted. */
  async #complete(session: Session, request: CreateRequest, { os }: Server): Promise<void> {
    const { drafts, usedIds } = this.#options;
    const accountId = session.account.id;
    const osId = String(request.osId);
    const known = this.#choices().operatingSystems.find(({ value }) => value === osId);
    await drafts.setDraft(undefined);
    await usedIds.addSystem(accountId, {
      id: osId,
      name: (os?.id === osId ? os.name : undefined) ?? known?.label ?? osId,
    });
    if (request.sshKeyId !== undefined) {
      await usedIds.addSshKeyId(accountId, String(request.sshKeyId));
    }
  }
}
