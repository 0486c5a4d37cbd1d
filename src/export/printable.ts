const blanks = /[\s\u0085]+/gu;
// Control and format characters (bidi overrides, zero-width characters), lone surrogates and noncharacters.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]+/gu;

/**
 * One line of text without line breaks, without characters that a file cannot contain (lone surrogates, which YAML refuses too)
 * and without characters that make text look different from its content. API replies are cleaned already; exports do not rely
 * on that.
 */
export function toPrintable(text: string): string {
  return text.replace(blanks, ' ').replace(unprintable, '').trim();
}
