import type { Account } from '../account.ts';
import { compareServers } from '../grouping.ts';
import type { Server } from '../server.ts';
import { toPrintable } from './printable.ts';

/** The servers of one account that go into an export. */
export interface ExportSource {
  readonly account: Pick<Account, 'label' | 'kind'>;
  readonly servers: readonly Server[];
  /** When VPS.org last listed them, in milliseconds since 1970; undefined where it never did. */
  readonly listedAt: number | undefined;
}

/**
 * A server as files tell it: one picture for all formats, its texts without what no file should hold. `null` is "not known",
 * and "there is none" too: who reads a file has no use for the difference. Readings of a moment (usage) stay out.
 */
export interface ExportedServer {
  readonly name: string;
  readonly id: string;
  readonly hostname: string | null;
  readonly status: string;
  readonly ipAddress: string | null;
  readonly ipv6Address: string | null;
  readonly location: string | null;
  readonly plan: {
    readonly id: string | null;
    readonly name: string | null;
    readonly vcpus: number | null;
    readonly memoryMiB: number | null;
    readonly storageGB: number | null;
    readonly bandwidthGB: number | null;
  };
  readonly os: { readonly id: string | null; readonly name: string | null };
  readonly backupsEnabled: boolean | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Its label; null where a single account needs no name, which is an e-mail address as a rule. */
  readonly account: string | null;
  /** Simulated on this computer: nothing answers at its address. */
  readonly isSample: boolean;
  /** When VPS.org last listed it, ISO 8601 in UTC: an old list can be told from a new one in every format. */
  readonly listedAt: string | null;
}

function toText(text: string | null | undefined): string | null {
  const printable = toPrintable(text ?? '');
  return printable === '' ? null : printable;
}

function toNumber(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function toExported(server: Server, { account, listedAt }: ExportSource, namesAccounts: boolean): ExportedServer {
  const { plan, os } = server;
  return {
    name: toPrintable(server.name),
    id: toPrintable(server.id),
    hostname: toText(server.hostname),
    status: toPrintable(server.status),
    ipAddress: toText(server.ipAddress),
    ipv6Address: toText(server.ipv6Address),
    location: toText(server.location),
    plan: {
      id: toText(plan?.id),
      name: toText(plan?.name),
      vcpus: toNumber(plan?.vcpus),
      memoryMiB: toNumber(plan?.memoryMiB),
      storageGB: toNumber(plan?.storageGB),
      bandwidthGB: toNumber(plan?.bandwidthGB),
    },
    os: { id: toText(os?.id), name: toText(os?.name) },
    backupsEnabled: server.backupsEnabled ?? null,
    createdAt: toText(server.createdAt),
    updatedAt: toText(server.updatedAt),
    account: namesAccounts ? toText(account.label) : null,
    isSample: account.kind === 'sample',
    listedAt: listedAt === undefined ? null : new Date(listedAt).toISOString(),
  };
}

/** Accounts in the order given, their servers in the order of the view. `namesAccounts`: there are several, so each is named. */
export function toExportedServers(sources: readonly ExportSource[], namesAccounts: boolean): readonly ExportedServer[] {
  return sources.flatMap((source) =>
    [...source.servers].sort(compareServers).map((server) => toExported(server, source, namesAccounts)),
  );
}
