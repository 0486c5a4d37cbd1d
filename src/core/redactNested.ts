/**
 * A secret in base64 of base64, and its UTF-16 text in hexadecimal and base64, in both alphabets and byte orders. Plain texts, which
 * are found faster than patterns. Characters at the ends that also depend on the neighbors are left out.
 */
export function nestedForms(secret: string): readonly string[] {
  const little = Buffer.from(secret, 'utf16le');
  const wide = [little, Buffer.from(little).swap16()];
  const hex = wide.map((bytes) => bytes.toString('hex'));
  const inner = base64Forms(Buffer.from(secret)).map((form) => Buffer.from(form));
  const forms = [
    ...hex,
    ...hex.map((form) => form.toUpperCase()),
    ...[...wide, ...inner].flatMap(base64Forms),
  ];
  // Longest first, because the shorter ones may be parts of them. Tiny secrets have forms that match almost anything.
  return [...new Set(forms)].filter((form) => form.length >= 8).sort((a, b) => b.length - a.length);
}

/** Bytes in base64 and base64url, from each place in a group of three. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const all = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const form = all.toString('base64').slice(first, Math.floor((all.length * 8) / 6));
    return [form, form.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
