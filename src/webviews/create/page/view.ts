import * as l10n from '@vscode/l10n';
import { createFields } from '../../../core/createFields.ts';
import { isSameName } from '../../../core/sameName.ts';
import { sameNameText } from '../../../text/validation.ts';
import type { CreateFromWebview, CreateState, PersistedCreateState } from '../protocol.ts';
import { makeAnnouncer } from '../../page/announcer.ts';
import type { Bridge } from '../../page/bridge.ts';
import { makeButton, setBusy } from '../../page/button.ts';
import { el, setAttributes, show } from '../../page/dom.ts';
import { revealField } from '../../page/field.ts';
import type { Field } from '../../page/field.ts';
import { focusIfHere, focusOnArrival, makePressGuard, passFocusOn } from '../../page/focus.ts';
import { makeCreateFields } from './fields.ts';
import { makeFormModel } from './formModel.ts';
import { handleEnter, submitKeys } from './keys.ts';
import { makeOutcome } from './outcome.ts';
import { makeSummary } from './summary.ts';
import { keepFocusUncovered } from './summaryBar.ts';

export interface CreateView {
  readonly element: HTMLElement;
  /** Updates the page in place. Focus, caret, scroll position and typed text are kept. */
  update(state: CreateState): void;
  copiedCurl(): void;
}

