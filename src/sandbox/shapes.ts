import { planOf, systemOf } from './catalog.ts';
import type { ServerRecord } from './records.ts';
import type { World } from './world.ts';

type Json = Readonly<Record<string, unknown>>;

function common(record: ServerRecord, withBandwidth: boolean): Json {
  const { id, name, vcpus, memory, storage, bandwidth } = planOf(record.plan_id);
  return {
    id: record.id,
    name: record.name,
    hostname: record.hostname,
    status: record.status,
    ip_address: record.ip_address,
    location: record.location,
    plan: { id, name, vcpus, memory, storage, ...(withBandwidth && { bandwidth }) },
    os: systemOf(record.os_id),
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

/** A server as a list reply shows it, or what `replaceRaw` put in its place. */
export function listed(world: World, record: ServerRecord): unknown {
  const raw = world.raw(record.id);
  return raw ? raw.value : common(record, false);
}

/** A server as the create reply shows it. */
export function created(record: ServerRecord): Json {
  return {
    ...common(record, false),
    backups_enabled: record.backups_enabled,
    message: 'Server is being provisioned. This usually takes 2-5 minutes.',
  };
}

/** A server as its own endpoint shows it, or what `replaceRaw` put in its place. Provisioning measures nothing. */
export function detailed(world: World, record: ServerRecord): unknown {
  const raw = world.raw(record.id);
  if (raw) {
    return raw.value;
  }
  return {
    ...common(record, true),
    ipv6_address: record.ipv6_address,
    backups_enabled: record.backups_enabled,
    resource_usage: record.status === 'provisioning' ? null : world.usage(record),
  };
}

/** The fragment of a server in a power reply. */
export function fragment({ id, name, status }: ServerRecord): Json {
  return { id, name, status };
}
