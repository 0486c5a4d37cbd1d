import * as vscode from 'vscode';
import { isOnThisComputer } from '../core/address.ts';
import { toCopyable } from '../core/copyable.ts';
import type { CopyableFact } from '../core/copyable.ts';
import type { Server } from '../core/server.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { withStatusBarProgress } from '../host/progress.ts';
import { resolveTargets } from '../host/serverPicker.ts';
import type { Target } from '../state/targets.ts';
import { notCopiedText } from '../text/copying.ts';
import { plural } from '../text/l10n.ts';

interface CopyOptions {
  readonly placeholder: string;
  readonly none: string;
  /** The first one that can be copied is copied. */
  readonly facts: readonly [CopyableFact, ...CopyableFact[]];
  /** Loads servers of which the first fact is unknown. */
  readonly loadsUnknown?: boolean;
}

/** Requests that run at a time. */
const maxRequests = 4;

/** Copy IP Address. */
export function copyIpAddresses(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return copy(context, args, {
    placeholder: vscode.l10n.t('Copy the IP address of which server?'),
    none: vscode.l10n.t('There is no IP address to copy.'),
    facts: ['ipAddress', 'ipv6Address'],
  });
}

/** Copy IPv6 Address. The list does not contain these addresses, so unknown ones are loaded first. */
export function copyIpv6Addresses(
  context: CommandContext,
  args: readonly unknown[],
): Promise<void> {
  return copy(context, args, {
    placeholder: vscode.l10n.t('Copy the IPv6 address of which server?'),
    none: vscode.l10n.t('There is no IPv6 address to copy.'),
    facts: ['ipv6Address'],
    loadsUnknown: true,
  });
}

/** Copy Hostname. */
export function copyHostnames(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return copy(context, args, {
    placeholder: vscode.l10n.t('Copy the hostname of which server?'),
    none: vscode.l10n.t('There is no hostname to copy.'),
    facts: ['hostname'],
  });
}

/** Copy ID. */
export function copyIds(context: CommandContext, args: readonly unknown[]): Promise<void> {
  return copy(context, args, {
    placeholder: vscode.l10n.t('Copy the ID of which server?'),
    none: vscode.l10n.t('There is no ID to copy.'),
    facts: ['id'],
  });
}

/** Copies one line per server that has a usable value, and names the servers that have only an unusable one. */
async function copy(
  context: CommandContext,
  args: readonly unknown[],
  { placeholder, none, facts, loadsUnknown = false }: CopyOptions,
): Promise<void> {
  const { sessions, messages } = context;
  const valueOf = (server: Server, accountId: string): string | undefined => {
    const account = sessions.get(accountId)?.account;
    const mayBeLoopback = account !== undefined && isOnThisComputer(account);
    return facts
      .map((fact) => toCopyable(server, fact, mayBeLoopback))
      .find((value) => value !== undefined);
  };
  const isUnknown = (server: Server): boolean => loadsUnknown && server[facts[0]] === undefined;
  const chosen = await resolveTargets(context, args, {
    placeholder,
    none,
    accepts: (server, { accountId }) =>
      isUnknown(server) || valueOf(server, accountId) !== undefined,
  });
  const targets = chosen.some(({ server }) => isUnknown(server))
    ? await withStatusBarProgress(vscode.l10n.t('Loading servers from VPS.org'), () =>
        loadTargets(chosen, isUnknown),
      )
    : chosen;
  const found = targets.map(({ server, ref }) => ({
    server,
    value: valueOf(server, ref.accountId),
  }));
  const values = found.flatMap(({ value }) => value ?? []);
  const refused = found.filter(
    ({ server, value }) => value === undefined && facts.some((fact) => Boolean(server[fact])),
  );
  const [first] = values;
  if (first !== undefined) {
    await vscode.env.clipboard.writeText(values.join('\n'));
    messages.flash(
      values.length === 1
        ? vscode.l10n.t('Copied {0}', first)
        : plural(vscode.l10n.t('Copied {0, plural, one {# line} other {# lines}}'), values.length),
    );
  } else if (targets.length > 0 && refused.length === 0) {
    messages.info(none);
  }
  if (refused.length > 0) {
    const servers = refused.map(({ server }) => server);
    messages.warn(notCopiedText(facts[0], servers));
  }
}

/** Replaces the servers that `needsLoading` by what VPS.org returns. A server that no longer exists stays as it was. */
async function loadTargets(
  targets: readonly Target[],
  needsLoading: (server: Server) => boolean,
): Promise<readonly Target[]> {
  const loaded = [...targets];
  const waiting = targets.flatMap((target, index) =>
    needsLoading(target.server) ? [{ target, index }] : [],
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { target, index } = next;
      const server = await target.session.loadServer(target.ref.serverId);
      loaded[index] = { ...target, server: server ?? target.server };
    }
  };
  await Promise.all(Array.from({ length: maxRequests }, work));
  return loaded;
}
