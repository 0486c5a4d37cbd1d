import * as l10n from '@vscode/l10n';

let language = 'en';
/** Expensive to create, so it is kept until the language changes. */
let pluralRules: Intl.PluralRules | undefined;

/**
 * Sets the language of all texts. Called once by the extension and once by each page; until then texts are English.
 *
 * @param displayLanguage BCP 47 tag of VS Code's display language
 * @param bundle translations by English text; undefined for English
 */
export function configureTexts(
  displayLanguage: string,
  bundle: Readonly<Record<string, string>> | undefined,
): void {
  language = displayLanguage;
  pluralRules = undefined;
  l10n.config({ contents: { ...bundle } });
}

/** BCP 47 tag for numbers, times and plural forms. */
export function textLanguage(): string {
  return language;
}

const pluralPattern = /\{(\d+), plural,((?:\s*[a-z]+ \{(?:[^{}]|\{\d+\})*\})+)\s*\}/gu;
const formPattern = /([a-z]+) \{((?:[^{}]|\{\d+\})*)\}/gu;

/**
 * Formats a translated text that depends on how many things there are. Forms are those of `Intl.PluralRules` in the text's
 * language, written as in ICU messages; `#` is the number.
 *
 * @example plural(l10n.t('{0, plural, one {# server} other {# servers}} in {1}'), 3, 'us-west')
 */
export function plural(message: string, ...args: readonly (string | number)[]): string {
  const template = message.replace(pluralPattern, (_, index: string, forms: string) => {
    const count = Number(args[Number(index)]);
    pluralRules ??= new Intl.PluralRules(language);
    const category = pluralRules.select(count);
    const byCategory = new Map(
      [...forms.matchAll(formPattern)].map((match) => [match[1], match[2]]),
    );
    return (byCategory.get(category) ?? byCategory.get('other') ?? '').replaceAll(
      '#',
      `{${index}}`,
    );
  });
  return template.replace(/\{(\d+)\}/gu, (placeholder, index: string) => {
    const value = args[Number(index)];
    return typeof value === 'number' ? value.toLocaleString(language) : (value ?? placeholder);
  });
}
