/** VS Code's API for webviews. A page can acquire it once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

interface Message {
  readonly type: string;
}

/** One handler for each message of the host. A missing handler does not compile. */
export type Handlers<M extends Message> = {
  readonly [T in M['type']]: (message: Extract<M, { type: T }>) => void;
};

/** Connection of a page to its panel. */
export interface Bridge<ToHost, Persisted> {
  readonly post: (message: ToHost) => void;
  /** State from before the page was hidden or the window reloaded. Another version may have written it. */
  readonly persisted: unknown;
  readonly persist: (state: Persisted) => void;
}

/**
 * Connects the page. Messages without a handler are ignored. Only VS Code can send messages, because the page has no frames
 * and no opener.
 */
export function openBridge<FromHost extends Message, ToHost extends Message, Persisted>(
  handlers: Handlers<FromHost>,
): Bridge<ToHost, Persisted> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', ({ data }: MessageEvent<FromHost>) => {
    const type: FromHost['type'] = data.type;
    if (Object.hasOwn(handlers, type)) {
      handlers[type](data as Extract<FromHost, { type: typeof type }>);
    }
  });
  return {
    post: (message) => api.postMessage(message),
    persisted: api.getState(),
    persist: (state) => api.setState(state),
  };
}
