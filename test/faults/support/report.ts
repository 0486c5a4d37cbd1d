import { generatedPart, markdownTable, writeGeneratedPart } from '../../support/markdown.ts';
import { scriptable } from '../catalogue.ts';
import type { ObservedJump } from '../clockJumps.ts';
import type { Budget } from '../requestBudget.ts';
import { requestIds, requests } from '../table.ts';
import type { FaultRow, Outcome, RequestId } from '../table.ts';

/** A row of the fault table as it was observed. */
export interface Observed extends Outcome {
  readonly row: FaultRow;
  /** What came to another origin: nothing should. */
  readonly elsewhere: string;
}

const file = 'docs/reliability.md';

/** The fault table, one part for each request. */
export function faultTable(observed: readonly Observed[]): string {
  const head = ['Fault', 'Error kind', 'What is shown', 'What is kept', 'Requests', 'Then', 'Token elsewhere', 'In VS Code'];
  return requestIds
    .map((request) => {
      const cells = observed.filter(({ row }) => row.request === request).map((each) => [
        scriptable(each.row.id).words,
        each.error,
        each.shown,
        each.kept,
        each.requests,
        each.then,
        each.elsewhere,
        each.row.inVscode ? 'yes' : '-',
      ]);
      return `### ${titleOf(request)}\n\n${markdownTable(head, cells)}`;
    })
    .join('\n\n');
}

/** What becomes of waiting when the clock of the computer is set. */
export function clockTable(jumped: readonly { words: string; jump: string; seen: ObservedJump }[]): string {
  return markdownTable(
    ['While', 'The clock is set', 'Requests', 'Then', 'What is kept'],
    jumped.map(({ words, jump, seen }) => [words, jump, seen.requests, seen.then, seen.kept]),
  );
}

/** Requests in an hour. */
export function budgetTable(budgets: readonly Budget[]): string {
  return markdownTable(
    ['While', 'Lists', 'Looks at one server', 'In all'],
    budgets.map(({ words, list, single }) => [words, String(list), String(single), String(list + single)]),
  );
}

function titleOf(request: RequestId): string {
  const { title, method, path } = requests[request];
  return `${title}: \`${method} ${path}\``;
}

/** What docs/reliability.md says in its generated part of this name; undefined where it has none. */
export function documented(name: string): string | undefined {
  return generatedPart(file, name);
}

/** Puts `text` into the generated part of this name. */
export function document(name: string, text: string): void {
  writeGeneratedPart(file, name, text);
}
