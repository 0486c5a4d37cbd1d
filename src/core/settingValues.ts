/** The effective value of a setting: the default if the configured value is invalid. */
export interface SettingValue<T> {
  readonly value: T;
  readonly isUsable: boolean;
}

export function readNumber(
  value: unknown,
  fallback: number,
  min: number,
  max: number,
): SettingValue<number> {
  return typeof value === 'number' && value >= min && value <= max
    ? { value, isUsable: true }
    : { value: fallback, isUsable: false };
}

export function readOneOf<T extends string>(
  value: unknown,
  values: readonly T[],
  fallback: T,
): SettingValue<T> {
  const valid = values.find((candidate) => candidate === value);
  return { value: valid ?? fallback, isUsable: valid !== undefined };
}

/**
 * The configured address, unchecked. Only an empty setting gives the default. An invalid value must not, because the token
 * may be intended for another address.
 */
export function readAddress(value: unknown, fallback: string): string {
  if (value === undefined || value === null || value === '') {
    return fallback;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
