import * as l10n from '@vscode/l10n';

/** A quoted text with a period at its end, where it has none: another sentence may follow. */
export function asSentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** Adds the API's own message to the text about its success. */
export function withReply(text: string, message: string | undefined): string {
  return message ? `${text} ${l10n.t('VPS.org answered: {0}', asSentence(message))}` : text;
}
