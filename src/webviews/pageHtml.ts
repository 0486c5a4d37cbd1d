/** Contents of a webview's page. */
export interface PageOptions {
  /** BCP 47 tag for `<html lang>`. */
  readonly language: string;
  /** Translations by English text; undefined for English. */
  readonly translations: Readonly<Record<string, string>> | undefined;
  readonly title: string;
  /** `webview.cspSource`: origin of the extension's own files. */
  readonly cspSource: string;
  /** Must be new for every page. */
  readonly nonce: string;
  readonly styleUri: string;
  readonly scriptUri: string;
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? '');
}

/** JSON for a `<script type="application/json">`, where the only danger is a tag that ends it. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/**
 * An empty page that loads one style sheet and one script of the extension. The policy allows nothing else. Translations are
 * a block of data, which is not executed and needs no permission.
 */
export function pageHtml(options: PageOptions): string {
  const { language, translations, title, cspSource, nonce, styleUri, scriptUri } = options;
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'; img-src ${cspSource}; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(styleUri)}">
</head>
<body>
<main id="root"></main>
<script type="application/json" id="l10n">${scriptJson(translations ?? {})}</script>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}
