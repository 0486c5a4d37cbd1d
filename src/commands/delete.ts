import * as vscode from 'vscode';
import { sleep } from '../core/clock.ts';
import { isAllowed } from '../core/server.ts';
import { formatTime } from '../host/errorText.ts';
import { askText } from '../host/inputBox.ts';
import type { CommandContext } from './context.ts';
import { requestsAtATime, runActions } from './runActions.ts';
import { joinNames, listTargets, skippedText, splitTargets } from './split.ts';
import { resolveTargets, toTarget } from './targets.ts';
import type { Target } from './targets.ts';

/** A person who wants to delete waits so long for a look at what is deleted. */
const lookLimitMs = 5_000;

interface Looked {
  /** Those that still exist, as far as is known. */
  readonly targets: readonly Target[];
  /** When those were listed that VPS.org did not tell about just now, in milliseconds since 1970. */
  readonly knownSince: number | undefined;
}

/**
 * What the list says may be old: by now a server may have another name, or be gone. So all of them are looked at before anybody
 * is asked about them. Where that is not possible the question says how old the knowledge is.
 */
async function lookAt({ sessions, messages, clock }: CommandContext, chosen: readonly Target[]): Promise<Looked> {
  const unseen = new Set(chosen);
  const limit = new AbortController();
  const look = async (target: Target): Promise<void> => {
    const { session, ref } = target;
    // Of many the list tells as well, with one request for all of them.
    await (chosen.length > requestsAtATime ? session.refresh() : session.loadServer(ref.serverId, limit.signal));
    unseen.delete(target);
  };
  const looks = Promise.allSettled(chosen.map(look)).finally(() => limit.abort());
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking VPS.org') }, () =>
    Promise.race([looks, sleep(clock, lookLimitMs, limit.signal).catch(() => undefined)]),
  );
  limit.abort();
  const gone = chosen.filter(({ ref }) => !toTarget(sessions, ref));
  if (gone.length > 0) {
    messages.info(vscode.l10n.t('Not there any more: {0}', joinNames(gone.map(({ server }) => server.name))));
  }
  const targets = chosen.flatMap(({ ref }) => toTarget(sessions, ref) ?? []);
  const times = [...unseen].flatMap(({ session: { servers } }) => servers.load.loadedAt ?? servers.load.keptFrom ?? []);
  return { targets, knownSince: times.length > 0 ? Math.min(...times) : undefined };
}

function questionDetail(targets: readonly Target[], knownSince: number | undefined, left: string | undefined): string {
  const [only] = targets;
  const age = knownSince && vscode.l10n.t('VPS.org cannot be reached now. This was known at {0}.', formatTime(knownSince));
  const facts = listTargets(targets);
  const account =
    targets.length === 1 && only ? vscode.l10n.t('Account: {0}', only.session.account.label) : undefined;
  const warning =
    targets.length === 1
      ? vscode.l10n.t('The server and everything on it will be deleted for good. This cannot be undone.')
      : vscode.l10n.t('These servers and everything on them will be deleted for good. This cannot be undone.');
  return [facts, account, left, age, warning].filter(Boolean).join('\n\n');
}

/** The second hurdle: the name is typed, or for several servers their number. */
async function isTyped(targets: readonly Target[]): Promise<boolean> {
  const [only] = targets;
  if (!only) {
    return false;
  }
  const expected = targets.length === 1 ? only.server.name : String(targets.length);
  let typed = false;
  await askText({
    title: targets.length === 1 ? vscode.l10n.t('Delete "{0}"', expected) : vscode.l10n.t('Delete {0} servers', expected),
    prompt:
      targets.length === 1
        ? vscode.l10n.t('Type the name of the server, {0}, to delete it for good.', expected)
        : vscode.l10n.t('Type the number of servers, {0}, to delete them for good.', expected),
    placeholder: expected,
    submit: (text) => {
      typed = text.trim() === expected.trim();
      return Promise.resolve(
        typed ? undefined : vscode.l10n.t('This is not "{0}". Nothing is deleted.', expected),
      );
    },
  });
  return typed;
}

/**
 * Asks as the settings demand, then deletes (endpoint 6). The one way to a deletion, from wherever it was asked for; arguments
 * can name servers but never skip a question.
 */
export async function deleteServers(context: CommandContext, chosen: readonly Target[]): Promise<void> {
  const looked = await lookAt(context, chosen);
  const split = splitTargets(context, looked.targets, 'delete');
  const targets = split.able;
  const [first] = targets;
  if (!first) {
    return;
  }
  const isConfirmed = await context.messages.confirm({
    message:
      targets.length === 1
        ? vscode.l10n.t('Delete "{0}"?', first.server.name)
        : vscode.l10n.t('Delete {0} servers?', targets.length),
    detail: questionDetail(targets, looked.knownSince, skippedText(split)),
    confirm: vscode.l10n.t('Delete'),
  });
  if (!isConfirmed || (context.settings.deleteConfirmation === 'typeName' && !(await isTyped(targets)))) {
    return;
  }
  const changed = targets.filter(({ ref, server }) => {
    const now = toTarget(context.sessions, ref)?.server;
    return now !== undefined && now.name !== server.name;
  });
  if (changed.length > 0) {
    context.messages.warn(
      vscode.l10n.t('Nothing was deleted: "{0}" was renamed in the meantime.', changed[0]?.server.name ?? ''),
    );
    return;
  }
  await runActions(context, targets, {
    action: 'delete',
    progressTitle: vscode.l10n.t('Deleting'),
    run: ({ ref }) => context.actions.delete(ref),
    retry: (left) => deleteServers(context, left),
  });
}

/** Delete... */
export function registerDelete(context: CommandContext): void {
  context.registry.register('vpsOrg.server.delete', async (...args) => {
    const targets = await resolveTargets(context, args, {
      placeholder: vscode.l10n.t('Delete which server?'),
      none: vscode.l10n.t('There is no server to delete.'),
      accepts: (server) => isAllowed('delete', server.status),
    });
    await deleteServers(context, targets);
  });
}
