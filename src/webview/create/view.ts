import type { CreateField } from '../../core/createForm.ts';
import type { CreateFromWebview, CreateState, CreateTextKey, KeptCreate } from '../../protocol/create.ts';
import type { Texts } from '../../protocol/texts.ts';
import { makeAnnouncer } from '../announcer.ts';
import { el, setAttributes, show } from '../dom.ts';
import { focusIfHere, makePressGuard, passFocusOn } from '../focus.ts';
import { numbersFor } from '../numbers.ts';
import { makeButton, setBusy } from '../parts/button.ts';
import type { Field } from '../parts/field.ts';
import { makeCreateFields } from './fields.ts';
import { makeFormModel } from './form.ts';
import { createFields } from './kept.ts';
import { makeOutcome } from './outcome.ts';
import { makeSummary } from './summary.ts';

export interface CreateView {
  readonly element: HTMLElement;
  /** Brings the page up to date in place: focus, caret, scroll position and typed text stay. */
  update(state: CreateState): void;
  copiedCurl(): void;
}

interface CreateContext {
  readonly texts: Texts<CreateTextKey>;
  /** What was kept before the page was hidden or the window reloaded. */
  readonly kept: unknown;
  readonly keep: (form: KeptCreate) => void;
  readonly post: (message: CreateFromWebview) => void;
}

export function makeCreateView({ texts, kept, keep, post }: CreateContext): CreateView {
  const numbers = numbersFor(document.documentElement.lang, texts);
  const model = makeFormModel(texts, kept);
  const announcer = makeAnnouncer();
  const unlessPressed = makePressGuard();
  let state: CreateState | undefined;
  /** The attempt whose answer is awaited: from the click on, before the host has heard of it. */
  let awaited: number | undefined;

  const fields = makeCreateFields(texts, numbers, (field, value, isOther) => {
    model.edit(field, value, isOther);
    if (field === 'accountId') {
      post({ type: 'chooseAccount', accountId: String(value) });
    }
    post({ type: 'edited', values: model.values });
    render();
  });
  const summary = makeSummary(texts, numbers, announcer);
  const outcome = makeOutcome(texts, post);
  const create = makeButton('primary', texts.create, 'submit');
  const cancel = makeButton('secondary', texts.cancel, () => post({ type: 'cancel' }));
  const copyCurl = makeButton('link', texts.copyCurl, () => {
    if (complainUnlessSound()) {
      post({ type: 'copyCurl', values: model.values });
    }
  });
  const progress = el('progress', { class: 'progress', 'aria-label': texts.loading });
  const sample = el('span', { class: 'badge' }, texts.sample);
  // It disables all fields at once; the form itself has the name.
  const inputs = el(
    'fieldset',
    { class: 'plain-fieldset', role: 'none' },
    ...createFields.map((field) => fields.byName[field].element),
  );
  const form = el(
    'form',
    { novalidate: true, 'aria-labelledby': 'heading' },
    inputs,
    summary.element,
    outcome.element,
    el('div', { class: 'buttons' }, create, cancel, copyCurl),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  form.addEventListener('change', () => summary.announce());
  form.addEventListener('focusout', ({ target }) => {
    const left = createFields.find((field) => target instanceof Node && fields.byName[field].element.contains(target));
    if (left && state) {
      model.leave(left);
      unlessPressed(render);
    }
  });

  const isDead = (now: CreateState): boolean =>
    awaited !== undefined || now.phase === 'sending' || now.phase === 'unclear' || now.phase === 'done';

  function render(): void {
    if (!state) {
      return;
    }
    const dead = isDead(state);
    const isSending = awaited !== undefined || state.phase === 'sending';
    fields.update({ state, values: model.values, typed: model.typed });
    const { errors } = model;
    for (const field of createFields) {
      fields.byName[field].setError(errors[field]);
    }
    if (Object.keys(errors).length === 0) {
      outcome.complain(0);
    }
    summary.update(state, model.values);
    show(sample, state.isSample);
    if (dead) {
      passFocusOn(inputs, create);
    }
    inputs.disabled = dead;
    for (const button of [cancel, copyCurl]) {
      if (isSending) {
        passFocusOn(button, create);
      }
      button.disabled = isSending || state.phase === 'done';
    }
    setBusy(create, dead || state.phase === 'loading', isSending ? texts.creating : texts.create);
    show(progress, isSending || state.phase === 'loading');
    setAttributes(progress, { 'aria-label': isSending ? texts.creating : texts.loading });
    keep(model.kept);
  }

  /** Shows every problem and goes to the first. */
  function complainUnlessSound(): boolean {
    model.touchAll();
    render();
    complain();
    return model.isSound;
  }

  function complain(focus = (field: Field): void => field.focus()): void {
    const wrong: CreateField[] = createFields.filter((field) => model.errors[field] !== undefined);
    outcome.complain(wrong.length);
    const [first] = wrong;
    if (first) {
      focus(fields.byName[first]);
    }
  }

  function submit(): void {
    if (!state || isDead(state) || state.phase === 'loading' || !complainUnlessSound()) {
      return;
    }
    awaited = state.attempt + 1;
    model.sending();
    post({ type: 'create', values: model.values, attempt: awaited });
    render();
  }

  return {
    element: el(
      'div',
      { class: 'page' },
      progress,
      el(
        'header',
        { class: 'header' },
        el('div', { class: 'title' }, el('h1', { id: 'heading' }, texts.heading), sample),
        el('p', { class: 'intro' }, texts.intro),
        el('p', { class: 'required-note' }, el('span', { class: 'required-mark', 'aria-hidden': 'true' }, '*'), ` ${texts.required}`),
      ),
      form,
      announcer.element,
    ),
    update(next) {
      const before = state;
      state = next;
      model.follow(next);
      const isAnswered = awaited !== undefined && next.attempt >= awaited && next.phase !== 'sending';
      if (isAnswered) {
        awaited = undefined;
      }
      outcome.update(next);
      render();
      if (next.phase === 'unclear' && before?.phase !== 'unclear') {
        focusIfHere(() => outcome.focusQuestion());
      } else if (next.phase === 'editing' && (isAnswered || before?.phase === 'sending')) {
        complain((field) => focusIfHere(() => field.focus()));
      } else if (before?.phase === 'unclear') {
        focusIfHere(() => fields.byName.name.focus());
      }
    },
    copiedCurl: () => announcer.announce(texts.copiedCurl),
  };
}
