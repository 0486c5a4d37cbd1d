import type { Server } from '../../core/server.ts';
import { toneOf } from '../../core/statusTone.ts';
import { usageShare } from '../../core/usage.ts';
import type { UsageSample } from '../../core/usage.ts';
import type { MeterName, MeterState } from './protocol.ts';

/** Older samples are dropped, so that the chart stays readable after the panel was hidden for long. */
export const maxAgeMs = 10 * 60_000;

type Reading = Omit<MeterState, 'label' | 'samples'>;

/**
 * Usage and limits of each resource; undefined if the API did not send them. A server that is not running uses no CPU and
 * memory: what the API still reports is from before.
 */
export function readMeters({ status, usage, plan }: Server): readonly Reading[] {
  const isOff = ['stopped', 'suspended'].includes(toneOf(status));
  const [running, off] = isOff ? [undefined, { isOff }] : [usage, {}];
  return [
    { name: 'cpu', used: running?.cpuPercent, total: 100, unit: '%', ...off },
    { name: 'memory', used: running?.memoryUsedMiB, total: plan?.memoryMiB, unit: 'MiB', ...off },
    { name: 'disk', used: usage?.diskUsedGB, total: plan?.storageGB, unit: 'GB' },
    { name: 'bandwidth', used: usage?.bandwidthUsedGB, total: plan?.bandwidthGB, unit: 'GB' },
  ];
}

/** The usage samples of each resource in the last ten minutes. */
export class UsageSamples {
  readonly #samples = new Map<MeterName, readonly UsageSample[]>();

  /**
   * Missing usage adds no sample, rather than a zero.
   *
   * @param at milliseconds since 1970
   */
  add(server: Server, at: number): void {
    for (const { name, used, total } of readMeters(server)) {
      const share = usageShare(used, total);
      if (share !== undefined) {
        // Samples from the future were taken before the clock was set back.
        const recent = this.of(name).filter(
          (sample) => sample.at < at && at - sample.at <= maxAgeMs,
        );
        this.#samples.set(name, [...recent, { at, share }]);
      }
    }
  }

  /** Oldest first. */
  of(name: MeterName): readonly UsageSample[] {
    return this.#samples.get(name) ?? [];
  }
}
