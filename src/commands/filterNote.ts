import * as vscode from 'vscode';
import { isFiltering } from '../core/filter.ts';
import { isGroup } from '../core/refs.ts';
import type { CommandContext } from '../host/commandContext.ts';
import { filterText } from '../text/filters.ts';

/**
 * The part of a question that says that a group in the arguments has more servers than the filter shows, which an action does
 * not apply to. Undefined without a filter or a group.
 */
export function filterNote(
  { view }: Pick<CommandContext, 'view'>,
  args: readonly unknown[],
): string | undefined {
  return isFiltering(view.filter) && args.flat().some(isGroup)
    ? vscode.l10n.t(
        'Only the servers that the filter shows ({0}). Those that it hides are left alone.',
        filterText(view.filter),
      )
    : undefined;
}
