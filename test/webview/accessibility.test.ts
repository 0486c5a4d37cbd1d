import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Axe from 'axe-core';
import type { PageName } from './support/bundle.ts';
import { createScenes, detailsScenes } from './support/scenes.ts';
import type { Scene } from './support/scenes.ts';
import { theme, themeNames } from './support/themes.ts';
import { useWebviews } from './support/webview.ts';
import type { Webview } from './support/webview.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/** With VPS_TEST_SCREENSHOTS=1, takes a picture of every scene. */
const picturesDir = process.env.VPS_TEST_SCREENSHOTS
  ? join(import.meta.dirname, '../../out/screenshots/webview')
  : undefined;

async function assertAccessible({ page }: Webview<never, never>): Promise<void> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (values) =>
      (window as unknown as { axe: typeof Axe }).axe.run(document, {
        runOnly: { type: 'tag', values },
      }),
    axeTags,
  );
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  );
  assert.deepEqual(found, []);
}

/** Checks that the page has no horizontal scroll bar. */
async function assertFits({ page }: Webview<never, never>): Promise<void> {
  const [scrollWidth, clientWidth] = await page.evaluate(() => {
    const { documentElement: html } = document;
    return [html.scrollWidth, html.clientWidth] as const;
  });
  assert.equal(
    scrollWidth <= clientWidth,
    true,
    `The page is ${scrollWidth} px wide in a window of ${clientWidth} px.`,
  );
}

function describePage(pageName: PageName, scenes: readonly Scene<unknown>[]): void {
  describe(`${pageName} page`, () => {
    const open = useWebviews();
    for (const themeName of themeNames) {
      for (const { name, messages, act } of scenes) {
        it(`is accessible and fits: ${name}, ${theme(themeName).label}`, async () => {
          const webview = await open<never, never>(pageName, { theme: themeName });
          for (const message of messages) {
            await webview.send(message as never);
          }
          await act?.(webview);
          await assertAccessible(webview);
          for (const width of [1200, 400, 320]) {
            await webview.page.setViewportSize({ width, height: 900 });
            await assertFits(webview);
            if (picturesDir) {
              mkdirSync(picturesDir, { recursive: true });
              const file = `${pageName}-${name.replaceAll(/\W+/gu, '-')}-${themeName}-${width}.png`;
              await webview.page.screenshot({ path: join(picturesDir, file), fullPage: true });
            }
          }
          // One theme is enough for the narrow layout, which has the same colours.
          if (themeName === 'darkModern') {
            await assertAccessible(webview);
          }
        });
      }
    }
  });
}

describePage('details', detailsScenes);
describePage('create', createScenes);
