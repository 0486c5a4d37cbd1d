/** The door that VS Code gives to a webview. It can be opened once in the life of a page. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

interface Message {
  readonly type: string;
}

/** One handler for each message: a message that is added to the protocol does not compile before it is handled. */
export type Handlers<M extends Message> = { readonly [T in M['type']]: (message: Extract<M, { type: T }>) => void };

/** A panel's webview as seen from inside: messages both ways, and what outlives the page. */
export interface Bridge<ToHost, Kept> {
  post(message: ToHost): void;
  /** What was kept before the page was hidden or the window reloaded. From another version perhaps: read it with care. */
  readonly kept: unknown;
  keep(state: Kept): void;
}

/**
 * Opens the door. The host's messages go to `handlers`; one of a newer host that this page does not know is left alone.
 * Only VS Code can send: the page has no frames and no opener.
 */
export function openBridge<FromHost extends Message, ToHost extends Message, Kept>(
  handlers: Handlers<FromHost>,
): Bridge<ToHost, Kept> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<FromHost>) => {
    const type: FromHost['type'] = data.type;
    if (Object.hasOwn(handlers, type)) {
      handlers[type](data as Extract<FromHost, { type: typeof type }>);
    }
  });
  return {
    post: (message) => api.postMessage(message),
    kept: api.getState(),
    keep: (state) => api.setState(state),
  };
}
