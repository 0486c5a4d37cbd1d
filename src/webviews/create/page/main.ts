import '../../page/styles/base.css';
import '../../page/styles/controls.css';
import './create.css';
import { openBridge } from '../../page/bridge.ts';
import { configurePageTexts } from '../../page/texts.ts';
import type { CreateFromWebview, CreateToWebview, PersistedCreateState } from '../protocol.ts';
import { makeCreateView } from './view.ts';
import type { CreateView } from './view.ts';

function start(root: HTMLElement): void {
  let view: CreateView | undefined;
  const bridge = openBridge<CreateToWebview, CreateFromWebview, PersistedCreateState>({
    state({ state }) {
      if (!view) {
        view = makeCreateView(bridge);
        root.replaceChildren(view.element);
      }
      view.update(state);
    },
    copiedCurl: () => view?.copiedCurl(),
  });
  bridge.post({ type: 'ready' });
}

const root = document.getElementById('root');
if (root) {
  configurePageTexts();
  start(root);
}
