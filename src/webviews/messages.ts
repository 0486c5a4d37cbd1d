import * as v from 'valibot';

// A webview shows text from the network, so its messages are trusted as little as the network. Each webview has a schema of
// its messages in its protocol.ts. No message names a server: the panel knows which one it shows.

/** The output of the schema, without properties that it does not name; undefined if the value does not match. */
export function parseWith<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

/** The type of a rejected message, for the log. Its contents may be private. */
export function describeMessage(message: unknown): string {
  const type: unknown =
    typeof message === 'object' && message !== null ? Reflect.get(message, 'type') : undefined;
  return typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : 'without a type';
}
