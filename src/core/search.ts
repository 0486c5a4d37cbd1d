import type { ServerFilter } from './filter.ts';
import { fold } from './fold.ts';
import type { Server } from './server.ts';

/** The shortest spelling of an IPv6 address, which may have brackets and a prefix; undefined for other text. */
function shortIpv6(folded: string): string | undefined {
  const url = `http://[${folded.replace(/^\[|\](:\d+)?$|\/\d+$/gu, '')}]`;
  return folded.includes(':') && URL.canParse(url)
    ? new URL(url).hostname.slice(1, -1).toUpperCase()
    : undefined;
}

/** Two regular spellings of an IPv6 address: the shortest, and all eight groups. */
function ipv6Spellings(address: string | null | undefined): readonly string[] {
  const short = shortIpv6(fold(address ?? ''));
  if (short === undefined) {
    return [];
  }
  const missing = 8 - short.split(':').filter(Boolean).length;
  return [short, short.replace('::', `:${'0:'.repeat(missing)}`).replace(/^:|:$/gu, '')];
}

/** The texts of which one must occur for a word: as typed, as an internationalized host name, and as an IPv6 address. */
function spellingsOf(word: string): readonly string[] {
  const folded = fold(word);
  const url = `http://${word}`;
  return [
    folded,
    // "bücher.example" is stored as "xn--bcher-kva.example".
    URL.canParse(url) ? fold(new URL(url).hostname) : folded,
    folded.includes(':')
      ? folded.replace(/^\[/u, '').replace(/(^|:)0+(?=[\dA-F])/gu, '$1')
      : folded,
    shortIpv6(folded) ?? folded,
  ];
}

/** By server, because servers are immutable and each key press searches all of them. */
const searchTexts = new WeakMap<Server, string>();

function searchTextOf(server: Server): string {
  let text = searchTexts.get(server);
  if (text === undefined) {
    const { name, hostname, ipAddress, ipv6Address, plan, os, location, status, id } = server;
    text = [
      fold(
        [name, hostname, ipAddress, ipv6Address, plan?.name, os?.name, location, status, id].join(
          '\n',
        ),
      ),
      ...ipv6Spellings(ipAddress),
      ...ipv6Spellings(ipv6Address),
    ].join('\n');
    searchTexts.set(server, text);
  }
  return text;
}

/**
 * Returns a predicate, prepared once for many servers.
 *
 * @param noteOf the note of a server, which words are also looked for in
 */
export function matcher(
  filter: ServerFilter,
  noteOf: (server: Server) => string | undefined = () => undefined,
): (server: Server) => boolean {
  const words = filter.text.split(/\s+/u).filter(Boolean).map(spellingsOf);
  const statuses = new Set(filter.statuses);
  const locations = new Set(filter.locations);
  return (server) =>
    (statuses.size === 0 || statuses.has(server.status)) &&
    (locations.size === 0 || locations.has(server.location ?? '')) &&
    (words.length === 0 || hasWords(words, searchTextOf(server), noteOf(server)));
}

function hasWords(
  words: readonly (readonly string[])[],
  text: string,
  note: string | undefined,
): boolean {
  const noteText = note === undefined ? '' : fold(note);
  return words.every((word) =>
    word.some((spelling) => text.includes(spelling) || noteText.includes(spelling)),
  );
}
