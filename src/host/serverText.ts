import * as vscode from 'vscode';
import type { PlanSummary, Server } from '../core/server.ts';
import { dataQuantity, memoryQuantity } from '../core/units.ts';
import type { Quantity } from '../core/units.ts';
import { unitTextKeys } from '../protocol/texts.ts';
import type { Texts, UnitTextKey } from '../protocol/texts.ts';
import type { Session } from '../state/session.ts';

/** Amounts with their unit. */
export function unitTexts(): Texts<UnitTextKey> {
  return {
    mebibytes: vscode.l10n.t('{0} MiB'),
    gibibytes: vscode.l10n.t('{0} GiB'),
    gigabytes: vscode.l10n.t('{0} GB'),
    terabytes: vscode.l10n.t('{0} TB'),
  };
}

function quantityText({ value, unit }: Quantity): string {
  const number = value.toLocaleString(vscode.env.language, { maximumFractionDigits: 2 });
  return unitTexts()[unitTextKeys[unit]].replace('{0}', number);
}

/** "Standard VPS, 2 vCPU, 4 GiB memory, 80 GB disk, 2 TB traffic a month", as far as it is known; undefined where nothing is. */
export function planText({ name, vcpus, memoryMiB, storageGB, bandwidthGB }: PlanSummary): string | undefined {
  const parts = [
    name,
    vcpus === undefined ? undefined : vscode.l10n.t('{0} vCPU', vcpus),
    memoryMiB === undefined ? undefined : vscode.l10n.t('{0} memory', quantityText(memoryQuantity(memoryMiB))),
    storageGB === undefined ? undefined : vscode.l10n.t('{0} disk', quantityText(dataQuantity(storageGB))),
    bandwidthGB === undefined ? undefined : vscode.l10n.t('{0} traffic a month', quantityText(dataQuantity(bandwidthGB))),
  ];
  return parts.filter(Boolean).join(', ') || undefined;
}

/** A time as the API sent it, in the person's own way of writing it; what is no time, as it is. */
export function timeText(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A server's address, or words for having none. */
export function addressText(server: Server): string {
  return server.ipAddress ?? server.ipv6Address ?? vscode.l10n.t('no address yet');
}

/** `"web-server-01" (203.0.113.10, us-west)`, marked where it belongs to the sample account or to one of several. */
export function describeServer(session: Session, server: Server): string {
  const facts = [addressText(server), server.location ?? vscode.l10n.t('unknown location')];
  if (session.account.kind === 'sample') {
    facts.push(vscode.l10n.t('sample'));
  }
  return `"${server.name}" (${facts.join(', ')})`;
}
