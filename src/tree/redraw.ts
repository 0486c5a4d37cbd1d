import type { Node } from './nodes.ts';

/** Which rows VS Code has to redraw. */

export function isSameRows(
  a: readonly (Node | undefined)[],
  b: readonly (Node | undefined)[],
): boolean {
  return a.length === b.length && a.every((node, index) => node === b[index]);
}

/** Rows with their groups, each once: a group shows counts of its servers. */
export function withGroups(rows: readonly (Node | undefined)[]): ReadonlySet<Node | undefined> {
  return new Set([
    ...rows,
    ...rows.map((row) => (row?.kind === 'server' ? row.parent : undefined)),
  ]);
}

/**
 * The rows to name to VS Code, which draws them and those in them; undefined for the whole tree. VS Code keeps the selection,
 * but where a selected row is redrawn, the selected rows below it lose their highlight, except when the whole tree is
 * drawn. An action would then apply to rows that do not look selected.
 */
export function rowsToRedraw(
  rows: readonly Node[],
  selection: readonly Node[],
): Node[] | undefined {
  const drawn = new Set(rows);
  const isDrawn = (row: Node): boolean => {
    const parent = row.kind === 'account' ? undefined : row.parent;
    return drawn.has(row) || (parent !== undefined && isDrawn(parent));
  };
  return selection.length > 1 && selection.some(isDrawn) ? undefined : [...rows];
}
