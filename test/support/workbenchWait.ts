import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

const pollMs = 50;
const limitMs = 30_000;
/** After which something that a person would do at once is begun anew. */
export const tryLimitMs = 2_000;

/**
 * Looks again and again until there is something to see, for what Playwright's own waiting does not cover.
 * @param what for the error: "the webview "web-server-01""
 */
export async function waitUntil<T>(
  look: () => Promise<T>,
  what: string,
  longestMs = limitMs,
): Promise<Exclude<T, undefined | null | false>> {
  const endMs = Date.now() + longestMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen as Exclude<T, undefined | null | false>;
    if (Date.now() > endMs) throw new Error(`Waited ${longestMs / 1000} s for ${what}.`);
    await delay(pollMs);
  }
}

/**
 * Does something that may be in vain because of what comes in between (a hover that covers it, a focus that moves), as a
 * person does: once more, from the beginning. Each try must give up soon, and must have had no effect where it fails.
 * @param what for the error: "the click on the row "web-server-01""
 */
export async function tryUntilDone(tryOnce: () => Promise<void>, what: string): Promise<void> {
  const endMs = Date.now() + limitMs;
  for (;;) {
    try {
      await tryOnce();
      return;
    } catch (error) {
      if (Date.now() > endMs) throw new Error(`Tried for ${limitMs / 1000} s: ${what}. ${String(error)}`, { cause: error });
    }
    await delay(pollMs);
  }
}

/** Points at something as if for the first time: what was drawn under a pointer at rest has not seen it come. */
export async function pointAnew(element: Locator): Promise<void> {
  for (const x of [24, 20]) await element.hover({ position: { x, y: 8 }, timeout: tryLimitMs });
}
