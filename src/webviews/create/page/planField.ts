import * as l10n from '@vscode/l10n';
import type { CreateValues } from '../../../core/createFields.ts';
import { isOfferedAt } from '../../../core/planChoice.ts';
import type { PlanChoice } from '../../../core/planChoice.ts';
import { plural } from '../../../text/l10n.ts';
import type { PlanListState } from '../protocol.ts';
import { makeBanner } from '../../page/banner.ts';
import { makeButton, setBusy } from '../../page/button.ts';
import { el, setText, show } from '../../page/dom.ts';
import { makeErrorSlot } from '../../page/errorSlot.ts';
import type { Field } from '../../page/field.ts';
import { labelContent } from '../../page/label.ts';
import { makePlanTable } from './planTable.ts';

export interface PlanField extends Field {
  update(state: {
    readonly plans: readonly PlanChoice[];
    readonly values: CreateValues;
    readonly isTyped: boolean;
    readonly list: PlanListState;
  }): void;
}

/** The plans that are offered at the selected location, and a text field for the id of any other. */
export function makePlanField(
  onChange: (planId: string, isTyped: boolean) => void,
  onRetry: () => void,
): PlanField {
  const label = l10n.t('Plan');
  const retry = makeButton('secondary', l10n.t('Retry'), () => {
    if (retry.ariaDisabled !== 'true') {
      onRetry();
    }
  });
  const failure = makeBanner('warning', 'status', retry);
  const note = el('p', { class: 'field-hint', hidden: true });
  const table = makePlanTable((planId) => onChange(planId, false));
  const other = el('input', {
    id: 'plan-other',
    type: 'radio',
    class: 'radio',
    name: 'plan',
    value: '',
  });
  const input = el('input', {
    id: 'plan-id',
    type: 'text',
    class: 'input input-short',
    inputmode: 'numeric',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-required': 'true',
  });
  const typed = el(
    'div',
    { class: 'field-other', hidden: true },
    el('label', { class: 'field-sublabel', for: input.id }, l10n.t('Plan ID')),
    input,
  );
  const error = makeErrorSlot('plan', [other, input]);
  other.addEventListener('change', () => onChange(input.value, true));
  input.addEventListener('input', () => onChange(input.value, true));

  const focus = (): void => {
    if (!typed.hidden) {
      input.focus();
    } else if (!table.focus()) {
      other.focus();
    }
  };

  return {
    element: el(
      'fieldset',
      { class: 'field plan-field' },
      el('legend', { class: 'field-label' }, ...labelContent(label, true)),
      failure.element,
      note,
      table.element,
      el('label', { class: 'radio-label radio-other', for: other.id }, other, l10n.t('Other...')),
      typed,
      error.element,
    ),
    label,
    focus,
    setError(text) {
      error.set(text);
      table.describeBy(text === undefined ? undefined : error.element.id);
    },
    update({ plans, values, isTyped, list }) {
      const hadFocus = document.activeElement === retry;
      const offered = plans.filter((plan) => isOfferedAt(plan, values.location));
      table.update(offered, isTyped ? undefined : values.planId);
      other.checked = isTyped;
      show(typed, isTyped);
      if (isTyped && input.value !== values.planId) {
        input.value = values.planId;
      }
      const noteText = noteFor(list, plans.length, offered.length);
      setText(note, noteText);
      show(note, noteText !== '');
      const isFailed = list.kind === 'failed';
      failure.set(
        isFailed ? l10n.t("Plans and prices couldn't be loaded. {0}", list.reason) : undefined,
      );
      const isRetrying = isFailed && list.isRetrying;
      setBusy(retry, isRetrying, isRetrying ? l10n.t('Loading...') : l10n.t('Retry'));
      if (hadFocus && !isFailed) {
        focus();
      }
    },
  };
}

function noteFor({ kind }: PlanListState, known: number, offered: number): string {
  if (kind === 'loading') {
    return l10n.t('Loading plans...');
  }
  if (known > 0 && offered === 0) {
    return l10n.t(
      'No plans are offered at this location. Choose another location or enter a plan ID.',
    );
  }
  if (offered < known) {
    return plural(
      l10n.t(
        '{0, plural, one {# plan is not offered at this location.} other {# plans are not offered at this location.}}',
      ),
      known - offered,
    );
  }
  return kind === 'unlisted' ? l10n.t('VPS.org lists no plans and prices for this account.') : '';
}
