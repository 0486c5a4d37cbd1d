/** The same for all names that people would take for the same one, however they are capitalized or composed. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** Whether people would take two names for the same. */
export function isSameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

/** A server that has this name already. */
export function findNamesake<S extends { readonly name: string }>(
  servers: readonly S[],
  name: string,
): S | undefined {
  const key = nameKey(name);
  return key === '' ? undefined : servers.find((server) => nameKey(server.name) === key);
}
