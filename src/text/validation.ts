import * as l10n from '@vscode/l10n';
import type { CreateField, CreateProblems } from '../core/createFields.ts';
import type { TokenProblem } from '../core/pastedToken.ts';
import type { ApiUrlProblem } from '../core/apiUrl.ts';
import type { HostnameProblem, NameProblem } from '../core/validation.ts';

export function nameProblemText(problem: NameProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a name.');
    case 'badCharacters':
      return l10n.t('Use only letters, digits and hyphens.');
    case 'hyphenAtEdge':
      return l10n.t('A name cannot start or end with a hyphen.');
    case 'tooLong':
      return l10n.t('A name has at most 63 characters.');
  }
}

/** A warning: two servers may have the same name. */
export function sameNameText(): string {
  return l10n.t('Another server has this name.');
}

export function hostnameProblemText(problem: HostnameProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a hostname.');
    case 'notQualified':
      return l10n.t('A hostname has at least two parts, for example web.example.com.');
    case 'badLabel':
      return l10n.t('Each part: letters, digits, hyphens (not at the ends), up to 63 characters.');
    case 'tooLong':
      return l10n.t('A hostname has at most 253 characters.');
    case 'isAddress':
      return l10n.t('This is an IP address. Enter a name, for example web.example.com.');
    case 'notAscii':
      return l10n.t('Use the ASCII form (xn--...) for letters other than a to z.');
  }
}

export function tokenProblemText(problem: TokenProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Paste your API token.');
    case 'hasBlanks':
      return l10n.t("Tokens can't contain spaces or line breaks.");
    case 'notAscii':
      return l10n.t('Tokens contain only letters, digits and punctuation.');
    case 'tooLong':
      return l10n.t('This is too long to be a token.');
    case 'several':
      return l10n.t('This text contains several tokens. Paste only the one to use.');
    case 'placeholder':
      return l10n.t('This is a placeholder. Paste the token itself.');
  }
}

export function apiUrlProblemText(problem: ApiUrlProblem): string {
  switch (problem) {
    case 'notAUrl':
      return l10n.t('The setting "vpsOrg.apiUrl" is not a valid URL.');
    case 'notHttps':
      return l10n.t(
        'The setting "vpsOrg.apiUrl" must start with https:// so that nobody can read your token in transit.',
      );
    case 'hasCredentials':
      return l10n.t('The setting "vpsOrg.apiUrl" must not contain a user name or password.');
    case 'hasQuery':
      return l10n.t('The setting "vpsOrg.apiUrl" must not contain "?" or "#".');
  }
}

/** By field of the create form: what each problem means. */
const createProblemTexts: {
  readonly [F in keyof CreateProblems]-?: (problem: NonNullable<CreateProblems[F]>) => string;
} = {
  name: nameProblemText,
  location: () => l10n.t('Choose a location.'),
  planId(problem) {
    switch (problem) {
      case 'empty':
        return l10n.t('Choose a plan.');
      case 'notWhole':
        return l10n.t('A plan ID is a whole number greater than 0.');
      case 'notHere':
        return l10n.t('This plan is not offered at this location.');
    }
  },
  osId(problem) {
    switch (problem) {
      case 'empty':
        return l10n.t('Choose an operating system.');
      case 'notWhole':
        return l10n.t('An operating system ID is a whole number greater than 0.');
    }
  },
  hostname: hostnameProblemText,
  sshKeyId: () => l10n.t('An SSH key ID is a whole number greater than 0.'),
};

/** What is wrong with the create form, by field. */
export function createErrorTexts(
  problems: CreateProblems,
): Readonly<Partial<Record<CreateField, string>>> {
  const fields = Object.entries(problems) as [keyof CreateProblems, never][];
  return Object.fromEntries(
    fields.map(([field, problem]) => [field, createProblemTexts[field](problem)]),
  );
}
