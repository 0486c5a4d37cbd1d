import type { RedactText } from '../../core/redact.ts';
import { plainText } from '../../core/text.ts';
import { jsonLimits } from './jsonLimits.ts';

/** UTF-16 units of a message that is shown to people. */
export const maxMessageLength = 300;

const longestSecret = 4096;
/** UTF-16 units of a text beyond which it may have been cut: `jsonLimits.text` in escapes of six units each. */
const maxWhole = jsonLimits.text / 6;

/**
 * A message from the server as one line of plain text without secrets and markup. An HTML page is reduced to its title, other
 * text to what remains without its tags. Shorten it only after redaction, because half a secret is a secret too.
 */
export function messageText(raw: string, redactText: RedactText): string {
  // Invisible characters go first: they could hide a tag or a secret from the steps below.
  const start = raw.slice(0, jsonLimits.text);
  const mayBeCut = start.length >= maxWhole && /\S$/.test(start.slice(-1));
  const text = withoutHalfWord(plainText(start), mayBeCut);
  const isPage = /^<(!doctype|html|head|body)\b/i.test(text);
  return plainText(redactText(withoutMarkup(isPage ? titleOf(text) : text)));
}

/**
 * A long text may have been cut inside a secret, which redaction would then not recognize. Secrets contain no spaces, so the
 * last word goes, at most `longestSecret` units of it.
 */
function withoutHalfWord(text: string, mayBeCut: boolean): string {
  const end = Math.max(0, text.lastIndexOf(' '), text.length - longestSecret);
  return mayBeCut ? text.slice(0, end) : text;
}

function withoutMarkup(text: string): string {
  // A space replaces each tag: without it, `<<b>i>` would close up to a new one.
  return text
    .replace(/<(script|style)\b[^<>]*>.*?(<\/\1\s*>|$)|<!--.*?(-->|$)/gi, ' ')
    .replace(/<[a-z!/?][^<>]*>?/gi, ' ');
}

/** The title of an HTML page, such as "502 Bad Gateway": the only part worth showing. */
function titleOf(html: string): string {
  const title = /<title[^<>]*>([^<]*)/i.exec(html)?.[1] ?? '';
  return title
    .replace(/&(?:#0*39|#x0*27|apos);/gi, "'")
    .replace(/&(?:#0*34|quot);/gi, '"')
    .replace(/&(?:nbsp|#160);/gi, ' ')
    .replace(/&amp;/gi, '&');
}
