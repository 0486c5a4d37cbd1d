/** The length of a DNS label. */
const maxLength = 63;

/** Replaces letters by ASCII letters where possible ("büro" becomes "buro"), and `refused` characters by `separator`. */
export function toAsciiName(text: string, refused: RegExp, separator: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(refused, separator)
    .replace(/^[^A-Za-z0-9]+/u, '')
    .slice(0, maxLength)
    .replace(/[^A-Za-z0-9]+$/u, '');
}
