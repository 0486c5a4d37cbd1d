import { randomUUID } from 'node:crypto';
import type { Account, AccountId } from '../core/account.ts';
import type { Clock } from '../core/clock.ts';
import { checkCreateValues, inAccount } from '../core/createForm.ts';
import type { CreateField, CreateProblems, CreateValues } from '../core/createForm.ts';
import { AppError } from '../core/errors.ts';
import { DisposableStore, Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { Plan } from '../core/plan.ts';
import type { CreateRequest } from '../core/requests.ts';
import type { Server, ServerId } from '../core/server.ts';
import type { CreateChoices, CreateState } from '../protocol/create.ts';
import type { CreationOutcome, ServerCreation } from '../state/serverCreation.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import { buildChoices } from './createChoices.ts';
import type { CreateDraft, CreateMemory } from './createMemory.ts';
import { quietView, viewAfter } from './createOutcome.ts';
import type { FormView, OutcomeTexts } from './createOutcome.ts';
import { emptyValues, isHalfFilled, planLike, valuesLike } from './createStart.ts';
import { loadPlans } from './planLoading.ts';

/** What a form is filled with. */
export interface CreateStart {
  readonly accountId: AccountId;
  readonly location?: string | undefined;
  /** The server that the new one is to be like. */
  readonly like?: Server | undefined;
}

/** Words that the host puts into the state. */
export interface FormTexts extends OutcomeTexts {
  /** What is wrong with a field, in words. */
  readonly problems: (problems: CreateProblems) => Readonly<Partial<Record<CreateField, string>>>;
  /** An account among several, marked where it is the sample account. */
  readonly account: (account: Account) => string;
  /** Status, address and location of a server. */
  readonly facts: (server: Server) => string;
  /** For an account that is not the one the form was filled in for. */
  readonly otherAccount: string;
}

export interface CreateFormOptions {
  readonly sessions: Sessions;
  readonly creation: ServerCreation;
  readonly memory: CreateMemory;
  readonly clock: Clock;
  readonly texts: () => FormTexts;
  /** Asks whether to create another server of the same name. */
  readonly wantsSameName: (session: Session, namesake: Server) => Promise<boolean>;
}

function newForm(values: CreateValues): CreateDraft {
  return { formId: randomUUID(), initial: values, values };
}

/**
 * One filling of the create form, and what comes of it. It outlives its tab while a request is under way, and is the same
 * whether the page is there, hidden or reloaded.
 */
export class CreateForm implements Disposable {
  readonly #options: CreateFormOptions;
  readonly #disposables = new DisposableStore();
  readonly #onDidChange = this.#disposables.add(new Emitter<void>());
  #form: CreateDraft;
  /** What a new page begins with: also what was typed before, where a form is gone on with. */
  #first: CreateValues;
  /** The server that the new one is to be like, in the same account. */
  #like: Server | undefined;
  /** Of the chosen account: undefined while the API has not told, or does not. */
  #plans: readonly Plan[] | undefined;
  #view: FormView = quietView('loading');
  #attempt = 0;

  /** The state may be another one. */
  readonly onDidChange = this.#onDidChange.event;

  /** Goes on with a form that was left, or fills a new one. */
  constructor(options: CreateFormOptions, start: CreateStart | CreateDraft) {
    this.#options = options;
    this.#form = 'formId' in start ? start : newForm(this.#valuesFor(start));
    this.#first = this.#form.values;
    this.#like = 'formId' in start ? undefined : start.like;
    this.#disposables.add(
      options.sessions.onDidChange(({ session }) => session === this.session && this.#onDidChange.fire()),
    );
    void this.#loadChoices();
  }

  /** The chosen account; undefined when it was signed out. */
  get session(): Session | undefined {
    return this.#options.sessions.get(this.#form.values.accountId);
  }

  get view(): FormView {
    return this.#view;
  }

  /** Whether something that a person typed would be lost by filling the form anew. */
  get isHalfFilled(): boolean {
    return isHalfFilled(this.#form.values, this.#form.initial);
  }

  /** A request is under way, or its answer was lost: not the time to fill the form anew. */
  get isOccupied(): boolean {
    return this.#view.phase === 'sending' || this.#view.phase === 'unclear';
  }

  get state(): CreateState {
    const { sessions, texts } = this.#options;
    const { account, facts } = texts();
    const { likely, ...view } = this.#view;
    return {
      ...view,
      attempt: this.#attempt,
      accounts: sessions.all.map((session) => ({ value: session.account.id, label: account(session.account) })),
      isSample: this.session?.account.kind === 'sample',
      choices: this.#choices(),
      initial: this.#first,
      formId: this.#form.formId,
      likelyServer: likely && { name: likely.name, description: facts(likely) },
    };
  }

  /** Fills the form anew. */
  restart(start: CreateStart): void {
    this.#form = newForm(this.#valuesFor(start));
    this.#first = this.#form.values;
    this.#like = start.like;
    void this.#loadChoices();
  }

  /** Takes over what the page holds. */
  async keep(values: CreateValues): Promise<void> {
    if (this.#view.phase === 'done') {
      return;
    }
    // The account is changed by `chooseAccount` alone, together with the choices.
    this.#form = { ...this.#form, values: { ...values, accountId: this.#form.values.accountId } };
    await this.#options.memory.setDraft(this.#form);
  }

  async chooseAccount(accountId: AccountId): Promise<void> {
    const { phase } = this.#view;
    if (this.#options.sessions.get(accountId) && (phase === 'editing' || phase === 'loading')) {
      this.#form = { ...this.#form, values: inAccount(this.#form.values, accountId) };
      this.#like = undefined;
      await this.#loadChoices();
    }
  }

  /** Checks the values once more; what is wrong shows in the form, and undefined comes back. */
  check(values: CreateValues): CreateRequest | undefined {
    const { otherAccount, problems } = this.#options.texts();
    if (values.accountId !== this.#form.values.accountId) {
      return this.#complain({ accountId: otherAccount });
    }
    const checked = checkCreateValues(values, this.#choices());
    return checked.ok ? checked.request : this.#complain(problems(checked.problems));
  }

  /**
   * Sends the form, once for each `attempt`. Undefined: nothing was sent, and the form says why or the message was late.
   * Its answer, whatever it is, shows in the form.
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
    await this.keep(values);
    const outcome = await this.#send(session, request);
    if (outcome.kind === 'done') {
      await this.#settle(session, request);
    }
    this.#show(viewAfter(outcome, session.account.kind === 'sample', this.#options.texts()));
    return outcome;
  }

  /** After a lost answer: the form is to be edited again. */
  dismissLikely(): void {
    if (this.#view.phase === 'unclear') {
      this.#show(quietView('editing'));
    }
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #show(view: FormView): void {
    this.#view = view;
    this.#onDidChange.fire();
  }

  /** In place of what was said about the last attempt, unless the person has yet to answer to that. */
  #complain(errors: FormView['errors']): undefined {
    this.#show({ ...(this.isOccupied ? this.#view : quietView(this.#view.phase)), errors });
  }

  #choices(): CreateChoices {
    const { session } = this;
    return buildChoices({
      plans: this.#plans,
      servers: session?.servers.servers ?? [],
      sshKeyIds: session ? this.#options.memory.sshKeyIds(session.account.id) : [],
    });
  }

  #valuesFor({ accountId, location, like }: CreateStart): CreateValues {
    const servers = this.#options.sessions.get(accountId)?.servers.servers ?? [];
    return like
      ? valuesLike(like, accountId, new Set(servers.map((server) => server.name)))
      : emptyValues(accountId, location);
  }

  /** The form can be filled in while what can be ordered is fetched; only sending it has to wait. */
  async #loadChoices(): Promise<void> {
    const { session } = this;
    this.#plans = undefined;
    this.#show(quietView('loading'));
    await this.#options.memory.setDraft(this.#form);
    if (session) {
      await loadPlans(session, this.#options.clock, (plans) => {
        if (session === this.session) {
          this.#plans = plans;
          this.#choosePlan();
          this.#onDidChange.fire();
        }
      });
    }
    if (session === this.session && this.#view.phase === 'loading') {
      this.#show({ ...this.#view, phase: 'editing' });
    }
  }

  /** Only now is it known whether the plan of the model can be had. One that the person chose meanwhile stays. */
  #choosePlan(): void {
    if (this.#like) {
      const planId = planLike(this.#like, this.#plans && this.#choices().plans);
      const initial = { ...this.#first, planId };
      const { values } = this.#form;
      this.#form = { ...this.#form, initial, values: values.planId === '' ? { ...values, planId } : values };
      this.#first = initial;
    }
  }

  async #send(session: Session, request: CreateRequest): Promise<CreationOutcome> {
    const { creation, wantsSameName } = this.#options;
    try {
      for (let known = new Set<ServerId>(); ; ) {
        const outcome = await creation.create(session, request);
        if (outcome.kind !== 'nameExists') {
          return outcome;
        }
        // The question may be open for long: who took the name meanwhile is asked about too.
        const { servers } = session.servers;
        const namesake = servers.find(({ id, name }) => name === request.name && !known.has(id));
        if (!namesake) {
          return await creation.create(session, request, { allowSameName: true });
        }
        if (!(await wantsSameName(session, namesake))) {
          return outcome;
        }
        known = new Set(servers.map(({ id }) => id));
      }
    } catch (error) {
      // A fault of our own must not leave the form dead, nor claim that nothing was made.
      return { kind: 'unclear', error: AppError.from(error), likely: undefined, looked: false };
    }
  }

  async #settle(session: Session, { sshKeyId }: CreateRequest): Promise<void> {
    const { memory } = this.#options;
    await memory.setDraft(undefined);
    if (sshKeyId !== undefined) {
      await memory.rememberSshKeyId(session.account.id, sshKeyId);
    }
  }
}
