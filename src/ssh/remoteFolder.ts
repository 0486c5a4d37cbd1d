import { posix } from 'node:path';
import { plainText } from '../core/text.ts';

/** An absolute path without invisible characters, normalized. */
export function toFolder(text: string): string | undefined {
  const path = text.trim();
  return path.startsWith('/') && path.length <= 1000 && plainText(path) === path
    ? posix.normalize(path).replace(/^\/+/u, '/')
    : undefined;
}
