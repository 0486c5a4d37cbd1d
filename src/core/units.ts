/** Units that amounts are shown in. Binary ones for memory, decimal ones for disk and traffic, as VPS.org's pages have it. */
export type Unit = 'MiB' | 'GiB' | 'GB' | 'TB';

export interface Quantity {
  readonly value: number;
  readonly unit: Unit;
}

/** VPS.org sells 2048 GB as two terabytes. */
const step = 1024;

/** Memory in the unit that people speak of it: "512 MiB", "4 GiB". */
export function memoryQuantity(memoryMiB: number): Quantity {
  return memoryMiB >= step ? { value: memoryMiB / step, unit: 'GiB' } : { value: memoryMiB, unit: 'MiB' };
}

/** Disk or traffic: in TB where that is a whole number, so that nothing is rounded; in GB otherwise. */
export function dataQuantity(gigabytes: number): Quantity {
  return gigabytes >= step && gigabytes % step === 0
    ? { value: gigabytes / step, unit: 'TB' }
    : { value: gigabytes, unit: 'GB' };
}

/** A used amount and what it is a part of, in one unit, so that the two can be compared at a glance. */
export function usedAndTotal(
  used: number,
  total: number | undefined,
  unit: 'MiB' | 'GB',
): { readonly used: number; readonly total: number | undefined; readonly unit: Unit } {
  return unit === 'MiB' && Math.max(used, total ?? 0) >= step
    ? { used: used / step, total: total === undefined ? undefined : total / step, unit: 'GiB' }
    : { used, total, unit };
}
