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

/** A server in a list reply. */
export function listed(record: ServerRecord): Json {
  return common(record, false);
}

/** A server in the reply to `POST /servers/`. */
export function created(record: ServerRecord): Json {
  return {
    ...common(record, false),
    backups_enabled: record.backups_enabled,
    message: 'Server is being provisioned. This usually takes 2-5 minutes.',
  };
}

/** A server in the reply of `GET /servers/{id}/`. While provisioning it has no usage. */
export function detailed(world: World, record: ServerRecord): Json {
  return {
    ...common(record, true),
    ipv6_address: record.ipv6_address,
    backups_enabled: record.backups_enabled,
    resource_usage: record.status === 'provisioning' ? null : world.usage(record),
  };
}

/** A server in the reply to a power action. */
export function fragment({ id, name, status }: ServerRecord): Json {
  return { id, name, status };
}
