/** As long as a DNS label. YAML allows a key 1024 characters. */
const maxLength = 63;

/** Ansible's own groups; and an alias of one's own computer must not lead to another one. */
const reserved = ['all', 'ungrouped', 'localhost'];
/** Keywords of an inventory, which as the name of a group would confuse people and older tools. */
const keywords = ['hosts', 'children', 'vars'];

/** Names that are taken, in any case: neither Ansible's nor OpenSSH's users should have to tell `Web` from `web`. */
class TakenNames {
  readonly #taken: Set<string>;
  readonly #next = new Map<string, number>();

  constructor(names: readonly string[]) {
    this.#taken = new Set(names.map((name) => name.toLowerCase()));
  }

  has(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  /** Takes the name, with a number at its end where it is taken already. */
  take(name: string, separator: string): string {
    const key = name.toLowerCase();
    let number = this.#next.get(key) ?? 2;
    let free = name;
    for (; this.has(free); number += 1) {
      free = `${name}${separator}${number}`;
    }
    this.#next.set(key, number);
    this.#taken.add(free.toLowerCase());
    return free;
  }
}

/** ASCII letters as far as there are some ("büro" is "buro"), everything that is `refused` as `separator`. */
function toAscii(text: string, refused: RegExp, separator: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(refused, separator)
    .replace(/^[^A-Za-z0-9]+/u, '')
    .slice(0, maxLength)
    .replace(/[^A-Za-z0-9]+$/u, '');
}

/**
 * Letters, digits, hyphens and underscores, the first one a letter or a digit; may come out empty. No dots: an alias must not
 * pose as a host of the internet ("github.com"), which OpenSSH would then look for at the server's address.
 */
function toAlias(text: string): string {
  return toAscii(text, /[^\w-]+/gu, '-');
}

/**
 * A name for each server that OpenSSH takes for a plain host (no pattern, no option, one word) and Ansible for a single one (no
 * range, no operator), each different from all others. Servers that share a name have their id at the end of it.
 */
export function toAliases(servers: readonly { readonly name: string; readonly id: string }[]): readonly string[] {
  const plain = servers.map(({ name }) => toAlias(name));
  const counts = new Map<string, number>();
  for (const alias of plain) {
    const key = alias.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const own = plain.map((alias) => {
    const key = alias.toLowerCase();
    return key !== '' && counts.get(key) === 1 && !reserved.includes(key);
  });
  const taken = new TakenNames([...reserved, ...plain.filter((_alias, index) => own[index])]);
  return plain.map((alias, index) => {
    if (own[index]) {
      return alias;
    }
    const id = toAlias(servers[index]?.id ?? '');
    return taken.take([alias || 'server', id].filter(Boolean).join('-'), '-');
  });
}

/** A valid name of an Ansible group for each location code: different from each other and from all hosts. */
export function toGroupNames(locations: readonly string[], aliases: readonly string[]): readonly string[] {
  const others = new TakenNames([...reserved, ...keywords, ...aliases]);
  const groups = new TakenNames([...reserved, ...keywords, ...aliases]);
  return locations.map((location) => {
    const name = toAscii(location, /[^A-Za-z0-9]+/gu, '_').toLowerCase();
    const isUsable = /^[a-z]/u.test(name) && !others.has(name);
    return groups.take(isUsable ? name : ['location', name].filter(Boolean).join('_'), '_');
  });
}
