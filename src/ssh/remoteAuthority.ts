import type { SshTarget } from './profile.ts';

/** Whether only an alias of our config file can lead there: an authority has no room for a port, a key or a jump host. */
export function needsAlias({ port, identityFile, jumpHost }: SshTarget): boolean {
  return port !== 22 || identityFile !== undefined || jumpHost !== undefined;
}

/**
 * The authority of a remote window, for every Remote-SSH extension. VS Code lowers its case and cuts it at colons; a user with
 * capitals and an IPv6 address are therefore sent as JSON in hexadecimal digits, which these extensions read too.
 */
export function toRemoteAuthority({ host, user }: SshTarget, alias: string | undefined): string {
  if (alias !== undefined) {
    return `ssh-remote+${alias}`;
  }
  const plain = `${user}@${host}`;
  return /^[a-z0-9_.@-]+$/u.test(plain)
    ? `ssh-remote+${plain}`
    : `ssh-remote+${Buffer.from(JSON.stringify({ hostName: host, user })).toString('hex')}`;
}
