import { generatedSection, markdownTable, writeGeneratedSection } from '../../support/markdown.ts';
import { faultDefinition } from '../faultCatalog.ts';
import type { ObservedJump } from '../clockJumps.ts';
import type { Budget } from '../requestBudget.ts';
import { requestIds, requests } from '../table.ts';
import type { FaultRow, Outcome, RequestId } from '../table.ts';

/** An observed row of the fault table. */
export interface Observed extends Outcome {
  readonly row: FaultRow;
  /** Requests that arrived at the other origin; `none` is right. */
  readonly otherOrigin: string;
}

const file = 'docs/reliability.md';

/** The fault table, one section per request. */
export function faultTable(observed: readonly Observed[]): string {
  const head = [
    'Fault',
    'Error kind',
    'Message',
    'Servers',
    'Requests',
    'Afterwards',
    'To other origin',
    'In VS Code',
  ];
  return requestIds
    .map((request) => {
      const cells = observed
        .filter(({ row }) => row.request === request)
        .map((each) => [
          faultDefinition(each.row.id).title,
          each.error,
          each.message,
          each.servers,
          each.requests,
          each.afterwards,
          each.otherOrigin,
          each.row.inVscode ? 'yes' : '-',
        ]);
      return `### ${titleOf(request)}\n\n${markdownTable(head, cells)}`;
    })
    .join('\n\n');
}

/** The table of clock jumps. */
export function clockTable(
  jumped: readonly { title: string; jump: string; seen: ObservedJump }[],
): string {
  return markdownTable(
    ['While', 'The clock is set', 'Requests', 'Then', 'Servers'],
    jumped.map(({ title, jump, seen }) => [title, jump, seen.requests, seen.then, seen.servers]),
  );
}

/** The table of requests per hour. */
export function budgetTable(budgets: readonly Budget[]): string {
  return markdownTable(
    ['While', 'Lists', 'Single servers', 'Total'],
    budgets.map(({ title, list, single }) => [
      title,
      String(list),
      String(single),
      String(list + single),
    ]),
  );
}

function titleOf(request: RequestId): string {
  const { title, method, path } = requests[request];
  return `${title}: \`${method} ${path}\``;
}

/** The generated section of docs/reliability.md with this name; undefined when there is none. */
export function documentedSection(name: string): string | undefined {
  return generatedSection(file, name);
}

/** Replaces the generated section with this name. */
export function writeSection(name: string, text: string): void {
  writeGeneratedSection(file, name, text);
}
