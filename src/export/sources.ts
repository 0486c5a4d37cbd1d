import * as vscode from 'vscode';
import type { CommandContext } from '../host/commandContext.ts';
import { refKey } from '../core/refs.ts';
import { withStatusBarProgress } from '../host/progress.ts';
import { defaultProfile } from '../ssh/profile.ts';
import type { Session } from '../state/session.ts';
import type { SshProfiles } from '../state/sshProfiles.ts';
import type { Target } from '../state/targets.ts';
import type { ExportSource } from './exportedServer.ts';
import { listedAtOf } from './notes.ts';

/** How long an export waits for prices. Without them, their fields are empty. */
const maxPriceWaitMs = 5_000;

export interface AccountSource extends ExportSource {
  readonly session: Session;
}

/**
 * The servers of each account and their SSH settings, as they are now.
 *
 * @param aliases of all servers, by `refKey`
 */
export function toSources(
  sessions: readonly Session[],
  targets: readonly Target[],
  profiles: Pick<SshProfiles, 'profileOf' | 'settings'>,
  aliases: ReadonlyMap<string, string>,
): readonly AccountSource[] {
  return sessions.map((session) => {
    const own = targets.filter((target) => target.session === session);
    const byId = new Map(own.map(({ ref }) => [ref.serverId, profiles.profileOf(ref)]));
    return {
      session,
      account: session.account,
      servers: own.map(({ server }) => server),
      listedAt: listedAtOf(session),
      ssh: {
        profileOf: ({ id }) => byId.get(id) ?? defaultProfile,
        aliasOf: ({ id }) => aliases.get(refKey({ accountId: session.account.id, serverId: id })),
        hostBy: profiles.settings.hostBy,
      },
    };
  });
}

/** Adds the prices of the accounts, as far as they arrive in time. */
export async function withPrices(
  { plans }: Pick<CommandContext, 'plans'>,
  sources: readonly AccountSource[],
): Promise<readonly ExportSource[]> {
  const catalog = await plans();
  return withStatusBarProgress(vscode.l10n.t('Loading prices from VPS.org'), () =>
    Promise.all(
      sources.map(async (source) => ({
        ...source,
        prices: await catalog.waitForPrices(source.session, maxPriceWaitMs),
      })),
    ),
  );
}
