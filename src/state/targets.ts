import { isGroup, isSameRef, refKey, toServerRef, toServerRefs } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import { isAllowed, isPowerAction, targetStatus } from '../core/server.ts';
import type { Server, ServerAction, ServerStatus } from '../core/server.ts';
import type { ServerActions } from './serverActions.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** A server that an action is meant for, as last known when the target was looked up. */
export interface Target {
  readonly ref: ServerRef;
  readonly session: Session;
  readonly server: Server;
}

/** Undefined when the account or the server is unknown. */
export function toTarget(sessions: Sessions, ref: ServerRef): Target | undefined {
  const found = sessions.find(ref);
  return found && { ref, ...found };
}

/**
 * Reads the servers from command arguments, which VS Code passes as `(clicked, selected[])`: the clicked row, which is a server
 * or a group, or the whole selection when the clicked row is part of it. Each server appears once; unknown ones are left out.
 * Undefined when the arguments name no servers at all.
 */
export function targetsFromArguments(
  sessions: Sessions,
  args: readonly unknown[],
): readonly Target[] | undefined {
  const [clicked, selection] = args;
  if (!toServerRef(clicked) && !isGroup(clicked)) {
    return undefined;
  }
  const selected: readonly unknown[] = Array.isArray(selection) ? selection : [];
  const rows = selected.some((row) => isSameRow(row, clicked)) ? selected : [clicked];
  const refs = new Map(rows.flatMap(toServerRefs).map((ref) => [refKey(ref), ref]));
  return [...refs.values()].flatMap((ref) => toTarget(sessions, ref) ?? []);
}

/** VS Code passes the same object in both places; a keybinding or another extension may pass copies. */
function isSameRow(a: unknown, b: unknown): boolean {
  const [refA, refB] = [toServerRef(a), toServerRef(b)];
  return a === b || (refA !== undefined && refB !== undefined && isSameRef(refA, refB));
}

/** Whether command arguments mean a group or a selection, even if only one server of it is left. */
export function isForMany(args: readonly unknown[]): boolean {
  return isGroup(args[0]) || (Array.isArray(args[1]) && args[1].length > 1);
}

/** Why an action does not apply to a server now. */
export type SkipReason =
  /** The server already has the status that the action leads to. */
  | { readonly kind: 'alreadyInStatus'; readonly status: ServerStatus }
  | { readonly kind: 'notAllowed'; readonly status: ServerStatus }
  | { readonly kind: 'protected' }
  /** Another request for the server is under way. */
  | { readonly kind: 'busy' };

export interface SkippedTarget {
  readonly target: Target;
  readonly reason: SkipReason;
}

export interface TargetSplit {
  readonly able: readonly Target[];
  readonly skipped: readonly SkippedTarget[];
}

/**
 * Divides targets by whether an action applies to them now. A single busy server is not skipped: the action itself then ends
 * as `busy`, which is reported in a sentence of its own.
 */
export function splitTargets(
  actions: ServerActions,
  targets: readonly Target[],
  action: ServerAction,
): TargetSplit {
  const able: Target[] = [];
  const skipped: SkippedTarget[] = [];
  for (const target of targets) {
    const reason =
      protectedReason(actions, target) ??
      statusReason(action, target.server) ??
      (targets.length > 1 && actions.running(target.ref) ? ({ kind: 'busy' } as const) : undefined);
    if (reason) {
      skipped.push({ target, reason });
    } else {
      able.push(target);
    }
  }
  return { able, skipped };
}

function protectedReason(actions: ServerActions, { ref, server }: Target): SkipReason | undefined {
  return actions.protection.reasonOf(ref, server) && { kind: 'protected' };
}

function statusReason(action: ServerAction, server: Server): SkipReason | undefined {
  if (isAllowed(action, server)) {
    return undefined;
  }
  const isPower = isPowerAction(action);
  const isThere = isPower && targetStatus(action) === server.status;
  return { kind: isThere ? 'alreadyInStatus' : 'notAllowed', status: server.status };
}

export function toRefs(targets: readonly Target[]): readonly ServerRef[] {
  return targets.map(({ ref }) => ref);
}
