import { readFileSync, writeFileSync } from 'node:fs';

// Generated sections of the docs are between `<!-- begin: NAME -->` and `<!-- end: NAME -->`.

type Cells = readonly string[];

/** Wider cells are not padded, or they would push other columns out of sight. */
const maxPadding = 45;

/** A Markdown table with aligned columns. */
export function markdownTable(head: Cells, rows: readonly Cells[]): string {
  const safe = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) =>
    Math.min(maxPadding, Math.max(3, ...safe.map((row) => row[column]?.length ?? 0))),
  );
  const lines = safe.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  return [
    lines[0],
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...lines.slice(1),
  ].join('\n');
}

/** The generated section with this name; undefined when the file has none. */
export function generatedSection(file: string, name: string): string | undefined {
  return findSection(readFileSync(file, 'utf8'), name)?.[2]?.trim();
}

/** Replaces the generated section with this name. Throws when the file has none. */
export function writeGeneratedSection(file: string, name: string, text: string): void {
  const before = readFileSync(file, 'utf8');
  const section = findSection(before, name);
  if (!section) {
    throw new Error(`${file} has no section "${name}"`);
  }
  const [whole, begin, , end] = section;
  writeFileSync(
    file,
    before.replace(whole, () => `${begin}\n\n${text}\n\n${end}`),
  );
}

function findSection(text: string, name: string): RegExpExecArray | null {
  return new RegExp(`(<!-- begin: ${name} -->)([^]*?)(<!-- end: ${name} -->)`, 'u').exec(text);
}
