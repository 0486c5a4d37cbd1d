/** Units of displayed amounts: binary for memory, decimal for disk and traffic, as on VPS.org's pages. */
export type Unit = 'MiB' | 'GiB' | 'GB' | 'TB';

export interface Quantity {
  readonly value: number;
  readonly unit: Unit;
}

/** Also for disk and traffic: VPS.org sells 2048 GB as 2 TB. */
const step = 1024;

/** Memory in its usual unit: 512 MiB, 4 GiB. */
export function memoryQuantity(memoryMiB: number): Quantity {
  return memoryMiB >= step
    ? { value: memoryMiB / step, unit: 'GiB' }
    : { value: memoryMiB, unit: 'MiB' };
}

/** Disk or traffic: in TB where that is a whole number, so that nothing is rounded, otherwise in GB. */
export function dataQuantity(gigabytes: number): Quantity {
  return gigabytes >= step && gigabytes % step === 0
    ? { value: gigabytes / step, unit: 'TB' }
    : { value: gigabytes, unit: 'GB' };
}

/** A used amount and its total in the same unit. */
export function usedAndTotal(
  used: number,
  total: number | undefined,
  unit: 'MiB' | 'GB',
): { readonly used: number; readonly total: number | undefined; readonly unit: Unit } {
  const larger =
    unit === 'MiB'
      ? memoryQuantity(Math.max(used, total ?? 0)).unit
      : dataQuantity(total ?? used).unit;
  return larger === unit
    ? { used, total, unit }
    : { used: used / step, total: total === undefined ? undefined : total / step, unit: larger };
}
