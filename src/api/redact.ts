const mark = '[redacted]';

/** Takes the secrets that it was made for out of a text. */
export type RedactText = (text: string) => string;

/**
 * `text` with every secret replaced by `[redacted]`: the given ones, plain or in the disguises in which they turn up in
 * error texts (URL-encoded, JSON-escaped, base64), whatever follows `Bearer`, and whatever looks like a VPS.org token.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  let result = text;
  for (const form of disguises(secrets)) {
    result = result.replaceAll(form, mark);
  }
  return result
    .replace(/\b(Bearer)(?:\s|%20|\+)+["']?[^\s"',;]+/gi, `$1 ${mark}`)
    .replace(/vps_[A-Za-z0-9_-]{6,}/g, mark);
}

/** The longest first: a short form inside a longer one must not leave the rest of it standing. */
function disguises(secrets: Iterable<string>): string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const bytes = Buffer.from(secret, 'utf8');
    const urlEncoded = new URLSearchParams([['', secret]]).toString().slice(1);
    const percentEncoded = urlEncoded.replaceAll('+', '%20');
    forms.add(secret);
    for (const encoded of [urlEncoded, percentEncoded, looselyEncoded(secret)]) {
      forms.add(encoded);
      forms.add(encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()));
    }
    forms.add(JSON.stringify(secret).slice(1, -1));
    // Without padding: that finds the padded form too.
    forms.add(bytes.toString('base64').replace(/=+$/, ''));
    forms.add(bytes.toString('base64url'));
  }
  forms.delete('');
  return [...forms].sort((a, b) => b.length - a.length);
}

/** `encodeURIComponent`, which leaves `!'()*~` alone and unlike URLSearchParams chokes on half characters. */
function looselyEncoded(secret: string): string {
  return encodeURIComponent(secret.replace(/\p{Cs}/gu, '\ufffd'));
}
