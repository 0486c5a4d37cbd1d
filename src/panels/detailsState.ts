import { allowedActions, isInTransition } from '../core/server.ts';
import type { PlanSummary, Server, ServerStatus } from '../core/server.ts';
import type { DetailsState, Fact, MeterName, MeterState, SettingsValues, StatusTone } from '../protocol/details.ts';
import { readMeters } from './usageSamples.ts';

/** Words that the host puts into the state. Translated by detailsTexts.ts; `format` is told by VS Code's language. */
export interface StateTexts {
  readonly status: string;
  readonly ipAddress: string;
  readonly ipv6Address: string;
  readonly hostname: string;
  readonly location: string;
  readonly plan: string;
  readonly os: string;
  readonly backups: string;
  readonly created: string;
  readonly updated: string;
  readonly id: string;
  /** For what the API says there is none of. */
  readonly none: string;
  readonly on: string;
  readonly off: string;
  readonly meters: Readonly<Record<MeterName, string>>;
  /** A plan's name and what it has, as far as that is known. */
  readonly planFacts: (plan: PlanSummary) => string | undefined;
  /** A time as the API sent it, in the person's own way of writing it. */
  readonly time: (iso: string) => string;
}

/** What a details panel shows. */
export interface DetailsSource {
  readonly accountLabel: string;
  readonly isSample: boolean;
  /** As last heard of; undefined where nothing is known of it yet. */
  readonly server: Server | undefined;
  /** What to call a server of which nothing is known yet. */
  readonly fallbackName: string;
  readonly gone: string | undefined;
  readonly notice: string | undefined;
  /** A request that changes the server is not answered yet. */
  readonly isBusy: boolean;
  readonly samplesOf: (name: MeterName) => readonly number[];
}

function toneOf(status: ServerStatus): StatusTone {
  if (isInTransition(status)) {
    return 'busy';
  }
  switch (status) {
    case 'active':
      return 'running';
    case 'stopped':
      return 'stopped';
    case 'suspended':
      return 'suspended';
    default:
      return 'unknown';
  }
}

function addressFact(label: string, value: string | null | undefined, copy: 'ipAddress' | 'ipv6Address', none: string): Fact {
  return value === null ? { label, value: none } : { label, value, copy };
}

function factsOf(server: Server, texts: StateTexts): readonly Fact[] {
  const { backupsEnabled, createdAt, updatedAt, hostname, location, plan } = server;
  return [
    { label: texts.status, value: server.status },
    addressFact(texts.ipAddress, server.ipAddress, 'ipAddress', texts.none),
    addressFact(texts.ipv6Address, server.ipv6Address, 'ipv6Address', texts.none),
    // The API has the host name in every reply: where there is none in it, the server has none.
    hostname === undefined
      ? { label: texts.hostname, value: texts.none }
      : { label: texts.hostname, value: hostname, copy: 'hostname' },
    { label: texts.location, value: location, copy: 'location' },
    { label: texts.plan, value: plan && texts.planFacts(plan) },
    { label: texts.os, value: server.os?.name },
    { label: texts.backups, value: backupsEnabled === undefined ? undefined : backupsEnabled ? texts.on : texts.off },
    { label: texts.created, value: createdAt && texts.time(createdAt) },
    { label: texts.updated, value: updatedAt && texts.time(updatedAt) },
    { label: texts.id, value: server.id, copy: 'id' },
  ];
}

/** The server's settings in the form's terms: no host name is an empty one. */
export function settingsOf(server: Server): SettingsValues {
  return { name: server.name, hostname: server.hostname ?? '', backupsEnabled: server.backupsEnabled };
}

function metersOf(server: Server, { texts, samplesOf }: { texts: StateTexts } & Pick<DetailsSource, 'samplesOf'>): readonly MeterState[] {
  return readMeters(server).map((reading) => ({
    ...reading,
    label: texts.meters[reading.name],
    samples: samplesOf(reading.name),
  }));
}

/** Everything that a details page shows, from what the store knows now. */
export function buildDetailsState(source: DetailsSource, texts: StateTexts): DetailsState {
  const { server, gone, isBusy, samplesOf } = source;
  const able = server === undefined || gone !== undefined || isBusy ? [] : allowedActions(server.status);
  return {
    accountLabel: source.accountLabel,
    isSample: source.isSample,
    gone,
    notice: source.notice,
    name: server?.name ?? source.fallbackName,
    status: server?.status ?? '',
    tone: server ? toneOf(server.status) : 'unknown',
    facts: server ? factsOf(server, texts) : [],
    actions: {
      start: able.includes('start'),
      stop: able.includes('stop'),
      reboot: able.includes('reboot'),
      delete: able.includes('delete'),
      save: able.includes('rename') && able.includes('setBackups'),
    },
    meters: server ? metersOf(server, { texts, samplesOf }) : [],
    settings: server ? settingsOf(server) : { name: '', hostname: '', backupsEnabled: undefined },
  };
}
