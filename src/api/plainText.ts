/** Words of printable ASCII with single blanks between them: `plainText` has nothing to do there. */
export function isPlainText(text: string): boolean {
  return /^[!-~]+(?: [!-~]+)*$/.test(text);
}

/**
 * Text from the network as one line of plain text. Control characters and everything invisible go (C0, C1, bidi
 * overrides and isolates, zero-width characters, fillers, lone surrogates), because a name with them can pose as another
 * one; blanks are collapsed.
 */
export function plainText(text: string): string {
  // Nearly all of it is: what follows is dear.
  if (isPlainText(text)) {
    return text;
  }
  return text
    .replace(/[\s\u0085]/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** At most `maxLength` UTF-16 units, the last one an ellipsis where something was cut; never half a character. */
export function clamp(text: string, maxLength: number): string {
  if (text.length <= maxLength) {
    return text;
  }
  return `${text
    .slice(0, maxLength - 1)
    .replace(/\p{Cs}$/u, '')
    .trimEnd()}…`;
}
