const blanks = /[\s\u0085]+/gu;
// Control and format characters (bidi overrides, zero-width ones), halves of surrogate pairs, and what is no character at all.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]+/gu;

/**
 * One line of text with nothing in it that ends a line, cannot be written to a file (lone surrogates, which YAML refuses too)
 * or makes text read differently from what it is. The API's texts come that way; an export does not rely on it.
 */
export function toPrintable(text: string): string {
  return text.replace(blanks, ' ').replace(unprintable, '').trim();
}

/** A line that YAML and OpenSSH skip, whatever is in the text. */
export function toComment(text: string): string {
  return `# ${toPrintable(text)}`;
}
