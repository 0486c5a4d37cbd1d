import * as vscode from 'vscode';
import { isGroup, isSameRef, refKey, toServerRef, toServerRefs } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { compareServers } from '../core/grouping.ts';
import type { Server } from '../core/server.ts';
import { escapeIcons } from '../core/text.ts';
import type { Session } from '../state/session.ts';
import type { Sessions } from '../state/sessions.ts';
import type { CommandContext } from './context.ts';

/** A server that a command works on, looked up just now. */
export interface Target {
  readonly ref: ServerRef;
  readonly session: Session;
  readonly server: Server;
}

export interface PickOptions {
  /** What is asked for, e.g. "Stop which server?" */
  readonly placeholder: string;
  /** For which servers the command makes sense now. */
  readonly accepts: (server: Server, ref: ServerRef) => boolean;
  /** What to say when there is none. */
  readonly none: string;
}

/**
 * The servers that a command was started with: the clicked row, a server or a group of them, and where it is part of a
 * selection, the whole selection, each server once. VS Code passes `(clicked, selected[])`. Undefined: started without a row
 * of servers, so the person is to be asked.
 */
export function targetsFromArguments(sessions: Sessions, args: readonly unknown[]): readonly Target[] | undefined {
  const [clicked, selection] = args;
  if (!toServerRef(clicked) && !isGroup(clicked)) {
    return undefined;
  }
  const selected: readonly unknown[] = Array.isArray(selection) ? selection : [];
  const rows = selected.some((row) => isSameRow(row, clicked)) ? selected : [clicked];
  const refs = new Map(rows.flatMap(toServerRefs).map((ref) => [refKey(ref), ref]));
  return [...refs.values()].flatMap((ref) => toTarget(sessions, ref) ?? []);
}

/** VS Code passes the row itself in both places; a keybinding or another extension may pass copies. */
function isSameRow(a: unknown, b: unknown): boolean {
  const [refA, refB] = [toServerRef(a), toServerRef(b)];
  return a === b || (refA !== undefined && refB !== undefined && isSameRef(refA, refB));
}

/** Whether a command was started with more than a server: then it always asks, also where that is one server only. */
export function isForMany(args: readonly unknown[]): boolean {
  return isGroup(args[0]) || (Array.isArray(args[1]) && args[1].length > 1);
}

export function toTarget(sessions: Sessions, ref: ServerRef): Target | undefined {
  const found = sessions.find(ref);
  return found && { ref, ...found };
}

/** The targets of a command: from its arguments, otherwise asked for. Empty where the person changed their mind. */
export async function resolveTargets(
  context: CommandContext,
  args: readonly unknown[],
  options: PickOptions,
): Promise<readonly Target[]> {
  const given = targetsFromArguments(context.sessions, args);
  if (given) {
    if (given.length === 0) {
      context.messages.info(vscode.l10n.t('This server is not there any more.'));
    }
    return given;
  }
  return pickServers(context, options);
}

/** As `resolveTargets`, for commands that work on one server: of a selection, the clicked one. */
export async function resolveTarget(
  context: CommandContext,
  args: readonly unknown[],
  options: PickOptions,
): Promise<Target | undefined> {
  const [target] = await resolveTargets(context, args.slice(0, 1), options);
  return target;
}

interface ServerItem extends vscode.QuickPickItem {
  readonly target: Target;
}

async function pickServers(context: CommandContext, options: PickOptions): Promise<readonly Target[]> {
  const { sessions, messages } = context;
  if (sessions.all.length === 0) {
    await vscode.commands.executeCommand('vpsOrg.signIn');
    return [];
  }
  await loadUnseen(sessions);
  const items = sessions.all.flatMap((session) => itemsOf(session, options, sessions.all.length > 1));
  if (items.length === 0) {
    messages.info(options.none);
    return [];
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: options.placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const target = picked && toTarget(sessions, picked.target.ref);
  return target ? [target] : [];
}

function itemsOf(session: Session, options: PickOptions, isMany: boolean): readonly ServerItem[] {
  return [...session.servers.servers]
    .filter((server) => options.accepts(server, { accountId: session.account.id, serverId: server.id }))
    .sort(compareServers)
    .map((server) => ({
      label: escapeIcons(server.name),
      description: escapeIcons(
        [server.status, server.ipAddress ?? server.ipv6Address, server.location].filter(Boolean).join(' · '),
      ),
      ...(isMany || session.account.kind === 'sample'
        ? { detail: escapeIcons(accountText(session)) }
        : {}),
      target: { ref: { accountId: session.account.id, serverId: server.id }, session, server },
    }));
}

function accountText(session: Session): string {
  const { label, kind } = session.account;
  return kind === 'sample' ? vscode.l10n.t('{0} (sample)', label) : label;
}

/** The palette works before the view was ever opened: then the lists are fetched first, unless one is at hand from before. */
async function loadUnseen(sessions: Sessions): Promise<void> {
  const unseen = sessions.all.filter(({ servers, isRejected }) => servers.load.loadedAt === undefined && !isRejected);
  const waited = unseen.filter(({ servers }) => servers.load.keptFrom === undefined);
  const loading = unseen.map(async (session) => session.refresh());
  if (waited.length === 0) {
    // The list tells how it went.
    void Promise.allSettled(loading);
    return;
  }
  const results = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Loading servers from VPS.org') },
    () => Promise.allSettled(loading),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed && sessions.all.every(({ servers }) => servers.load.loadedAt === undefined && servers.servers.length === 0)) {
    throw failed.reason;
  }
}
