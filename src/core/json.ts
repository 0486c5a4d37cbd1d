/** An object whose properties are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `value` is an object with named properties: neither null nor an array. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property `key` itself, never an inherited one: names may come from the network. */
export function objectIn(value: JsonObject, key: string): JsonObject {
  const entry = Object.hasOwn(value, key) ? value[key] : undefined;
  return isRecord(entry) ? entry : {};
}
