import type { Account } from '../core/account.ts';
import { isOnThisComputer, reachableAt, toUsableHostname } from '../core/address.ts';
import type { Server } from '../core/server.ts';
import { isSampleAddress } from './sampleAddress.ts';

/** How `ssh` connects. Not checked: the values come from settings. */
export interface SshProfile {
  readonly user: string;
  readonly port: number;
  readonly identityFile: string | undefined;
  /** `[user@]host[:port]`, several separated by commas. */
  readonly jumpHost: string | undefined;
}

/** A checked profile and where it leads. No value can be taken for an option, a second word or a second line. */
export interface SshTarget extends SshProfile {
  /** A usable address or hostname. */
  readonly host: string;
}

export type NoTargetReason =
  | 'noAddress'
  | 'unusableAddress'
  | 'sample'
  | 'invalidUser'
  | 'invalidPort'
  | 'invalidIdentityFile'
  | 'invalidJumpHost';

/** Which property of a server `ssh` connects to. Servers without a usable hostname are reached by their address. */
export const sshHosts = ['address', 'hostname'] as const;
export type SshHost = (typeof sshHosts)[number];

export const defaultProfile: SshProfile = {
  user: 'root',
  port: 22,
  identityFile: undefined,
  jumpHost: undefined,
};

const userPattern = /^\w[\w.-]{0,63}$/;
const hop = /^(?:(?<user>[^@]*)@)?(?<host>\w[\w.-]{0,252}|\[[\da-f:.]{2,45}\])(?::(?<port>\d+))?$/i;
/**
 * An absolute path or one below the home folder, in the spelling of POSIX or Windows. Without the characters that `ssh`, shells or
 * PowerShell replace inside double quotes (`"`, `$`, `%`, backslashes, backticks, `!`).
 */
const pathPattern = /^(?:~\/|\/|[a-z]:\/)[\p{L}\p{M}\p{N} ._~/:+@()[\],=&'#;-]{1,500}$/iu;

function isSshUser(text: string): boolean {
  return userPattern.test(text);
}

function isSshPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** "none" is refused, because `ssh` takes it for no jump host. */
export function isJumpHost(text: string): boolean {
  return text.split(',').every((each) => {
    const { user, host = '', port } = hop.exec(each)?.groups ?? {};
    return (
      host !== '' &&
      host.toLowerCase() !== 'none' &&
      (user === undefined || isSshUser(user)) &&
      (port === undefined || isSshPort(Number(port)))
    );
  });
}

/** The path with slashes, which `ssh` accepts on Windows too; undefined if it is no path that can be passed on. */
export function toIdentityFile(text: string): string | undefined {
  const isWindows = /^[a-z]:\\/iu.test(text);
  const path = isWindows ? text.replaceAll('\\', '/') : text;
  return pathPattern.test(path) && path === path.trim() ? path : undefined;
}

function hostOf(
  server: Pick<Server, 'ipAddress' | 'ipv6Address' | 'hostname'>,
  mayBeLoopback: boolean,
  host: SshHost,
): string | undefined {
  // `ssh` looks up ASCII names only.
  const hostname = toUsableHostname(server.hostname, mayBeLoopback)?.toLowerCase();
  return host === 'hostname' && hostname !== undefined && /^[\w.-]+$/.test(hostname)
    ? hostname
    : reachableAt(server, mayBeLoopback);
}

/** Where and as whom `ssh` connects to a server, or why it cannot. Every command, file and panel uses this decision. */
export function sshTarget(
  server: Pick<Server, 'ipAddress' | 'ipv6Address' | 'hostname'>,
  profile: SshProfile,
  account: Pick<Account, 'kind' | 'apiUrl'>,
  host: SshHost = 'address',
): SshTarget | NoTargetReason {
  const mayBeLoopback = isOnThisComputer(account);
  const address = reachableAt(server, mayBeLoopback);
  const destination = hostOf(server, mayBeLoopback, host);
  if (destination === undefined) {
    return server.ipAddress || server.ipv6Address ? 'unusableAddress' : 'noAddress';
  }
  return address !== undefined && isSampleAddress(address)
    ? 'sample'
    : checkedTarget(destination, profile);
}

/** A target for a host that was already checked. */
export function checkedTarget(host: string, profile: SshProfile): SshTarget | NoTargetReason {
  const { user, port, jumpHost } = profile;
  const identityFile =
    profile.identityFile === undefined ? undefined : toIdentityFile(profile.identityFile);
  if (!isSshUser(user)) {
    return 'invalidUser';
  }
  if (!isSshPort(port)) {
    return 'invalidPort';
  }
  if (identityFile === undefined && profile.identityFile !== undefined) {
    return 'invalidIdentityFile';
  }
  if (jumpHost !== undefined && !isJumpHost(jumpHost)) {
    return 'invalidJumpHost';
  }
  return { host, user, port, identityFile, jumpHost };
}

function options({ port, identityFile, jumpHost }: SshTarget): string[] {
  return [
    ...(port === defaultProfile.port ? [] : ['-p', String(port)]),
    ...(identityFile === undefined ? [] : ['-i', identityFile]),
    ...(jumpHost === undefined ? [] : ['-J', jumpHost]),
  ];
}

/** Everything after `ssh`, for a process without a shell. */
export function sshArguments(target: SshTarget): string[] {
  return [...options(target), '-l', target.user, '--', target.host];
}

/** Inside double quotes, no character of a checked target has a meaning in POSIX shells, PowerShell or cmd. */
function quote(argument: string): string {
  return /^[\w.:/-]+$/.test(argument) ? argument : `"${argument}"`;
}

/** The command to type into a shell. */
export function sshCommand(target: SshTarget): string {
  const destination = `${target.user}@${target.host}`;
  return ['ssh', ...options(target).map(quote), destination].join(' ');
}

/** The lines of a `Host` block in an ssh_config, without the `Host` line. */
export function configLines(target: SshTarget): readonly string[] {
  const { host, user, port, identityFile, jumpHost } = target;
  return [
    `    HostName ${host}`,
    `    User ${user}`,
    ...(port === defaultProfile.port ? [] : [`    Port ${String(port)}`]),
    ...(identityFile === undefined ? [] : [`    IdentityFile "${identityFile}"`]),
    ...(jumpHost === undefined ? [] : [`    ProxyJump ${jumpHost}`]),
  ];
}
