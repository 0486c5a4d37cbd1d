import type { CreateFromWebview, CreateToWebview, KeptCreate } from '../../protocol/create.ts';
import { openBridge } from '../bridge.ts';
import { makeCreateView } from './view.ts';
import type { CreateView } from './view.ts';

/** A form for a new server. */
export function startCreate(root: HTMLElement): void {
  let view: CreateView | undefined;
  const bridge = openBridge<CreateToWebview, CreateFromWebview, KeptCreate>({
    state({ texts, state }) {
      if (!view) {
        view = makeCreateView({
          texts,
          kept: bridge.kept,
          keep: (form) => bridge.keep(form),
          post: (message) => bridge.post(message),
        });
        root.replaceChildren(view.element);
      }
      view.update(state);
    },
    copiedCurl: () => view?.copiedCurl(),
  });
  bridge.post({ type: 'ready' });
}