export function makeCreateView({
  persisted,
  persist,
  post,
}: Bridge<CreateFromWebview, PersistedCreateState>): CreateView {
  const model = makeFormModel(persisted);
  const announcer = makeAnnouncer();
  const whenReleased = makePressGuard();
  let state: CreateState | undefined;
  /** The attempt whose result is pending, from the click on. */
  let pendingAttempt: number | undefined;

  const fields = makeCreateFields(
    (field, value, isOther) => {
      model.edit(field, value, isOther);
      if (field === 'accountId') {
        post({ type: 'chooseAccount', accountId: String(value) });
      }
      post({ type: 'edited', values: model.values });
      render();
    },
    {
      retryPlans: () => post({ type: 'retryPlans' }),
      openPanel: () => post({ type: 'openPanel' }),
    },
  );
  const summary = makeSummary(announcer);
  const outcome = makeOutcome(post);
  const create = makeButton('primary', l10n.t('Create Server'), submit);
  setAttributes(create, {
    'aria-keyshortcuts': submitKeys,
    'aria-describedby': summary.descriptionIds,
  });
  const cancel = makeButton('secondary', l10n.t('Cancel'), () => post({ type: 'cancel' }));
  const copyCurl = makeButton('link', l10n.t('Copy as cURL'), () => {
    if (showProblems()) {
      post({ type: 'copyCurl', values: model.values });
    }
  });
  const progress = el('progress', { class: 'progress', 'aria-label': l10n.t('Loading plans...') });
  const sample = el('span', { class: 'badge' }, l10n.t('Sample'));
  // Disables all fields at once. The form has the accessible name, so this one needs no role.
  const inputs = el(
    'fieldset',
    { class: 'plain-fieldset', role: 'none' },
    ...createFields.map((field) => fields.byName[field].element),
  );
  const bar = el(
    'div',
    { class: 'summary-bar' },
    summary.element,
    outcome.element,
    el('div', { class: 'buttons' }, create, cancel, copyCurl),
  );
  keepFocusUncovered(bar);
  const form = el(
    'form',
    { class: 'create-form', novalidate: true, 'aria-labelledby': 'heading' },
    el('div', { class: 'create-fields' }, inputs),
    bar,
  );
  // Only the button and its keys order. The browser must not submit the form by other rules of its own.
  form.addEventListener('submit', (event) => event.preventDefault());
  handleEnter(form, { review, submit });
  form.addEventListener('change', () => summary.announce(state && nameWarning(state)));
  form.addEventListener('focusout', ({ target }) => {
    const left = createFields.find(
      (field) => target instanceof Node && fields.byName[field].element.contains(target),
    );
    if (left && state) {
      model.leave(left);
      whenReleased(render);
    }
  });

  const isDisabled = ({ phase }: CreateState): boolean =>
    pendingAttempt !== undefined || (phase !== 'loading' && phase !== 'editing');
  const isRunning = ({ phase }: CreateState): boolean => phase === 'sending' || phase === 'asking';
  const nameWarning = ({ takenName }: CreateState): string | undefined =>
    takenName !== undefined && isSameName(takenName, model.values.name)
      ? sameNameText()
      : undefined;
  const invalidFields = (): readonly Field[] =>
    createFields
      .filter((field) => model.errors[field] !== undefined)
      .map((field) => fields.byName[field]);

  function render(): void {
    if (!state) {
      return;
    }
    const isFormDisabled = isDisabled(state);
    const isAsking = state.phase === 'asking';
    const isSending = !isAsking && (pendingAttempt !== undefined || state.phase === 'sending');
    fields.update({ state, values: model.values, typed: model.typed });
    const { errors } = model;
    const warning = nameWarning(state);
    for (const field of createFields) {
      fields.byName[field].setError(errors[field], field === 'name' ? warning : undefined);
    }
    outcome.updateInvalid(invalidFields());
    summary.update(state, model.values);
    show(sample, state.isSample);
    if (isFormDisabled) {
      passFocusOn(inputs, create);
    }
    inputs.disabled = isFormDisabled;
    for (const button of [cancel, copyCurl]) {
      if (isSending || isAsking) {
        passFocusOn(button, create);
      }
      button.disabled = isSending || isAsking || state.phase === 'done';
    }
    setBusy(
      create,
      isFormDisabled || state.phase === 'loading',
      isSending ? l10n.t('Creating...') : l10n.t('Create Server'),
    );
    show(progress, isSending || state.phase === 'loading');
    setAttributes(progress, {
      'aria-label': isSending ? l10n.t('Creating...') : l10n.t('Loading plans...'),
    });
    persist(model.persisted);
  }

  /** Shows every problem and focuses the first. Returns whether the form is valid. */
  function showProblems(): boolean {
    model.touchAll();
    render();
    focusFirstError();
    return model.isValid;
  }

  function focusFirstError(focus?: (field: Field) => void): void {
    const invalid = invalidFields();
    outcome.setInvalid(invalid);
    const [first] = invalid;
    if (first) {
      revealField(first, focus && (() => focus(first)));
    }
  }

  function review(): void {
    if (state && !isDisabled(state) && showProblems()) {
      create.focus();
    }
  }

  function submit(): void {
    if (!state || isDisabled(state) || state.phase === 'loading' || !showProblems()) {
      return;
    }
    pendingAttempt = state.attempt + 1;
    model.sending();
    post({ type: 'create', values: model.values, attempt: pendingAttempt });
    render();
  }

  return {
    element: el(
      'div',
      { class: 'page create-page' },
      progress,
      el(
        'header',
        { class: 'header' },
        el('div', { class: 'title' }, el('h1', { id: 'heading' }, l10n.t('Create Server')), sample),
        el('p', { class: 'intro' }, l10n.t('New servers usually take 2-5 minutes.')),
        el(
          'p',
          { class: 'required-note' },
          el('span', { class: 'required-mark', 'aria-hidden': 'true' }, '*'),
          ` ${l10n.t('Required')}`,
        ),
      ),
      form,
      announcer.element,
    ),
    update(next) {
      const before = state;
      state = next;
      model.follow(next);
      const isAnswered =
        pendingAttempt !== undefined && next.attempt >= pendingAttempt && !isRunning(next);
      if (isAnswered) {
        pendingAttempt = undefined;
      }
      outcome.update(next);
      render();
      if (next.formId !== before?.formId) {
        focusOnArrival(() => fields.byName.name.focus());
      }
      if (next.phase === 'unclear' && before?.phase !== 'unclear') {
        focusIfHere(() => outcome.focusQuestion());
      } else if (next.phase === 'editing' && (isAnswered || (before && isRunning(before)))) {
        focusFirstError((field) => focusIfHere(() => field.focus()));
      } else if (before?.phase === 'unclear') {
        focusIfHere(() => fields.byName.name.focus());
      }
    },
    copiedCurl: () =>
      announcer.announce(l10n.t('Copied, with $VPS_API_TOKEN in place of your token.')),
  };
}
