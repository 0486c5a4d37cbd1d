import type { Account } from '../core/account.ts';
import { compareServers } from '../core/grouping.ts';
import type { PriceList } from '../core/pricing.ts';
import type { Server } from '../core/server.ts';
import { defaultProfile, sshTarget } from '../ssh/profile.ts';
import type { NoTargetReason, SshHost, SshProfile, SshTarget } from '../ssh/profile.ts';
import { toPrintable } from './printable.ts';

/** A symbol, because CSV and JSON contain the addresses as VPS.org sent them, and nothing derived from them. */
export const connectTo: unique symbol = Symbol('connectTo');

/** How SSH connects there; null without an address, or with settings that SSH cannot use. */
export const sshTo: unique symbol = Symbol('sshTo');

/** Why SSH cannot connect there; null where it can. */
export const noConnection: unique symbol = Symbol('noConnection');

/** The alias of the server, as in the managed SSH config; null where it does not take part. */
export const sshAlias: unique symbol = Symbol('sshAlias');

/** The exported servers of one account. */
export interface ExportSource {
  readonly account: Pick<Account, 'label' | 'kind' | 'apiUrl'>;
  readonly servers: readonly Server[];
  /** When VPS.org last listed them, in milliseconds since 1970; undefined if never. */
  readonly listedAt: number | undefined;
  /** The plans' prices, where the format contains them. */
  readonly prices?: PriceList | undefined;
  /** The SSH settings of a server. Without them, no user is written. */
  readonly ssh?: {
    readonly profileOf: (server: Server) => SshProfile;
    readonly aliasOf: (server: Server) => string | undefined;
    readonly hostBy: SshHost;
  };
}

/**
 * A server in a file, the same for all formats and with printable texts only. `null` means both "unknown" and "none": readers of
 * a file need no distinction. Usage is omitted, because it changes by the second.
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
  /** The account's label, usually an e-mail address; null where there is only one account. */
  readonly account: string | null;
  /** Where the server is reached; null if SSH cannot connect to it. */
  readonly [connectTo]: string | null;
  readonly [sshTo]: SshTarget | null;
  readonly [noConnection]: NoTargetReason | null;
  readonly [sshAlias]: string | null;
  /** Simulated on this computer; nothing responds at its address. */
  readonly isSample: boolean;
  /** When VPS.org last listed the server, ISO 8601 in UTC. Shows in every format how old the list is. */
  readonly listedAt: string | null;
  /** The monthly list price of its plan in US dollars, today; null where that is not certain. */
  readonly listPriceMonthly: number | null;
}

/** The content of a file. */
export interface ExportedText {
  readonly text: string;
  /** Servers that appear only in a comment, because SSH cannot connect to them. */
  readonly skipped: readonly ExportedServer[];
}

function toText(text: string | null | undefined): string | null {
  const printable = toPrintable(text ?? '');
  return printable === '' ? null : printable;
}

function toNumber(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Where SSH connects, or why it cannot. Unusable SSH settings of a server do not hide its address. */
function toConnection(server: Server, { account, ssh }: ExportSource) {
  const found = sshTarget(server, defaultProfile, account, ssh?.hostBy);
  const target = ssh && sshTarget(server, ssh.profileOf(server), account, ssh.hostBy);
  return {
    [connectTo]: typeof found === 'string' ? null : found.host,
    [sshTo]: typeof target === 'object' ? target : null,
    [noConnection]: typeof found === 'string' ? found : null,
    [sshAlias]: ssh?.aliasOf(server) ?? null,
  };
}

function toExported(server: Server, source: ExportSource, namesAccounts: boolean): ExportedServer {
  const { plan, os } = server;
  const { account, listedAt, prices } = source;
  return {
    name: toPrintable(server.name),
    id: toPrintable(server.id),
    hostname: toText(server.hostname),
    status: toPrintable(server.status),
    ipAddress: toText(server.ipAddress),
    ipv6Address: toText(server.ipv6Address),
    ...toConnection(server, source),
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
    listPriceMonthly: toNumber(prices?.priceOf(server)?.monthly),
  };
}

/** Accounts in the given order, their servers in the view's order. `namesAccounts` adds the account to each server. */
export function toExportedServers(
  sources: readonly ExportSource[],
  namesAccounts: boolean,
): readonly ExportedServer[] {
  return sources.flatMap((source) =>
    [...source.servers]
      .sort(compareServers)
      .map((server) => toExported(server, source, namesAccounts)),
  );
}
