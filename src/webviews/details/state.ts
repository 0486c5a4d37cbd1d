import * as l10n from '@vscode/l10n';
import type { Price } from '../../core/pricing.ts';
import { allowedActions } from '../../core/server.ts';
import type { Server } from '../../core/server.ts';
import type { ServerMarks } from '../../core/serverMarks.ts';
import { settingsOf } from '../../core/serverSettings.ts';
import { toneOf } from '../../core/statusTone.ts';
import type { UsageSample } from '../../core/usage.ts';
import { colorText } from '../../text/marks.ts';
import { listPriceText } from '../../text/prices.ts';
import { sshText } from '../../text/ssh.ts';
import { notChangeableText, protectionScopeText } from '../../text/protection.ts';
import { planText } from '../../text/servers.ts';
import { timeText } from '../../text/timeText.ts';
import type { NoTargetReason, SshTarget } from '../../ssh/profile.ts';
import type { ProtectionReason } from '../../state/protection.ts';
import type { DetailsState, Fact, MeterName, MeterState } from './protocol.ts';
import { readMeters } from './usageSamples.ts';

/** What the state of a details panel is made from. */
export interface DetailsSource {
  readonly accountLabel: string;
  readonly isSample: boolean;
  readonly canOpenWeb: boolean;
  /** The last known state; undefined if the server was never loaded. */
  readonly server: Server | undefined;
  /** How SSH connects to it, or why it cannot; undefined until it is loaded. */
  readonly ssh: SshTarget | NoTargetReason | undefined;
  /** The price of its plan; undefined if unknown. */
  readonly price: Price | 'loading' | undefined;
  /** Shown as the name until the server is loaded. */
  readonly fallbackName: string;
  readonly gone: string | undefined;
  readonly isDeleted: boolean;
  /** What the person noted about it. */
  readonly marks: ServerMarks;
  readonly protection: ProtectionReason | undefined;
  readonly notice: string | undefined;
  /** Whether VPS.org rejected the token of the account. */
  readonly isRejected: boolean;
  /** Whether a question about saving is open. */
  readonly isAsking: boolean;
  /** Whether a request that changes the server is running. */
  readonly isBusy: boolean;
  readonly samplesOf: (name: MeterName) => readonly UsageSample[];
}

function addressFact(
  label: string,
  value: string | null | undefined,
  copy: 'ipAddress' | 'ipv6Address',
): Fact {
  return value === null ? { label, value: l10n.t('none') } : { label, value, copy };
}

function backupsText(isEnabled: boolean): string {
  return isEnabled ? l10n.t('on') : l10n.t('off');
}

function priceFact(price: DetailsSource['price'], isSample: boolean): string | undefined {
  return price === 'loading' ? l10n.t('Loading...') : price && listPriceText(price, isSample);
}

function marksFacts({ note, color, isPinned }: ServerMarks): readonly Fact[] {
  return [
    ...(note === undefined ? [] : [{ label: l10n.t('Note'), value: note }]),
    ...(color === undefined ? [] : [{ label: l10n.t('Color'), value: colorText(color) }]),
    ...(isPinned ? [{ label: l10n.t('Pinned'), value: l10n.t('yes') }] : []),
  ];
}

function factsOf(
  server: Server,
  status: string,
  { ssh, price, isSample, marks }: Pick<DetailsSource, 'ssh' | 'price' | 'isSample' | 'marks'>,
): readonly Fact[] {
  const { backupsEnabled, createdAt, updatedAt, hostname, location, plan } = server;
  return [
    { label: l10n.t('Status'), value: status },
    addressFact(l10n.t('IPv4 address'), server.ipAddress, 'ipAddress'),
    addressFact(l10n.t('IPv6 address'), server.ipv6Address, 'ipv6Address'),
    // Every reply has the hostname, so a missing one means that there is none.
    hostname === undefined
      ? { label: l10n.t('Hostname'), value: l10n.t('none') }
      : { label: l10n.t('Hostname'), value: hostname, copy: 'hostname' },
    { label: l10n.t('SSH'), value: ssh && sshText(ssh, server.name) },
    { label: l10n.t('Location'), value: location, copy: 'location' },
    { label: l10n.t('Plan'), value: plan && planText(plan) },
    { label: l10n.t('Price'), value: priceFact(price, isSample) },
    { label: l10n.t('Operating system'), value: server.os?.name },
    {
      label: l10n.t('Automatic backups'),
      value: backupsEnabled === undefined ? undefined : backupsText(backupsEnabled),
    },
    { label: l10n.t('Created'), value: createdAt && timeText(createdAt) },
    { label: l10n.t('Updated'), value: updatedAt && timeText(updatedAt) },
    { label: l10n.t('ID'), value: server.id, copy: 'id' },
    ...marksFacts(marks),
  ];
}

function meterLabel(name: MeterName): string {
  switch (name) {
    case 'cpu':
      return l10n.t('CPU');
    case 'memory':
      return l10n.t('Memory');
    case 'disk':
      return l10n.t('Disk');
    case 'bandwidth':
      return l10n.t('Bandwidth');
  }
}

function metersOf(server: Server, samplesOf: DetailsSource['samplesOf']): readonly MeterState[] {
  return readMeters(server).map((reading) => ({
    ...reading,
    label: meterLabel(reading.name),
    samples: samplesOf(reading.name),
  }));
}

/** The whole state of a details page. */
export function buildDetailsState(source: DetailsSource): DetailsState {
  const { server, gone, isDeleted, protection, isRejected, isBusy, samplesOf } = source;
  const status = isDeleted ? l10n.t('deleted') : (server?.status ?? '');
  const allowed =
    server === undefined || gone !== undefined || protection || isRejected || isBusy
      ? []
      : allowedActions(server);
  return {
    accountLabel: source.accountLabel,
    isSample: source.isSample,
    canOpenWeb: source.canOpenWeb,
    gone,
    protection:
      server && protection && gone === undefined
        ? `${notChangeableText(protection, server.name)} ${protectionScopeText()}`
        : undefined,
    notice: source.notice,
    isRejected,
    isAsking: source.isAsking,
    name: server?.name ?? source.fallbackName,
    status,
    tone: isDeleted ? 'deleted' : server ? toneOf(server.status) : 'unknown',
    facts: server ? factsOf(server, status, source) : [],
    actions: {
      start: allowed.includes('start'),
      stop: allowed.includes('stop'),
      reboot: allowed.includes('reboot'),
      // A server without a target explains why after the click.
      openTerminal: server !== undefined && gone === undefined && source.ssh !== 'noAddress',
      delete: allowed.includes('delete'),
      save: allowed.includes('rename') && allowed.includes('setBackups'),
    },
    meters: server ? metersOf(server, samplesOf) : [],
    settings: server ? settingsOf(server) : { name: '', hostname: '', backupsEnabled: undefined },
  };
}
