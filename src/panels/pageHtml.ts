/** What the page of a webview is made of. */
export interface PageOptions {
  /** A BCP 47 tag for `<html lang>`. */
  readonly language: string;
  readonly title: string;
  /** Which of the pages the script is to show. */
  readonly page: 'details' | 'create';
  /** `webview.cspSource`: where the extension's own files come from. */
  readonly cspSource: string;
  /** Fresh for every page. */
  readonly nonce: string;
  readonly styleUri: string;
  readonly scriptUri: string;
}

export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? '');
}

/** An empty page that loads one style sheet and one script of the extension, and can load nothing else from anywhere. */
export function pageHtml({ language, title, page, cspSource, nonce, styleUri, scriptUri }: PageOptions): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'; img-src ${cspSource}`;
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
<main id="root" data-page="${page}"></main>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}
