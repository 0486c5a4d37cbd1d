import * as vscode from 'vscode';
import type { ApiUrlProblem, NameProblem, TokenProblem } from '../core/validation.ts';

export function nameProblemText(problem: NameProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Type a name.');
    case 'badCharacters':
      return vscode.l10n.t('A name has letters, digits and hyphens only.');
    case 'hyphenAtEdge':
      return vscode.l10n.t('A name does not begin or end with a hyphen.');
    case 'tooLong':
      return vscode.l10n.t('A name has at most 63 characters.');
  }
}

export function tokenProblemText(problem: TokenProblem): string {
  switch (problem) {
    case 'empty':
      return vscode.l10n.t('Paste your API token.');
    case 'hasBlanks':
      return vscode.l10n.t('A token has no blanks or line breaks inside. Was something else pasted?');
    case 'notAscii':
      return vscode.l10n.t('A token has plain letters, digits and signs only. Was something else pasted?');
    case 'tooLong':
      return vscode.l10n.t('This is too long for a token.');
  }
}

export function apiUrlProblemText(problem: ApiUrlProblem): string {
  switch (problem) {
    case 'notAUrl':
      return vscode.l10n.t('The setting "vpsOrg.apiUrl" is not a web address.');
    case 'notHttps':
      return vscode.l10n.t('The setting "vpsOrg.apiUrl" must begin with https://, so that nobody can read your token on its way.');
    case 'hasCredentials':
      return vscode.l10n.t('The setting "vpsOrg.apiUrl" must not hold a user name or a password.');
    case 'hasQuery':
      return vscode.l10n.t('The setting "vpsOrg.apiUrl" must not hold a "?" or "#".');
  }
}
