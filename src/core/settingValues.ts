/** A setting as it is in force. What cannot be used counts as the default. */
export interface SettingValue<T> {
  readonly value: T;
  readonly isUsable: boolean;
}

export function readNumber(value: unknown, fallback: number, least: number, most: number): SettingValue<number> {
  return typeof value === 'number' && value >= least && value <= most
    ? { value, isUsable: true }
    : { value: fallback, isUsable: false };
}

export function readOneOf<T extends string>(value: unknown, values: readonly T[], fallback: T): SettingValue<T> {
  const known = values.find((candidate) => candidate === value);
  return { value: known ?? fallback, isUsable: known !== undefined };
}

/**
 * An address as written, to be checked where it is used. Only where nothing is written it is the default: whatever else stands
 * there must not lead to it, for the token may be meant for another address.
 */
export function readAddress(value: unknown, fallback: string): string {
  if (value === undefined || value === null || value === '') {
    return fallback;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
