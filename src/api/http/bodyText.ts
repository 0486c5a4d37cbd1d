import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { closeJson, nextTurn } from './body.ts';
import { AsciiText } from './longText.ts';
import type { LongText } from './longText.ts';

/** Bytes of the decompressed bodies of one call, all pages together: ten times a list of thousands of servers. */
export const maxBodyBytes = 16 * 1024 * 1024;
/** Bytes of the body of a failed request. The rest of a longer one is not read. */
const maxErrorBytes = 256 * 1024;
/** Bytes that are decoded in one turn of the event loop. */
const portion = 1024 * 1024;

/** The body of a reply: node-fetch's stream. */
export interface BodyStream extends AsyncIterable<Uint8Array | string> {
  /** Frees the connection. */
  destroy?(): void;
}

export interface BodySource {
  readonly headers: { get(name: string): string | null };
  readonly body: BodyStream | null;
}

/**
 * Reads a decompressed body as text in the charset of its `Content-Type`. Undefined for one of more than `maxBytes`: the rest
 * is not read, and the connection closed.
 */
export async function readBodyText(
  { headers, body }: BodySource,
  maxBytes: number,
): Promise<LongText | undefined> {
  if (Number(headers.get('content-length') ?? 0) > maxBytes) {
    body?.destroy?.();
    return undefined;
  }
  const { bytes, isCut } = await readBytes(body, maxBytes);
  return isCut ? undefined : await decode(bytes, headers.get('content-type'));
}

/** As `readBodyText`, for a reply of which the beginning is enough. What is left of a JSON text is closed. */
export async function readStart({ headers, body }: BodySource): Promise<string> {
  const { bytes, isCut } = await readBytes(body, maxErrorBytes);
  const text = (await decode(bytes, headers.get('content-type'))).toString();
  return isCut ? closeJson(text) : text;
}

/** Bytes that arrive in chunks. They are put together as they arrive, so that nothing is left to do after the last one. */
class ByteCollector {
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;

  add(chunk: Buffer): void {
    const length = this.#length + chunk.length;
    if (this.#length === 0) {
      // Most bodies are one chunk.
      this.#buffer = chunk;
    } else {
      if (length > this.#buffer.length) {
        const larger = Buffer.allocUnsafe(length * 2);
        this.bytes.copy(larger);
        this.#buffer = larger;
      }
      chunk.copy(this.#buffer, this.#length);
    }
    this.#length = length;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

async function readBytes(
  body: BodyStream | null,
  maxBytes: number,
): Promise<{ bytes: Buffer; isCut: boolean }> {
  const collector = new ByteCollector();
  let left = maxBytes;
  try {
    for await (const chunk of body ?? []) {
      const bytes =
        typeof chunk === 'string'
          ? Buffer.from(chunk)
          : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      collector.add(bytes.subarray(0, left));
      left -= bytes.length;
      if (left < 0) {
        // Leaving the loop destroys the stream, and so its connection.
        break;
      }
    }
  } catch (error) {
    // Decoders report a body without a single byte as one that ends too early.
    if (
      collector.bytes.length > 0 ||
      (error as { readonly code?: unknown }).code !== 'Z_BUF_ERROR'
    ) {
      throw error;
    }
  }
  return { bytes: collector.bytes, isCut: left < 0 };
}

async function decode(bytes: Buffer, contentType: string | null): Promise<LongText> {
  const label = charsetOf(bytes, contentType);
  if (!label.startsWith('utf-16') && isAscii(bytes)) {
    // Nearly every body.
    return new AsciiText(bytes);
  }
  if (!isUtf(label)) {
    // Proxies announce a default charset for bodies that are UTF-8, and text in another one is hardly ever valid UTF-8.
    try {
      return await decodeAs(new TextDecoder('utf-8', { fatal: true }), bytes);
    } catch {
      // Not UTF-8.
    }
  }
  return await decodeAs(decoderOf(label), bytes);
}

async function decodeAs(decoder: TextDecoder, bytes: Buffer): Promise<string> {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += portion) {
    if (at > 0) {
      await nextTurn();
    }
    texts.push(decoder.decode(bytes.subarray(at, at + portion), { stream: true }));
  }
  return texts.join('') + decoder.decode();
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}

function isUtf(label: string): boolean {
  return /^(?:utf-?8|utf-16)/.test(label);
}

/** UTF-16 is recognized by its bytes, because JSON starts with ASCII; everything else by the header. */
function charsetOf(bytes: Buffer, contentType: string | null): string {
  const [first = 1, second = 1] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) {
    return 'utf-16le';
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) {
    return 'utf-16be';
  }
  const label = /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1]?.toLowerCase();
  // The bytes are not UTF-16, whatever the header says.
  return label === undefined || label.startsWith('utf-16') ? 'utf-8' : label;
}
