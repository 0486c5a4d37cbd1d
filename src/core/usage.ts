/** How full something is: `high` from 80 %, `veryHigh` from 95 %. */
export type UsageLevel = 'normal' | 'high' | 'veryHigh';

/** Shares of the total from which a level begins. */
export const usageThresholds = { high: 0.8, veryHigh: 0.95 } as const;

/**
 * The used part of a total: 0 for nothing, 1 for all, above 1 for an allowance that is exceeded. Undefined where it cannot
 * be told, which is not the same as nothing.
 */
export function usageShare(used: number | undefined, total: number | undefined): number | undefined {
  if (used === undefined || total === undefined || !(used >= 0) || !(total > 0)) {
    return undefined;
  }
  const share = used / total;
  return Number.isFinite(share) ? share : undefined;
}

export function usageLevel(share: number): UsageLevel {
  return share >= usageThresholds.veryHigh ? 'veryHigh' : share >= usageThresholds.high ? 'high' : 'normal';
}

/** What a series of shares shows, for those who do not see its chart. Undefined without samples. */
export function summarizeSamples(
  samples: readonly number[],
): { readonly lowest: number; readonly highest: number; readonly latest: number } | undefined {
  const latest = samples.at(-1);
  return latest === undefined ? undefined : { lowest: Math.min(...samples), highest: Math.max(...samples), latest };
}
