import * as l10n from '@vscode/l10n';
import type { CopyableFact, DetailsState, SettingsErrors } from '../protocol.ts';
import { makeAnnouncer } from '../../page/announcer.ts';
import { el, show } from '../../page/dom.ts';
import { makeBanner } from '../../page/banner.ts';
import { makeButton } from '../../page/button.ts';
import { passFocusOn } from '../../page/focus.ts';
import { makeOverview } from './overview.ts';
import { makeHeader } from './header.ts';
import { makeSettingsForm } from './settingsForm.ts';
import type { SettingsFormOptions } from './settingsForm.ts';
import { makeUsage } from './usage.ts';

export interface DetailsView {
  readonly element: HTMLElement;
  /** Updates the page in place. Focus, caret, scroll position and typed text are kept. */
  update(state: DetailsState): void;
  /** Resets the settings. */
  discardChanges(): void;
  copied(fact: CopyableFact): void;
  saved(): void;
  notSaved(message: string | undefined, errors: SettingsErrors): void;
}

export function makeDetailsView(options: SettingsFormOptions): DetailsView {
  const { post } = options;
  const announcer = makeAnnouncer();
  const gone = makeBanner('warning', 'alert');
  const signIn = makeButton('secondary', l10n.t('Sign In'), () => post({ type: 'signIn' }));
  const notice = makeBanner('warning', 'status', signIn);
  const unprotect = makeButton('secondary', l10n.t('Unprotect...'), () =>
    post({ type: 'unprotect' }),
  );
  const protection = makeBanner('info', 'status', unprotect);
  const header = makeHeader(post);
  const overview = makeOverview(post, announcer);
  const usage = makeUsage();
  const form = makeSettingsForm(options, announcer);
  const element = el(
    'div',
    { class: 'page' },
    gone.element,
    header.element,
    notice.element,
    protection.element,
    overview.element,
    usage.element,
    form.element,
    announcer.element,
  );
  return {
    element,
    update(state) {
      gone.set(state.gone);
      if (!state.isRejected) {
        passFocusOn(signIn, header.heading);
      }
      show(signIn, state.isRejected);
      notice.set(state.notice);
      if (state.protection === undefined) {
        passFocusOn(unprotect, header.heading);
      }
      protection.set(state.protection);
      header.update(state);
      overview.update(state.facts, state.gone !== undefined);
      show(overview.element, state.facts.length > 0);
      usage.update(state);
      show(usage.element, state.meters.length > 0);
      form.update(state);
      // Without any data and a way to load it, there are no settings to show.
      show(form.element, state.gone === undefined || state.facts.length > 0);
    },
    discardChanges: () => form.discard(),
    copied: (fact) => overview.copied(fact),
    saved: () => form.saved(),
    notSaved: (message, errors) => form.notSaved(message, errors),
  };
}
