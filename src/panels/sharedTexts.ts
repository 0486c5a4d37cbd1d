import * as vscode from 'vscode';
import { nameProblemText } from '../host/problemText.ts';
import type { SettingsField } from '../protocol/details.ts';
import type { Texts, ValidationTextKey } from '../protocol/texts.ts';

/** What the shared validation finds wrong (core/validation.ts), in words. */
export function validationTexts(): Texts<ValidationTextKey> {
  return {
    nameEmpty: nameProblemText('empty'),
    nameBadCharacters: nameProblemText('badCharacters'),
    nameHyphenAtEdge: nameProblemText('hyphenAtEdge'),
    nameTooLong: nameProblemText('tooLong'),
    hostnameEmpty: vscode.l10n.t('Type a hostname.'),
    hostnameNotQualified: vscode.l10n.t('A hostname has at least two parts, such as web.example.com.'),
    hostnameBadLabel: vscode.l10n.t('The parts of a hostname have letters, digits and inner hyphens only, at most 63 each.'),
    hostnameTooLong: vscode.l10n.t('A hostname has at most 253 characters.'),
    hostnameIsAddress: vscode.l10n.t('This is an address. Type a name such as web.example.com.'),
  };
}

/** What the settings are called, in forms and in questions about them. */
export function settingLabel(field: SettingsField): string {
  switch (field) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'hostname':
      return vscode.l10n.t('Hostname');
    case 'backupsEnabled':
      return vscode.l10n.t('Automatic backups');
  }
}
