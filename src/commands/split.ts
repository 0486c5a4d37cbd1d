import * as vscode from 'vscode';
import { isAllowed } from '../core/server.ts';
import type { ServerAction } from '../core/server.ts';
import { addressText } from '../host/serverText.ts';
import type { CommandContext } from './context.ts';
import type { Target } from './targets.ts';

/** What fits on a screen beside everything else that a question says: so many lines, and so many names one after the other. */
const mostLines = 15;
const mostNames = 200;

/** Names one after the other; of very many the first ones, and how many more there are. */
export function joinNames(names: readonly string[], most = mostNames): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? vscode.l10n.t('{0} and {1} more', shown, names.length - most) : shown;
}

/** Every server with address, location and what tells it from one of the same name: a line for each, of many the names alone. */
export function listTargets(targets: readonly Target[]): string {
  if (targets.length > mostLines) {
    return joinNames(targets.map(({ server }) => server.name));
  }
  const isOfSeveral = new Set(targets.map(({ session }) => session)).size > 1;
  return targets
    .map(({ server, session: { account } }) =>
      [
        server.name,
        addressText(server),
        server.location,
        isOfSeveral ? account.label : undefined,
        account.kind === 'sample' ? vscode.l10n.t('sample') : undefined,
      ]
        .filter(Boolean)
        .join(' · '),
    )
    .join('\n');
}

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
  return skipped.length === 0 ? undefined : vscode.l10n.t('Left out: {0}', joinNames(skipped));
}
