import { isRecord } from '../core/json.ts';
import { isGroup, toAccountId, toServerRef } from '../core/refs.ts';
import type { ViewControl } from './commandContext.ts';

/** What a key does on a row that its command does not apply to, by command: Enter does there what it does in every list. */
export const keyFallbacks: Readonly<Record<string, string>> = {
  'vpsOrg.server.open': 'list.select',
};

/**
 * The arguments of a command as VS Code's menus pass them: `(row, selected[])`. The keybindings of package.json pass the focused
 * row in a list of its own, because VS Code passes no selection with a key. Undefined where the key has no row to act on: after a
 * deletion no row has the focus, and a selected one elsewhere must not be the next.
 */
export function toRowArguments(
  view: Pick<ViewControl, 'selection'>,
  args: readonly unknown[],
): readonly unknown[] | undefined {
  const [list] = args;
  if (!Array.isArray(list)) {
    return args;
  }
  const { selection } = view;
  const row: unknown = list[0];
  return toServerRef(row) || isGroup(row) ? [row, selection] : undefined;
}

/**
 * Commands that act on the row of their menu. Others are in the titles of the view and of an editor too, where VS Code passes a row
 * only where one has the focus.
 */
const ofRows =
  /^vpsOrg\.(?:server\.(?!create$|keepOpen$)|(?:export|signIn|signOut|refreshAccount)$)/u;

/**
 * Whether VS Code lost the clicked row or a selected one. It looks rows up when an item of the menu is chosen, and passes nothing
 * for a row whose group is redrawn at that moment. Where the menu closes at the moment of the click, it passes
 * `{ preserveFocus: false }` instead of the row. The palette passes no arguments at all.
 */
export function hasLostRow(id: string, args: readonly unknown[]): boolean {
  if (!ofRows.test(id) || args.length === 0) {
    return false;
  }
  const [clicked, selection] = args;
  return isNoRow(clicked) || (Array.isArray(selection) && selection.some(isNoRow));
}

/** Texts and lists are no rows either, but come from callers that know what they pass. */
function isNoRow(value: unknown): boolean {
  return isRecord(value)
    ? !isGroup(value) && toAccountId(value) === undefined
    : value === undefined || value === null;
}
