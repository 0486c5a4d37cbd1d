/** `high` from 80 % of the total, `veryHigh` from 95 %. */
export type UsageLevel = 'normal' | 'high' | 'veryHigh';

/** Shares of the total at which a level starts. */
export const usageThresholds = { high: 0.8, veryHigh: 0.95 } as const;

/**
 * The used share of a total: 0 for nothing, 1 for all, above 1 for an exceeded allowance. Undefined where it is unknown,
 * which is not the same as nothing.
 */
export function usageShare(
  used: number | undefined,
  total: number | undefined,
): number | undefined {
  if (used === undefined || total === undefined || !(used >= 0) || !(total > 0)) {
    return undefined;
  }
  const share = used / total;
  return Number.isFinite(share) ? share : undefined;
}

export function usageLevel(share: number): UsageLevel {
  return share >= usageThresholds.veryHigh
    ? 'veryHigh'
    : share >= usageThresholds.high
      ? 'high'
      : 'normal';
}

/** The used share of a resource at one time. */
export interface UsageSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** 0 to 1; above 1 for an exceeded allowance. */
  readonly share: number;
}

/** Summary of a series of shares, for people who cannot see its chart. Undefined without samples. */
export function summarizeSamples(
  samples: readonly number[],
): { readonly lowest: number; readonly highest: number; readonly latest: number } | undefined {
  const latest = samples.at(-1);
  return latest === undefined
    ? undefined
    : { lowest: Math.min(...samples), highest: Math.max(...samples), latest };
}
