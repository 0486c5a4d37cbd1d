import * as v from 'valibot';
import { isSameRef } from '../../../core/refs.ts';
import type { ServerRef } from '../../../core/refs.ts';
import {
  findConflicts,
  isSameSettings,
  mergeBasis,
  mergeSettings,
} from '../../../core/serverSettings.ts';
import type { SettingsValues } from '../../../core/serverSettings.ts';
import { persistedDetailsSchema } from '../protocol.ts';
import type { DetailsDraft } from '../protocol.ts';

// Unsaved changes in "Settings". Without a draft, the form shows the server's settings.

/** Undefined if the draft equals the server's settings. */
function unlessSame(draft: DetailsDraft, settings: SettingsValues): DetailsDraft | undefined {
  return isSameSettings(draft.values, settings) ? undefined : draft;
}

/** The draft after a change in the form. */
export function edit(
  draft: DetailsDraft | undefined,
  settings: SettingsValues,
  change: Partial<SettingsValues>,
): DetailsDraft | undefined {
  return unlessSame(
    { values: { ...(draft?.values ?? settings), ...change }, basis: draft?.basis ?? settings },
    settings,
  );
}

/**
 * The draft after the server's settings were loaded. Settings that were not edited, or edited to the same value, follow the
 * server.
 */
export function follow(
  draft: DetailsDraft | undefined,
  settings: SettingsValues,
): DetailsDraft | undefined {
  if (draft === undefined) {
    return undefined;
  }
  const { values, basis } = draft;
  const merged = {
    values: mergeSettings(basis, settings, values),
    basis: mergeBasis(basis, settings, values),
  };
  return unlessSame(merged, settings);
}

/** Whether saving would overwrite what was changed elsewhere since editing started. */
export function isOutdated(draft: DetailsDraft | undefined, settings: SettingsValues): boolean {
  return draft !== undefined && findConflicts(draft.basis, settings, draft.values).length > 0;
}

/** Reads the draft from the persisted state, if it belongs to this server. */
export function persistedDraft(persisted: unknown, ref: ServerRef): DetailsDraft | undefined {
  const { success, output } = v.safeParse(persistedDetailsSchema, persisted);
  return success && isSameRef(output.ref, ref) ? output.draft : undefined;
}
