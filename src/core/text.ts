// Control characters, and the marks by which text can be made to read differently from what it is (bidi overrides,
// isolates, zero-width characters). U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
// eslint-disable-next-line no-control-regex -- removing control characters is the purpose
const unsafeCharacters = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;

/** One line of plain text of at most `maxLength` characters, without anything that could disturb how it is shown. */
export function toPlainLine(text: string, maxLength = 200): string {
  const line = text.replace(unsafeCharacters, ' ').replace(/\s+/gu, ' ').trim();
  if (line.length <= maxLength) {
    return line;
  }
  // Cut between code points: half of a surrogate pair is no character.
  const end = maxLength - 1;
  const isPair = /[\ud800-\udbff]/u.test(line.charAt(end - 1));
  return `${line.slice(0, isPair ? end - 1 : end)}…`;
}

/** Keeps `$(name)` in labels that render icons (quick picks, the status bar) as the text that it is. */
export function escapeIcons(text: string): string {
  return text.replace(/\$\(/gu, '\\$(');
}

/**
 * Makes text safe for notifications, which turn `[label](target)` into links: a word joiner between the brackets keeps
 * the text as it was to the eye and to a screen reader, and is no link any more.
 */
export function escapeLinks(text: string): string {
  return text.replace(/\]\(/gu, ']\u2060(');
}

/** For where both become something else: below input boxes, and in the progress of the status bar. */
export function escapeMarks(text: string): string {
  return escapeIcons(escapeLinks(text));
}

/**
 * Makes one line of text safe inside markdown: all ASCII punctuation is escaped, which CommonMark allows, so that neither
 * formatting nor HTML nor an automatic link to an address comes of it.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/gu, '\\$&');
}

let collator: Intl.Collator | undefined;

/**
 * Orders names: numbers in natural order (web-2 before web-10), case without meaning. What it takes is dear to make and waits
 * for the first use: it would double the time that the extension takes to start.
 */
export function compareTexts(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return collator.compare(a, b);
}
