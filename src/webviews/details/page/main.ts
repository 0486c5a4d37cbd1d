import '../../page/styles/base.css';
import '../../page/styles/controls.css';
import './details.css';
import { openBridge } from '../../page/bridge.ts';
import { configurePageTexts } from '../../page/texts.ts';
import type { DetailsFromWebview, DetailsToWebview, PersistedDetailsState } from '../protocol.ts';
import { persistedDraft } from './settingsDraft.ts';
import { makeDetailsView } from './view.ts';
import type { DetailsView } from './view.ts';

function start(root: HTMLElement): void {
  let view: DetailsView | undefined;
  let isPreviewed = false;
  let isReset = false;
  let stored: string | undefined;
  const bridge = openBridge<DetailsToWebview, DetailsFromWebview, PersistedDetailsState>({
    state({ ref, isPreview, draft: hostDraft, isDiscarding, state }) {
      isPreviewed = isPreview;
      if (!view) {
        const ownDraft = isDiscarding ? undefined : persistedDraft(bridge.persisted, ref);
        stored = JSON.stringify(hostDraft);
        view = makeDetailsView({
          draft: ownDraft ?? hostDraft,
          isReopened: ownDraft === undefined && hostDraft !== undefined,
          persistDraft: (draft) => {
            bridge.persist({ ref, isPreview: isPreviewed, draft });
            // Undefined without a draft.
            const text = JSON.stringify(draft) as string | undefined;
            if (text !== stored) {
              stored = text;
              bridge.post({ type: 'edited', draft });
            }
          },
          post: (message) => bridge.post(message),
        });
        root.replaceChildren(view.element);
      }
      view.update(state);
      if (isDiscarding && !isReset) {
        view.discardChanges();
        bridge.post({ type: 'edited', draft: undefined });
      }
      isReset = isDiscarding;
    },
    copied: ({ fact }) => view?.copied(fact),
    saved: () => view?.saved(),
    notSaved: ({ message, errors }) => view?.notSaved(message, errors),
  });
  bridge.post({ type: 'ready' });
}

const root = document.getElementById('root');
if (root) {
  configurePageTexts();
  start(root);
}
