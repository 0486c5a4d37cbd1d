import type { CreateProblems } from '../core/createForm.ts';
import type { Unit } from '../core/units.ts';
import type { HostnameProblem, NameProblem } from '../core/validation.ts';

/** Texts by key. They come from the host, which translates; a webview has no words of its own. */
export type Texts<K extends string> = Readonly<Record<K, string>>;

/** Amounts with their unit. */
export type UnitTextKey =
  | 'mebibytes' // "{0} MiB"
  | 'gibibytes' // "{0} GiB"
  | 'gigabytes' // "{0} GB"
  | 'terabytes'; // "{0} TB"

export const unitTextKeys: Readonly<Record<Unit, UnitTextKey>> = {
  MiB: 'mebibytes',
  GiB: 'gibibytes',
  GB: 'gigabytes',
  TB: 'terabytes',
};

/** Texts of the shared validation (core/validation.ts), by problem. */
export type ValidationTextKey =
  | 'nameEmpty'
  | 'nameBadCharacters'
  | 'nameHyphenAtEdge'
  | 'nameTooLong'
  | 'hostnameEmpty'
  | 'hostnameNotQualified'
  | 'hostnameBadLabel'
  | 'hostnameTooLong'
  | 'hostnameIsAddress';

export const nameTextKeys: Readonly<Record<NameProblem, ValidationTextKey>> = {
  empty: 'nameEmpty',
  badCharacters: 'nameBadCharacters',
  hyphenAtEdge: 'nameHyphenAtEdge',
  tooLong: 'nameTooLong',
};

export const hostnameTextKeys: Readonly<Record<HostnameProblem, ValidationTextKey>> = {
  empty: 'hostnameEmpty',
  notQualified: 'hostnameNotQualified',
  badLabel: 'hostnameBadLabel',
  tooLong: 'hostnameTooLong',
  isAddress: 'hostnameIsAddress',
};

/** Texts of what only the create form asks for. */
export type CreateProblemTextKey =
  | 'locationEmpty'
  | 'planEmpty'
  | 'planNotWhole'
  | 'planNotHere'
  | 'osEmpty'
  | 'osNotWhole'
  | 'sshKeyNotWhole';

type ProblemTextKeys = {
  readonly [F in keyof CreateProblems]-?: Readonly<
    Record<NonNullable<CreateProblems[F]>, ValidationTextKey | CreateProblemTextKey>
  >;
};

/** By field and problem: how both sides say what `checkCreateValues` found. */
export const createProblemTextKeys: ProblemTextKeys = {
  name: nameTextKeys,
  location: { empty: 'locationEmpty' },
  planId: { empty: 'planEmpty', notWhole: 'planNotWhole', notHere: 'planNotHere' },
  osId: { empty: 'osEmpty', notWhole: 'osNotWhole' },
  hostname: hostnameTextKeys,
  sshKeyId: { notWhole: 'sshKeyNotWhole' },
};
