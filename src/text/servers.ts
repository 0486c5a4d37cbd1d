import * as l10n from '@vscode/l10n';
import type { Account } from '../core/account.ts';
import type { PlanSummary, Server } from '../core/server.ts';
import { dataQuantity, memoryQuantity } from '../core/units.ts';
import { quantityText } from './amounts.ts';

/** The known parts of a plan: "2 vCPU, 4 GiB memory, 80 GB disk, 2 TB traffic a month". Empty if none is known. */
export function planSpecsText({
  vcpus,
  memoryMiB,
  storageGB,
  bandwidthGB,
}: Pick<PlanSummary, 'vcpus' | 'memoryMiB' | 'storageGB' | 'bandwidthGB'>): string {
  const parts = [
    vcpus === undefined ? undefined : l10n.t('{0} vCPU', vcpus),
    memoryMiB === undefined
      ? undefined
      : l10n.t('{0} memory', quantityText(memoryQuantity(memoryMiB), 2)),
    storageGB === undefined
      ? undefined
      : l10n.t('{0} disk', quantityText(dataQuantity(storageGB), 2)),
    bandwidthGB === undefined
      ? undefined
      : l10n.t('{0} traffic a month', quantityText(dataQuantity(bandwidthGB), 2)),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** Name and known parts of a plan: "Standard VPS, 2 vCPU, 4 GiB memory"; undefined if nothing is known. */
export function planText(plan: PlanSummary): string | undefined {
  return [plan.name, planSpecsText(plan)].filter(Boolean).join(', ') || undefined;
}

/** A server's address, or words for having none. */
export function addressText(server: Server): string {
  return server.ipAddress ?? server.ipv6Address ?? l10n.t('no address yet');
}

/** `"web-server-01" (203.0.113.10, us-west)`; a server of the sample account is marked. */
export function describeServer({ account }: { readonly account: Account }, server: Server): string {
  const parts = [addressText(server), server.location ?? l10n.t('unknown location')];
  if (account.kind === 'sample') {
    parts.push(l10n.t('sample'));
  }
  return `"${server.name}" (${parts.join(', ')})`;
}
