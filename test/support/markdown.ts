import { readFileSync, writeFileSync } from 'node:fs';

/** Tables in the docs that are observed by running something, between `<!-- begin: NAME -->` and `<!-- end: NAME -->`. */

type Cells = readonly string[];

/** Wider cells end where they end: they would push everything else out of sight. */
const widestPadding = 45;

/** A table in Markdown whose columns line up in a terminal too, as far as that can be. */
export function markdownTable(head: Cells, rows: readonly Cells[]): string {
  const safe = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.min(widestPadding, Math.max(3, ...safe.map((row) => row[column]?.length ?? 0))));
  const lines = safe.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}

/** The generated part of this name; undefined where the file has none. */
export function generatedPart(file: string, name: string): string | undefined {
  return partOf(readFileSync(file, 'utf8'), name)?.[2]?.trim();
}

/** Puts `text` into the generated part of this name. Throws where the file has none. */
export function writeGeneratedPart(file: string, name: string, text: string): void {
  const before = readFileSync(file, 'utf8');
  const part = partOf(before, name);
  if (!part) {
    throw new Error(`${file} has no part "${name}"`);
  }
  const [whole, begin, , end] = part;
  writeFileSync(file, before.replace(whole, () => `${begin}\n\n${text}\n\n${end}`));
}

function partOf(text: string, name: string): RegExpExecArray | null {
  return new RegExp(`(<!-- begin: ${name} -->)([^]*?)(<!-- end: ${name} -->)`, 'u').exec(text);
}
