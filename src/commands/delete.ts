import * as vscode from 'vscode';
import { runLimited } from '../core/concurrency.ts';
import { isAllowed } from '../core/server.ts';
import { formatTime } from '../host/errorText.ts';
import { askText } from '../host/inputBox.ts';
import type { CommandContext } from './context.ts';
import { listTargets, requestsAtATime, runActions } from './runActions.ts';
import { skippedText, splitTargets } from './split.ts';
import { resolveTargets, toTarget } from './targets.ts';
import type { Target } from './targets.ts';

/**
 * Servers that only an earlier run knew may have another name by now, or be gone: they are looked at before anybody is asked
 * about them. Where that is not possible the question says how old the knowledge is.
 */
async function lookAtKept({ sessions, messages }: CommandContext, targets: readonly Target[]): Promise<readonly Target[]> {
  const kept = targets.filter(({ session }) => session.servers.load.keptFrom !== undefined);
  if (kept.length === 0) {
    return targets;
  }
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking VPS.org') }, () =>
    runLimited(kept, requestsAtATime, ({ session, ref }) => session.loadServer(ref.serverId).catch(() => undefined)),
  );
  const there = targets.flatMap(({ ref }) => toTarget(sessions, ref) ?? []);
  const gone = targets.find(({ ref }) => !toTarget(sessions, ref));
  if (gone) {
    messages.info(vscode.l10n.t('"{0}" does not exist any more.', gone.server.name));
  }
  return there;
}

function ageText(targets: readonly Target[]): string | undefined {
  const ages = targets.flatMap(({ session, server }) =>
    session.servers.isKept(server.id) ? (session.servers.load.keptFrom ?? []) : [],
  );
  return ages.length > 0
    ? vscode.l10n.t('VPS.org cannot be reached now. This was known at {0}.', formatTime(Math.min(...ages)))
    : undefined;
}

function questionDetail(targets: readonly Target[], left: string | undefined): string {
  const [only] = targets;
  const facts = listTargets(targets);
  const account =
    targets.length === 1 && only ? vscode.l10n.t('Account: {0}', only.session.account.label) : undefined;
  const warning =
    targets.length === 1
      ? vscode.l10n.t('The server and everything on it will be deleted for good. This cannot be undone.')
      : vscode.l10n.t('These servers and everything on them will be deleted for good. This cannot be undone.');
  return [facts, account, left, ageText(targets), warning].filter(Boolean).join('\n\n');
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
  const split = splitTargets(context, await lookAtKept(context, chosen), 'delete');
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
    detail: questionDetail(targets, skippedText(split)),
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
