import type { ExportedServer } from './exportedServer.ts';

/** The API sends integers. Ids of another form, and those too large for a number, stay text. */
function toApiId(id: string | null): string | number | null {
  const number = Number(id);
  return id !== null && Number.isSafeInteger(number) && String(number) === id ? number : id;
}

/** A server with the keys of the API, as in "Show as JSON". The last four are not from the API. */
export function toApiRecord(server: ExportedServer) {
  const { plan, os } = server;
  return {
    id: toApiId(server.id),
    name: server.name,
    hostname: server.hostname,
    status: server.status,
    ip_address: server.ipAddress,
    ipv6_address: server.ipv6Address,
    location: server.location,
    plan: {
      id: toApiId(plan.id),
      name: plan.name,
      vcpus: plan.vcpus,
      memory: plan.memoryMiB,
      storage: plan.storageGB,
      bandwidth: plan.bandwidthGB,
    },
    os: { id: toApiId(os.id), name: os.name },
    backups_enabled: server.backupsEnabled,
    created_at: server.createdAt,
    updated_at: server.updatedAt,
    account: server.account,
    is_sample: server.isSample,
    listed_at: server.listedAt,
    list_price_monthly_usd: server.listPriceMonthly,
  };
}
