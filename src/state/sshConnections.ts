import { refKey } from '../core/refs.ts';
import { toSshAliases } from '../core/sshAliases.ts';
import type { NoTargetReason, SshTarget } from '../ssh/profile.ts';
import type { Sessions } from './sessions.ts';
import type { SshProfiles } from './sshProfiles.ts';
import type { Target } from './targets.ts';

/** A server, and how SSH connects to it or why it cannot. */
export interface Connection {
  readonly target: Target;
  readonly ssh: SshTarget | NoTargetReason;
}

/** The servers of all accounts. */
export function allConnections(
  sessions: Sessions,
  profiles: Pick<SshProfiles, 'targetOf'>,
): readonly Connection[] {
  return sessions.all.flatMap((session) =>
    session.servers.servers.map((server) => {
      const target = {
        ref: { accountId: session.account.id, serverId: server.id },
        session,
        server,
      };
      return { target, ssh: profiles.targetOf(target) };
    }),
  );
}

/**
 * The alias of each server that is not simulated, by `refKey`: in our config file and in exports. Servers without an address take part, so
 * that an alias stays the same when one gets its address.
 */
export function aliasesOf(
  connections: readonly Connection[],
  taken: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const real = connections.filter(({ ssh }) => ssh !== 'sample').map(({ target }) => target);
  const aliases = toSshAliases(
    real.map(({ server: { id, name } }) => ({ id, name })),
    taken,
  );
  return new Map(real.map(({ ref }, index) => [refKey(ref), aliases[index] ?? '']));
}
