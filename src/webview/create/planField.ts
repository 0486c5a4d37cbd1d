import { isOfferedAt } from '../../core/createForm.ts';
import type { CreateValues, PlanChoice } from '../../core/createForm.ts';
import type { CreateTextKey } from '../../protocol/create.ts';
import type { Texts } from '../../protocol/texts.ts';
import { el, setText, show } from '../dom.ts';
import type { Numbers } from '../numbers.ts';
import { makeErrorSlot } from '../parts/errorSlot.ts';
import type { Field } from '../parts/field.ts';
import { labelContent } from '../parts/label.ts';
import { makePlanTable } from './planTable.ts';

export interface PlanField extends Field {
  update(state: {
    readonly plans: readonly PlanChoice[];
    readonly values: CreateValues;
    readonly isTyped: boolean;
    readonly isLoading: boolean;
  }): void;
}

/** The plans that are offered at the chosen location, and a way to type the id of any other. */
export function makePlanField(
  texts: Texts<CreateTextKey>,
  numbers: Numbers,
  onChange: (planId: string, isTyped: boolean) => void,
): PlanField {
  const note = el('p', { class: 'field-hint', hidden: true });
  const table = makePlanTable(texts, numbers, (planId) => onChange(planId, false));
  const other = el('input', { id: 'plan-other', type: 'radio', class: 'radio', name: 'plan', value: '' });
  const input = el('input', {
    ...{ id: 'plan-id', type: 'text', class: 'input input-short', inputmode: 'numeric' },
    ...{ autocomplete: 'off', spellcheck: 'false', 'aria-required': 'true' },
  });
  const typed = el(
    'div',
    { class: 'field-other', hidden: true },
    el('label', { class: 'field-sublabel', for: input.id }, texts.otherPlan),
    input,
  );
  const error = makeErrorSlot('plan', [other, input]);
  other.addEventListener('change', () => onChange(input.value, true));
  input.addEventListener('input', () => onChange(input.value, true));

  return {
    element: el(
      'fieldset',
      { class: 'field plan-field' },
      el('legend', { class: 'field-label' }, ...labelContent(texts.plan, true)),
      note,
      table.element,
      el('label', { class: 'radio-label radio-other', for: other.id }, other, texts.other),
      typed,
      error.element,
    ),
    focus() {
      if (!typed.hidden) {
        input.focus();
      } else if (!table.focus()) {
        other.focus();
      }
    },
    setError(text) {
      error.set(text);
      table.describeBy(text === undefined ? undefined : error.element.id);
    },
    update({ plans, values, isTyped, isLoading }) {
      const offered = plans.filter((plan) => isOfferedAt(plan, values.location));
      table.update(offered, isTyped ? undefined : values.planId);
      other.checked = isTyped;
      show(typed, isTyped);
      if (isTyped && input.value !== values.planId) {
        input.value = values.planId;
      }
      const words = isLoading ? texts.loading : plans.length > 0 && offered.length === 0 ? texts.noPlansHere : '';
      setText(note, words);
      show(note, words !== '');
    },
  };
}
