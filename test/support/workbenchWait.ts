import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;

/**
 * Looks again and again until there is something to see, for what Playwright's own waiting does not cover.
 * @param what for the error: "the webview "web-server-01""
 */
export async function waitUntil<T>(
  look: () => Promise<T>,
  what: string,
  limitMs = 30_000,
): Promise<Exclude<T, undefined | null | false>> {
  const endMs = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen as Exclude<T, undefined | null | false>;
    if (Date.now() > endMs) throw new Error(`Waited ${limitMs / 1000} s for ${what}.`);
    await delay(pollMs);
  }
}
