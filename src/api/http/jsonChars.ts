/* Character codes of JSON. */

export const byteOrderMark = 0xfeff;
export const space = 0x20;
export const quote = 0x22;
export const comma = 0x2c;
export const colon = 0x3a;
export const openList = 0x5b;
export const backslash = 0x5c;
export const closeList = 0x5d;
export const letterU = 0x75;
export const openObject = 0x7b;
export const closeObject = 0x7d;

/** What ends a number or a literal. */
const delimiters = new Uint8Array(closeObject + 1)
  .fill(1, 0, space + 1)
  .map((value, code) => (value === 1 || '",:[]{}'.includes(String.fromCharCode(code)) ? 1 : 0));

/** Whether a number or a literal ends before this character. */
export function isDelimiter(code: number): boolean {
  return code <= closeObject && delimiters[code] === 1;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether a number or literal, also `NaN` and `Infinity`, may start with this character. */
export function isWordStart(code: number): boolean {
  return isDigit(code) || '-+tfnNiI'.includes(String.fromCharCode(code));
}

/** Whether `true`, `false` or `null` may start with this character. */
export function isLiteral(code: number): boolean {
  return code === 0x74 || code === 0x66;
}
