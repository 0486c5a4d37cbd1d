import { configureTexts } from '../../text/l10n.ts';

/** Sets the page's language and translations from its HTML. Must run before the page makes its first text. */
export function configurePageTexts(): void {
  const translations = document.getElementById('l10n')?.textContent ?? '{}';
  configureTexts(
    document.documentElement.lang,
    JSON.parse(translations) as Readonly<Record<string, string>>,
  );
}
