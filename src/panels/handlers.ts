/** One handler for every type of message: a type without one does not compile. */
export type Handlers<M extends { readonly type: string }> = {
  readonly [T in M['type']]: (message: Extract<M, { readonly type: T }>) => unknown;
};

/** Hands a message to its handler, and waits for what comes of it. */
export async function dispatch<M extends { readonly type: string }>(handlers: Handlers<M>, message: M): Promise<void> {
  // The compiler cannot see that a message's type and its handler belong together; `Handlers` holds it.
  const handle = handlers[message.type as M['type']] as (message: M) => unknown;
  await handle(message);
}
