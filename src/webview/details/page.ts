import type { DetailsFromWebview, DetailsToWebview, KeptDetails } from '../../protocol/details.ts';
import { openBridge } from '../bridge.ts';
import { keptDraft } from './draft.ts';
import { makeDetailsView } from './view.ts';
import type { DetailsView } from './view.ts';

/** One server: what it is, how it is used, what can be done with it. */
export function startDetails(root: HTMLElement): void {
  let view: DetailsView | undefined;
  const makeView = ({ ref, texts }: Extract<DetailsToWebview, { type: 'state' }>): DetailsView => {
    const made = makeDetailsView({
      texts,
      draft: keptDraft(bridge.kept, ref),
      keepDraft: (draft) => bridge.keep({ ref, draft }),
      post: (message) => bridge.post(message),
    });
    root.replaceChildren(made.element);
    return made;
  };
  const bridge = openBridge<DetailsToWebview, DetailsFromWebview, KeptDetails>({
    state(message) {
      view ??= makeView(message);
      view.update(message.state);
    },
    copied: ({ fact }) => view?.copied(fact),
    saved: () => view?.saved(),
    notSaved: ({ message, errors }) => view?.notSaved(message, errors),
  });
  bridge.post({ type: 'ready' });
}
