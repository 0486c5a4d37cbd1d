import { toAsciiName } from './asciiName.ts';
import { compareTexts } from './text.ts';

interface NamedServer {
  readonly name: string;
  readonly id: string;
}

/** Lower case, because a remote window lowers the case of its host. No dots, which would make it another host's name. */
function toLabel(text: string): string {
  return toAsciiName(text, /[^\w-]+/gu, '-').toLowerCase();
}

/**
 * An alias for each server: `<name>.vps`. Of servers with the same name, the one with the lowest id has the plain alias and the
 * others have their id in it, so that a new server never takes the alias of an older one.
 *
 * @param taken hosts that no server may have, lower case
 */
export function toSshAliases(
  servers: readonly NamedServer[],
  taken: ReadonlySet<string>,
): readonly string[] {
  const aliases = new Map<NamedServer, string>();
  const used = new Set(taken);
  const byId = [...servers].sort((a, b) => compareTexts(a.id, b.id));
  for (const server of byId) {
    const alias = `${toLabel(server.name) || 'server'}.vps`;
    if (!used.has(alias)) {
      used.add(alias);
      aliases.set(server, alias);
    }
  }
  for (const server of byId.filter((each) => !aliases.has(each))) {
    const base = [toLabel(server.name) || 'server', toLabel(server.id)].filter(Boolean).join('-');
    let alias = `${base}.vps`;
    for (let number = 2; used.has(alias); number += 1) {
      alias = `${base}-${String(number)}.vps`;
    }
    used.add(alias);
    aliases.set(server, alias);
  }
  return servers.map((server) => aliases.get(server) ?? '');
}
