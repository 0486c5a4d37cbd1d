import type { Server } from '../core/server.ts';
import { usageShare } from '../core/usage.ts';
import type { MeterName, MeterState } from '../protocol/details.ts';

/** How many samples a panel keeps: 10 minutes of them. */
export const keptSamples = 40;

type Reading = Omit<MeterState, 'label' | 'samples'>;

/** What a server uses of what it has, as far as the API tells. */
export function readMeters({ usage, plan }: Server): readonly Reading[] {
  return [
    { name: 'cpu', used: usage?.cpuPercent, total: 100, unit: '%' },
    { name: 'memory', used: usage?.memoryUsedMiB, total: plan?.memoryMiB, unit: 'MiB' },
    { name: 'disk', used: usage?.diskUsedGB, total: plan?.storageGB, unit: 'GB' },
    { name: 'bandwidth', used: usage?.bandwidthUsedGB, total: plan?.bandwidthGB, unit: 'GB' },
  ];
}

/** The looks that one panel took at its server's usage: the newest 40 of each meter. */
export class UsageSamples {
  readonly #samples = new Map<MeterName, readonly number[]>();

  /** What the API does not tell is no sample: it is not zero. */
  add(server: Server): void {
    for (const { name, used, total } of readMeters(server)) {
      const share = usageShare(used, total);
      if (share !== undefined) {
        this.#samples.set(name, [...this.of(name), share].slice(-keptSamples));
      }
    }
  }

  /** Parts of the total, the oldest first. */
  of(name: MeterName): readonly number[] {
    return this.#samples.get(name) ?? [];
  }
}
