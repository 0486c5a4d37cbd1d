import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Axe from 'axe-core';
import { createScenes, detailsScenes } from './support/scenes.ts';
import type { Scene } from './support/scenes.ts';
import { theme, themeNames } from './support/themes.ts';
import { useWebviews } from './support/webview.ts';
import type { Webview } from './support/webview.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

/** Pictures of every scene, for people to look at: set VPS_TEST_SCREENSHOTS=1. */
const picturesDir = process.env.VPS_TEST_SCREENSHOTS
  ? join(import.meta.dirname, '../../out/screenshots/webview')
  : undefined;

async function assertAccessible({ page }: Webview<never, never>): Promise<void> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (values) => (window as unknown as { axe: typeof Axe }).axe.run(document, { runOnly: { type: 'tag', values } }),
    axeTags,
  );
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })));
  assert.deepEqual(found, []);
}

/** The whole page, as wide as it is: a scroll bar that leads sideways would show here. */
async function assertFits({ page }: Webview<never, never>): Promise<void> {
  const [scrollWidth, clientWidth] = await page.evaluate(() => {
    const { documentElement: html } = document;
    return [html.scrollWidth, html.clientWidth] as const;
  });
  assert.equal(scrollWidth <= clientWidth, true, `The page is ${scrollWidth} px wide in a window of ${clientWidth} px.`);
}

function describePanel(panel: 'details' | 'create', scenes: readonly Scene<unknown>[]): void {
  describe(`The panel "${panel}"`, () => {
    const open = useWebviews();
    for (const themeName of themeNames) {
      for (const { name, messages, act } of scenes) {
        it(`has no accessibility violation and fits, ${name}, ${theme(themeName).label}`, async () => {
          const webview = await open<never, never>(panel, { theme: themeName });
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
              const file = `${panel}-${name.replaceAll(/\W+/gu, '-')}-${themeName}-${width}.png`;
              await webview.page.screenshot({ path: join(picturesDir, file), fullPage: true });
            }
          }
          // The narrow layout has the colours of the wide one: one theme is enough.
          if (themeName === 'darkModern') {
            await assertAccessible(webview);
          }
        });
      }
    }
  });
}

describePanel('details', detailsScenes);
describePanel('create', createScenes);
