import { toAsciiName } from '../core/asciiName.ts';

/** Ansible's own groups, and the name of the local computer, which must not lead to another one. */
const reserved = ['all', 'ungrouped', 'localhost'];
/** Inventory keywords, which are confusing as group names. */
const keywords = ['hosts', 'children', 'vars'];

/** Taken names, regardless of case: `Web` and `web` would be too easy to confuse. */
class TakenNames {
  readonly #taken: Set<string>;
  readonly #next = new Map<string, number>();

  constructor(names: readonly string[]) {
    this.#taken = new Set(names.map((name) => name.toLowerCase()));
  }

  has(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  /** Takes the name, with a number appended where it is already taken. */
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

/** A valid Ansible group name for each location code, different from all other groups. No host has such a name: aliases have a dot. */
export function toGroupNames(locations: readonly string[]): readonly string[] {
  const others = new TakenNames([...reserved, ...keywords]);
  const groups = new TakenNames([...reserved, ...keywords]);
  return locations.map((location) => {
    const name = toAsciiName(location, /[^A-Za-z0-9]+/gu, '_').toLowerCase();
    const isUsable = /^[a-z]/u.test(name) && !others.has(name);
    return groups.take(isUsable ? name : ['location', name].filter(Boolean).join('_'), '_');
  });
}
