import { plainText } from './plainText.ts';
import type { RedactText } from './redact.ts';

/** UTF-16 units of a message that is shown to people. */
export const maxMessageLength = 300;

/**
 * Words of a server as one line of plain text without secrets and without markup: of an HTML page the title, of anything
 * else what is left without its tags. Not shortened: that must come after redaction, half a secret is one too.
 */
export function serverLine(raw: string, redactText: RedactText): string {
  // Invisible characters go first: they could hide a tag or a secret from what follows.
  const text = plainText(raw);
  const words = withoutMarkup(/^<(!doctype|html|head|body)\b/i.test(text) ? titleOf(text) : text);
  return plainText(redactText(words));
}

function withoutMarkup(text: string): string {
  // A blank in place of a tag: taking it out would let `<<b>i>` close up to a new one.
  return text
    .replace(/<(script|style)\b[^<>]*>.*?(<\/\1\s*>|$)|<!--.*?(-->|$)/gi, ' ')
    .replace(/<[a-z!/?][^<>]*>?/gi, ' ');
}

/** The title of an HTML page: "502 Bad Gateway" is worth showing, the rest is not. */
function titleOf(html: string): string {
  const title = /<title[^<>]*>([^<]*)/i.exec(html)?.[1] ?? '';
  return title
    .replace(/&(?:#0*39|#x0*27|apos);/gi, "'")
    .replace(/&(?:#0*34|quot);/gi, '"')
    .replace(/&(?:nbsp|#160);/gi, ' ')
    .replace(/&amp;/gi, '&');
}
