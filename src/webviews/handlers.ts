/** One handler for each type of message. A missing handler does not compile. */
export type Handlers<M extends { readonly type: string }> = {
  readonly [T in M['type']]: (message: Extract<M, { readonly type: T }>) => unknown;
};

/** Calls the handler of a message. Resolves when the handler is done; rejects if it fails. */
export async function dispatch<M extends { readonly type: string }>(
  handlers: Handlers<M>,
  message: M,
): Promise<void> {
  // The compiler cannot see that a message and its handler belong together; the type of `Handlers` ensures it.
  const handle = handlers[message.type as M['type']] as (message: M) => unknown;
  await handle(message);
}
