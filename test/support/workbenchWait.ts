import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

const pollMs = 50;
const limitMs = 30_000;

/** After which something that a person would do at once is begun anew, the first time. */
const firstTryLimitMs = 2_000;
const longestTryLimitMs = 8_000;
/** In all. Long enough for two of the longest tries on a machine that draws one frame a second. */
const triesLimitMs = 45_000;

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
 * person does: once more, from the beginning, and with more patience each time. Playwright clicks on what stood still for two
 * frames, and a busy machine may draw few of them.
 * @param tryOnce gives up each of its steps after the given milliseconds, and has had no effect then
 * @param what for the error: "the click on the row "web-server-01""
 */
export async function tryUntilDone(
  page: Page,
  tryOnce: (limitMs: number) => Promise<void>,
  what: string,
  firstLimitMs = firstTryLimitMs,
): Promise<void> {
  const endMs = Date.now() + triesLimitMs;
  for (let tryLimitMs = firstLimitMs; ; tryLimitMs = Math.min(tryLimitMs * 2, longestTryLimitMs)) {
    try {
      await tryOnce(tryLimitMs);
      return;
    } catch (error) {
      if (Date.now() > endMs) {
        const tried = `Tried for ${triesLimitMs / 1000} s: ${what} (${await describeDrawing(page)}).`;
        throw new Error(`${tried} ${String(error)}`, { cause: error });
      }
    }
    await delay(pollMs);
  }
}

/** How often the window draws, for the error: where it draws nothing, nothing can be clicked on. */
async function describeDrawing(page: Page): Promise<string> {
  const secondsToCount = 2;
  const count = page.evaluate<number>(`new Promise((resolve) => {
    let frames = 0;
    const draw = () => { frames++; requestAnimationFrame(draw); };
    requestAnimationFrame(draw);
    setTimeout(() => resolve(frames), ${secondsToCount * 1000});
  })`);
  const frames = await Promise.race([count.catch(() => undefined), delay(secondsToCount * 5_000, undefined, { ref: false })]);
  if (frames === undefined) return 'the window does not answer';
  return `the window draws ${frames / secondsToCount} frames a second`;
}

/** Points at something as if for the first time: what was drawn under a pointer at rest has not seen it come. */
export async function pointAnew(element: Locator, tryLimitMs: number): Promise<void> {
  for (const x of [24, 20]) await element.hover({ position: { x, y: 8 }, timeout: tryLimitMs });
}
