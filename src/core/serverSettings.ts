import type { Server } from './server.ts';

/** A server's settings as a form shows them. */
export interface SettingsValues {
  readonly name: string;
  readonly hostname: string;
  /** Undefined if unknown: the form then waits for it. */
  readonly backupsEnabled: boolean | undefined;
}

/** The settings of a server as a form shows them: without a hostname, the field is empty. */
export function settingsOf({ name, hostname, backupsEnabled }: Server): SettingsValues {
  return { name, hostname: hostname ?? '', backupsEnabled };
}

export type SettingsField = keyof SettingsValues;

/** A setting that was edited here and changed elsewhere to something else. Saving would overwrite it. */
export interface Conflict {
  readonly field: SettingsField;
  readonly current: string | boolean;
  readonly wanted: string | boolean;
}

const fields = ['name', 'hostname', 'backupsEnabled'] as const satisfies readonly SettingsField[];

/** Spaces around a text that was typed do not count. */
function isSame(a: string | boolean | undefined, b: string | boolean | undefined): boolean {
  return (typeof a === 'string' ? a.trim() : a) === (typeof b === 'string' ? b.trim() : b);
}

/** A setting that was unknown when editing started cannot have been edited. */
function isEdited(field: SettingsField, basis: SettingsValues, wanted: SettingsValues): boolean {
  return basis[field] !== undefined && !isSame(basis[field], wanted[field]);
}

export function isSameSettings(a: SettingsValues, b: SettingsValues): boolean {
  return fields.every((field) => a[field] === b[field]);
}

/** The wanted settings that differ from the current ones. */
export function changedSettings<W extends SettingsValues>(
  current: SettingsValues,
  wanted: W,
): Partial<W> {
  const names = fields.filter((field) => !isSame(current[field], wanted[field]));
  return Object.fromEntries(names.map((field) => [field, wanted[field]])) as Partial<W>;
}

/** The current values of the settings that were not edited, or to the same value. */
function unedited(
  basis: SettingsValues,
  current: SettingsValues,
  wanted: SettingsValues,
): Partial<SettingsValues> {
  const names = fields.filter(
    (field) =>
      current[field] !== undefined &&
      (!isEdited(field, basis, wanted) || isSame(current[field], wanted[field])),
  );
  return Object.fromEntries(names.map((field) => [field, current[field]]));
}

/**
 * Three-way merge: the wanted value of each setting that was edited, and the current one of each other, so that saving never
 * reverts what was changed elsewhere.
 *
 * @param basis the settings when editing started
 */
export function mergeSettings<W extends SettingsValues>(
  basis: SettingsValues,
  current: SettingsValues,
  wanted: W,
): W {
  return { ...wanted, ...unedited(basis, current, wanted) };
}

/** The basis after `mergeSettings`: the current value of each setting that was not edited. */
export function mergeBasis(
  basis: SettingsValues,
  current: SettingsValues,
  wanted: SettingsValues,
): SettingsValues {
  return { ...basis, ...unedited(basis, current, wanted) };
}

/** The settings that both sides changed since `basis`, to different values. */
export function findConflicts(
  basis: SettingsValues,
  current: SettingsValues,
  wanted: SettingsValues,
): readonly Conflict[] {
  return fields.flatMap((field) => {
    const [theirs, mine] = [current[field], wanted[field]];
    const isConflict =
      isEdited(field, basis, wanted) && theirs !== basis[field] && !isSame(theirs, mine);
    return isConflict && theirs !== undefined && mine !== undefined
      ? [{ field, current: theirs, wanted: mine }]
      : [];
  });
}
