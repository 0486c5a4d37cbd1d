import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { ServerAction } from '../core/server.ts';
import type { CommandContext } from './context.ts';
import type { Target } from './targets.ts';

/** A question names at most so many servers. */
export const listedServers = 15;

export interface Split {
  /** Those for which the action makes sense now. */
  readonly able: readonly Target[];
  /** The others, each as "name (why)". */
  readonly skipped: readonly string[];
}

/** Divides the servers of a selection by whether an action can be taken now. */
export function splitTargets({ actions }: CommandContext, targets: readonly Target[], action: ServerAction): Split {
  const reasons = targets.map(({ ref, server }) => {
    if (!isAllowed(action, server.status)) {
      return server.status;
    }
    // For a server alone the answer says so, in a sentence of its own.
    return targets.length > 1 && actions.running(ref) ? vscode.l10n.t('another request is under way') : undefined;
  });
  return {
    able: targets.filter((_, index) => reasons[index] === undefined),
    skipped: targets.flatMap(({ server }, index) => {
      const why = reasons[index];
      return why === undefined ? [] : [vscode.l10n.t('{0} ({1})', server.name, why)];
    }),
  };
}

/** Who is left out and why, for a question; undefined where nobody is. */
export function skippedText({ skipped }: Split): string | undefined {
  if (skipped.length === 0) {
    return undefined;
  }
  const more = skipped.length - listedServers;
  const names = skipped.slice(0, listedServers).join(', ');
  return more > 0
    ? vscode.l10n.t('Left out: {0} and {1} more', names, more)
    : vscode.l10n.t('Left out: {0}', names);
}
