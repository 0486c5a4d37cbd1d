/** UTF-16 units of a text that are looked at: more than is ever shown, whatever was sent. */
const maxRead = 16_384;

/** Printable ASCII words separated by single spaces: text that `plainText` returns unchanged. */
const plainAscii = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Text from the network as one line. Removes control characters and everything invisible (bidi overrides, zero-width
 * characters, fillers, lone surrogates), because a name that contains them can pose as another one. Collapses white space.
 * Reads no more than `maxRead` units, because the work below grows with the length.
 */
export function plainText(long: string): string {
  const text = clamp(long, maxRead);
  // Nearly every text takes this shortcut; the replacements below are expensive.
  if (plainAscii.test(text)) {
    return text;
  }
  return text
    .replace(/[\s\u0085]/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** At most `maxLength` UTF-16 units. Cut text ends in an ellipsis and never in half a character. */
export function clamp(text: string, maxLength: number): string {
  if (text.length <= maxLength) {
    return text;
  }
  const start = text.slice(0, maxLength - 1).replace(/\p{Cs}$/u, '');
  return `${start.trimEnd()}…`;
}

// Control characters, and the marks that make text read differently from what it is (bidi overrides, isolates, zero-width
// characters). U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
const unsafeCharacters =
  // eslint-disable-next-line no-control-regex -- removing control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu;

/**
 * Text that a person typed or chose, as one line of at most `maxLength` UTF-16 units. Unlike `plainText` it keeps joiners,
 * which some scripts and emoji need, and puts a space in place of removed characters.
 */
export function toPlainLine(text: string, maxLength = 200): string {
  return clamp(
    clamp(text, maxRead).replace(unsafeCharacters, ' ').replace(/\s+/gu, ' ').trim(),
    maxLength,
  );
}

/** Keeps `$(name)` as text in labels that render icons (quick picks, the status bar). */
export function escapeIcons(text: string): string {
  return text.replace(/\$\(/gu, '\\$(');
}

/**
 * Makes text safe for notifications, which turn `[label](target)` into links. A word joiner between the brackets breaks the
 * link and changes nothing for the eye or a screen reader.
 */
export function escapeLinks(text: string): string {
  return text.replace(/\]\(/gu, ']\u2060(');
}

/** Escapes icons and links: for input box prompts and progress in the status bar, which render both. */
export function escapeMarks(text: string): string {
  return escapeIcons(escapeLinks(text));
}

/**
 * Makes one line of text safe inside Markdown. Escapes all ASCII punctuation, which CommonMark allows, so that no
 * formatting, HTML or automatic link results.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/gu, '\\$&');
}

let collator: Intl.Collator | undefined;

/**
 * Orders names: numbers in natural order (web-2 before web-10), case-insensitive. The collator is created on first use,
 * because creating it would double the activation time.
 */
export function compareTexts(a: string, b: string): number {
  const order = compareNumbers(a, b);
  if (order !== 0) {
    return order;
  }
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  return collator.compare(a, b);
}

/**
 * As the collator, but much faster, for texts that first differ in numbers of as many digits, as the names of a fleet do. 0 for
 * all others.
 */
function compareNumbers(a: string, b: string): number {
  let first = 0;
  while (first < a.length && a.charCodeAt(first) === b.charCodeAt(first)) {
    first++;
  }
  let end = first;
  while (isDigit(a.charCodeAt(end)) && isDigit(b.charCodeAt(end))) {
    end++;
  }
  return end > first && isAfterNumber(a.charCodeAt(end)) && isAfterNumber(b.charCodeAt(end))
    ? a.charCodeAt(first) - b.charCodeAt(first)
    : 0;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a number ends before this character, or with the text (NaN is not above 127). Other scripts have digits too. */
function isAfterNumber(code: number): boolean {
  return !(isDigit(code) || code > 127);
}
