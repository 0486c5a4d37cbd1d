import type { Server } from '../core/server.ts';

/** Keeps fields that only the detail reply carries when another reply omits them. A detail reply replaces the usage. */
export function mergeServer(before: Server | undefined, now: Server, isDetail: boolean): Server {
  if (!before) {
    return now;
  }
  return {
    ...now,
    ipv6Address: now.ipv6Address === undefined ? before.ipv6Address : now.ipv6Address,
    backupsEnabled: now.backupsEnabled ?? before.backupsEnabled,
    usage: isDetail ? now.usage : (now.usage ?? before.usage),
    plan: mergePlan(before.plan, now.plan),
  };
}

/** Only the details of a server have the traffic of its plan. */
function mergePlan(before: Server['plan'], now: Server['plan']): Server['plan'] {
  const isKnown = now?.bandwidthGB !== undefined || before?.bandwidthGB === undefined;
  return !now || isKnown || now.id !== before.id
    ? now
    : { ...now, bandwidthGB: before.bandwidthGB };
}
