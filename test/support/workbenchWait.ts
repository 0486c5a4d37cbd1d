import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Locator, Page } from 'playwright-core';

export type ClickOptions = NonNullable<Parameters<Locator['click']>[0]>;

const pollMs = 50;
const limitMs = 60_000;

/** Time limit of the first try; each further try may take twice as long. */
const firstTryLimitMs = 2_000;
const maxTryLimitMs = 8_000;
/** Limit for all tries: long enough for two of the longest on a machine that renders one frame per second. */
const triesLimitMs = 60_000;

/**
 * Polls until the result is truthy, for conditions that Playwright cannot wait for.
 * @param what for the error message: `the webview "web-server-01"`
 */
export async function waitUntil<T>(
  poll: () => Promise<T>,
  what: string,
  timeoutMs = limitMs,
): Promise<Exclude<T, undefined | null | false>> {
  const endMs = Date.now() + timeoutMs;
  for (;;) {
    const seen = await poll();
    if (seen !== undefined && seen !== null && seen !== false)
      return seen as Exclude<T, undefined | null | false>;
    if (Date.now() > endMs) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.`);
    await delay(pollMs);
  }
}

/**
 * Retries an interaction that can fail for external reasons, such as a hover that covers the element or a focus that moves.
 * Each try may take longer: Playwright clicks on elements that are stable for two frames, and a busy machine renders few.
 * @param tryOnce fails when one of its steps exceeds the given milliseconds, without an effect
 * @param what for the error message: `click on the row "web-server-01"`
 */
export async function tryUntilDone(
  page: Page,
  tryOnce: (limitMs: number) => Promise<void>,
  what: string,
  firstLimitMs = firstTryLimitMs,
): Promise<void> {
  const endMs = Date.now() + triesLimitMs;
  for (let tryLimitMs = firstLimitMs; ; tryLimitMs = Math.min(tryLimitMs * 2, maxTryLimitMs)) {
    try {
      await tryOnce(tryLimitMs);
      return;
    } catch (error) {
      if (Date.now() > endMs) {
        const problem = describeObstacle(error) ?? String(error);
        throw new Error(
          `Tried for ${triesLimitMs / 1000} s: ${what} (${await describeFrameRate(page)}). ${problem}`,
          { cause: error },
        );
      }
    }
    await delay(pollMs);
  }
}

/** What Playwright last waited for, such as "element is not stable" or "<div> intercepts pointer events". */
function describeObstacle(error: unknown): string | undefined {
  return stripVTControlCharacters(String(error))
    .split('\n')
    .findLast((line) => /intercepts pointer events|element is not /u.test(line))
    ?.replace(/^[\s-]+/u, '');
}

/** The frame rate of the window, for the error message. Without frames nothing can be clicked. */
async function describeFrameRate(page: Page): Promise<string> {
  const secondsToCount = 2;
  const count = page.evaluate<number>(`new Promise((resolve) => {
    let frames = 0;
    const draw = () => { frames++; requestAnimationFrame(draw); };
    requestAnimationFrame(draw);
    setTimeout(() => resolve(frames), ${secondsToCount * 1000});
  })`);
  const frames = await Promise.race([
    count.catch(() => undefined),
    delay(secondsToCount * 5_000, undefined, { ref: false }),
  ]);
  if (frames === undefined) return 'the window does not respond';
  return `the window renders ${frames / secondsToCount} frames per second`;
}

/** How often a mouse button was pressed and released in a page. */
interface MouseEvents {
  readonly pressed: number;
  readonly released: number;
}

/**
 * Counts in the page, from the first call on. Events that Playwright holds back, because something covers the element that it
 * should click, end at the window and do not reach the document.
 */
const countMouseEvents = `(() => {
  const key = Symbol.for('test.mouseEvents');
  if (!globalThis[key]) {
    const counts = { pressed: 0, released: 0 };
    document.addEventListener('pointerdown', () => counts.pressed++, true);
    document.addEventListener('pointerup', () => counts.released++, true);
    globalThis[key] = counts;
  }
  return { ...globalThis[key] };
})()`;

/**
 * Clicks once. May be repeated when it fails: a click that a busy window received counts as done even when the window answers
 * after the limit, because the menu or dialog that it opens covers the element.
 */
export async function clickOnce(
  element: Locator,
  tryLimitMs: number,
  options: ClickOptions = {},
): Promise<void> {
  const page = element.page();
  const before = await page.evaluate<MouseEvents>(countMouseEvents);
  try {
    await element.click({ ...options, timeout: tryLimitMs });
  } catch (error) {
    const after = await page.evaluate<MouseEvents>(countMouseEvents);
    if (after.pressed === before.pressed) throw error;
    // The limit was exceeded between the two halves of the click.
    if (after.released === before.released)
      await page.mouse.up({ button: options.button ?? 'left' });
  }
}

/** Moves the pointer over an element. An element that was rendered under a resting pointer needs a second move. */
export async function hoverAgain(element: Locator, tryLimitMs: number): Promise<void> {
  for (const x of [24, 20]) await element.hover({ position: { x, y: 8 }, timeout: tryLimitMs });
}
