import type { CopyableFact, DetailsState, SettingsField } from '../../protocol/details.ts';
import { makeAnnouncer } from '../announcer.ts';
import { el, show } from '../dom.ts';
import { makeBanner } from '../parts/banner.ts';
import type { DetailsContext } from './context.ts';
import { makeFacts } from './facts.ts';
import { makeHeader } from './header.ts';
import { makeSettingsForm } from './settingsForm.ts';
import { makeUsage } from './usage.ts';

export interface DetailsView {
  readonly element: HTMLElement;
  /** Brings the page up to date in place: focus, caret, scroll position and typed text stay. */
  update(state: DetailsState): void;
  copied(fact: CopyableFact): void;
  saved(): void;
  notSaved(message: string | undefined, errors: Readonly<Partial<Record<SettingsField, string>>>): void;
}

export function makeDetailsView(context: DetailsContext): DetailsView {
  const { texts, post } = context;
  const announcer = makeAnnouncer();
  const gone = makeBanner('error', 'alert');
  const notice = makeBanner('warning', 'status');
  const header = makeHeader(texts, post);
  const facts = makeFacts(texts, post, announcer);
  const usage = makeUsage(texts);
  const form = makeSettingsForm(context);
  const element = el(
    'div',
    { class: 'page' },
    gone.element,
    header.element,
    notice.element,
    facts.element,
    usage.element,
    form.element,
    announcer.element,
  );
  return {
    element,
    update(state) {
      gone.set(state.gone);
      notice.set(state.notice);
      header.update(state);
      facts.update(state.facts, state.gone !== undefined);
      show(facts.element, state.facts.length > 0);
      usage.update(state);
      show(usage.element, state.meters.length > 0);
      form.update(state);
      // Of a server that nothing is known of and that cannot be asked about, there is nothing to change.
      show(form.element, state.gone === undefined || state.facts.length > 0);
    },
    copied: (fact) => facts.copied(fact),
    saved: () => form.saved(),
    notSaved: (message, errors) => form.notSaved(message, errors),
  };
}
