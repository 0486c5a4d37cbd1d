import { refKey } from '../core/refs.ts';
import type { Sessions } from '../state/sessions.ts';
import { aliasesOf, allConnections } from '../state/sshConnections.ts';
import type { Connection } from '../state/sshConnections.ts';
import type { SshProfiles } from '../state/sshProfiles.ts';
import { toConfigText } from './configText.ts';
import type { NoTargetReason } from './profile.ts';
import type { SshFolder } from './sshFolder.ts';

/** What writing needs of `SshFolder`. */
export type ConfigFiles = Pick<SshFolder, 'inspect' | 'write'>;

export interface ManagedConfig {
  /** Aliases by `refKey`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The number of servers in the lists. */
  readonly total: number;
  /** The reason of each server that the config leaves out. */
  readonly skipped: readonly NoTargetReason[];
}

/**
 * Writes our config file for the servers of all accounts. Undefined, and nothing is written, while the list of an account is
 * unknown: its aliases would vanish.
 *
 * @throws FolderError if the files cannot be used
 */
export async function writeManagedConfig(
  folder: ConfigFiles,
  sessions: Sessions,
  profiles: SshProfiles,
): Promise<ManagedConfig | undefined> {
  const isKnown = sessions.all.every(
    ({ account, servers }) => account.kind === 'sample' || servers.load.knownAt !== undefined,
  );
  if (!sessions.isLoaded || !isKnown) {
    return undefined;
  }
  const { hosts } = await folder.inspect();
  const connections = allConnections(sessions, profiles);
  const aliases = aliasesOf(connections, hosts);
  const entries = connections.flatMap(({ target, ssh }) => {
    const key = refKey(target.ref);
    const alias = aliases.get(key);
    return typeof ssh === 'string' || alias === undefined
      ? []
      : [{ key, alias, name: target.server.name, target: ssh }];
  });
  await folder.write(toConfigText(entries));
  return {
    aliases: new Map(entries.map(({ key, alias }) => [key, alias])),
    ...countSkipped(connections),
  };
}

/** How many servers there are, and why our config file leaves out some of them. */
export function countSkipped(
  connections: readonly Connection[],
): Pick<ManagedConfig, 'total' | 'skipped'> {
  const skipped = connections.flatMap(({ ssh }) => (typeof ssh === 'string' ? [ssh] : []));
  return { total: connections.length, skipped };
}
