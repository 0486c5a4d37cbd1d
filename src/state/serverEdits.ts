import type { PlanSummary, Server } from '../core/server.ts';

/** A plan as it was when a change of it was noticed. */
export interface PlanState extends Pick<PlanSummary, 'name' | 'vcpus' | 'memoryMiB' | 'storageGB'> {
  /** The monthly list price in US dollars, if it was known. */
  readonly monthly: number | undefined;
}

/** A server when it was noticed that it had been created. */
export interface CreatedState extends PlanState {
  readonly location: string | undefined;
}

/** The texts of a server whose changes are recorded. */
export const editedTexts = ['name', 'hostname', 'location', 'os', 'ipAddress'] as const;
export type EditedText = (typeof editedTexts)[number];

/** One fact of a server that changed, other than its status. */
export type ServerEdit =
  | { readonly field: EditedText; readonly before: string; readonly after: string }
  | { readonly field: 'backups'; readonly before: boolean; readonly after: boolean }
  | { readonly field: 'plan'; readonly before: PlanState; readonly after: PlanState };

/** Which facts differ. A fact that either side lacks is no change: lists and replies may omit it. */
export function editsBetween(before: Server, after: Server): readonly ServerEdit[] {
  const edits: ServerEdit[] = [];
  if (before.plan !== after.plan && before.plan && after.plan && isOther(before.plan, after.plan)) {
    edits.push({ field: 'plan', before: toPlanState(before.plan), after: toPlanState(after.plan) });
  }
  for (const field of editedTexts) {
    const [was, is] = [textOf(before, field), textOf(after, field)];
    if (was && is && was !== is) {
      edits.push({ field, before: was, after: is });
    }
  }
  const [was, is] = [before.backupsEnabled, after.backupsEnabled];
  if (was !== undefined && is !== undefined && was !== is) {
    edits.push({ field: 'backups', before: was, after: is });
  }
  return edits;
}

export function toPlanState(plan: Partial<PlanSummary>, monthly?: number): PlanState {
  const { name, vcpus, memoryMiB, storageGB } = plan;
  return { name, vcpus, memoryMiB, storageGB, monthly };
}

/** By name and specs: VPS.org's own pages use different ids for the same plan. */
function isOther(a: PlanSummary, b: PlanSummary): boolean {
  return (['name', 'vcpus', 'memoryMiB', 'storageGB'] as const).some(
    (fact) => a[fact] !== undefined && b[fact] !== undefined && a[fact] !== b[fact],
  );
}

function textOf(server: Server, field: EditedText): string | null | undefined {
  return field === 'os' ? server.os?.name : server[field];
}
