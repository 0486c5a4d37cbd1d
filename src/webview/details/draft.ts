import { isSameRef, toServerRef } from '../../core/refs.ts';
import type { ServerRef } from '../../core/refs.ts';
import type { DetailsDraft, SettingsValues } from '../../protocol/details.ts';

// What a person changed in "Settings" and did not save yet. Without a draft the form shows what VPS.org has.

export function isSameSettings(a: SettingsValues, b: SettingsValues): boolean {
  return a.name === b.name && a.hostname === b.hostname && a.backupsEnabled === b.backupsEnabled;
}

/** A draft that says nothing new is none. */
function unlessSame(draft: DetailsDraft, settings: SettingsValues): DetailsDraft | undefined {
  return isSameSettings(draft.values, settings) ? undefined : draft;
}

export function edit(
  draft: DetailsDraft | undefined,
  settings: SettingsValues,
  change: Partial<SettingsValues>,
): DetailsDraft | undefined {
  return unlessSame({ values: { ...(draft?.values ?? settings), ...change }, basis: draft?.basis ?? settings }, settings);
}

/** The draft after news of the server. What was not known when the person began is filled in. */
export function follow(draft: DetailsDraft | undefined, settings: SettingsValues): DetailsDraft | undefined {
  if (draft === undefined) {
    return undefined;
  }
  const { values, basis } = draft;
  const known = (old: SettingsValues): SettingsValues => ({
    ...old,
    backupsEnabled: old.backupsEnabled ?? settings.backupsEnabled,
  });
  return unlessSame({ values: known(values), basis: known(basis) }, settings);
}

/** Whether the server was changed elsewhere since the person began to edit. What is not known is no change. */
export function isOutrun(draft: DetailsDraft | undefined, settings: SettingsValues): boolean {
  const { name, hostname, backupsEnabled = draft?.basis.backupsEnabled } = settings;
  return draft !== undefined && !isSameSettings(draft.basis, { name, hostname, backupsEnabled });
}

function toSettings(value: unknown): SettingsValues | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { name, hostname, backupsEnabled } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof hostname === 'string'
    ? { name, hostname, backupsEnabled: typeof backupsEnabled === 'boolean' ? backupsEnabled : undefined }
    : undefined;
}

/** Reads a draft out of what the webview kept, where it belongs to this server. */
export function keptDraft(kept: unknown, ref: ServerRef): DetailsDraft | undefined {
  if (typeof kept !== 'object' || kept === null) {
    return undefined;
  }
  const { ref: keptRef, draft } = kept as Record<string, unknown>;
  const server = toServerRef(keptRef);
  if (!server || !isSameRef(server, ref) || typeof draft !== 'object' || draft === null) {
    return undefined;
  }
  const { values, basis } = draft as Record<string, unknown>;
  const [keptValues, keptBasis] = [toSettings(values), toSettings(basis)];
  return keptValues && keptBasis ? { values: keptValues, basis: keptBasis } : undefined;
}
