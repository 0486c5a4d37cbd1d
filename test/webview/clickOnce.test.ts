import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { ensureBrowser, quietBrowserFlags } from '../../scripts/browser.mjs';
import {
  chooseAgainWhereRowIsLost,
  chooseFromRow,
  lostRowText,
} from '../support/workbenchLostRow.ts';
import { clickOnce, tryUntilDone } from '../support/workbenchWait.ts';

// A mistake of the test driver looks like a mistake of the product in all tests that use it.

describe('Clicks of the tests', () => {
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROME_PATH ?? (await ensureBrowser()),
      args: [...quietBrowserFlags, '--no-sandbox'],
    });
  });
  after(() => browser.close());

  beforeEach(async () => {
    page = await browser.newPage();
    await page.setContent(`
      <button style="position: absolute; top: 0; left: 0">first</button>
      <button style="position: absolute; top: 50px; left: 0">second</button>
      <div hidden style="position: fixed; inset: 0">menu</div>`);
    await page.evaluate(() => {
      const { dataset } = document.body;
      dataset.clicked = '';
      for (const button of document.querySelectorAll('button')) {
        for (const type of ['click', 'contextmenu'])
          button.addEventListener(type, (event) => {
            event.preventDefault();
            dataset.clicked = `${dataset.clicked ?? ''}${button.textContent} `;
          });
      }
    });
  });
  afterEach(() => page.close());

  const clicked = (): Promise<string> => page.evaluate(() => document.body.dataset.clicked ?? '');

  async function click(button: 'left' | 'right' = 'left'): Promise<void> {
    const row = page.getByRole('button', { name: 'first' });
    await tryUntilDone(page, (limitMs) => clickOnce(row, limitMs, { button }), 'click', 500);
  }

  for (const button of ['left', 'right'] as const) {
    it(`happen once when a busy page answers late and shows a menu, ${button} button`, async () => {
      await page.evaluate(() => {
        const [row] = document.querySelectorAll('button');
        row?.addEventListener('mousedown', () => {
          const endMs = performance.now() + 1_500;
          while (performance.now() < endMs);
        });
        for (const type of ['click', 'contextmenu'])
          row?.addEventListener(type, () => {
            const menu = document.querySelector('div');
            if (menu) menu.hidden = false;
          });
      });
      await click(button);
      await page.getByText('menu').waitFor();
      assert.equal(await clicked(), 'first ');
    });
  }

  for (const moves of [1, 2]) {
    it(`hit the element, not the one that takes its place when the pointer moved ${moves} times`, async () => {
      await page.evaluate((movesLeft) => {
        const [row, other] = document.querySelectorAll('button');
        row?.addEventListener('pointermove', () => {
          movesLeft--;
          if (movesLeft > 0) return;
          if (other) other.style.top = '0';
          row.style.top = '50px';
        });
      }, moves);
      await click();
      assert.equal(await clicked(), 'first ');
    });
  }

  it('wait for what covers the element', async () => {
    await page.evaluate(() => {
      const menu = document.querySelector('div');
      if (menu) menu.hidden = false;
      setTimeout(() => menu?.remove(), 1_500);
    });
    await click();
    assert.equal(await clicked(), 'first ');
  });

  describe('on a menu whose row is lost', () => {
    /** Chooses "Stop" from a menu, which loses its row that many times before the question appears. */
    async function choose(losses: number): Promise<number> {
      let choices = 0;
      await chooseAgainWhereRowIsLost(page);
      const stop = async (): Promise<void> => {
        choices++;
        await page.evaluate(
          ([isLost, text]) => {
            const shown = document.createElement('section');
            shown.innerHTML = isLost
              ? `<div class="notification-toast" role="dialog" aria-label="${text}, notification">${text}
                   <button aria-label="Clear Notification" onclick="this.parentNode.remove()">x</button></div>`
              : '<p>Stop?</p>';
            // Below the buttons, which would cover it.
            shown.style.paddingTop = '200px';
            document.body.append(shown);
          },
          [choices <= losses, lostRowText] as const,
        );
      };
      await chooseFromRow(page, stop);
      await page.getByText('Stop?').waitFor({ timeout: 5_000 });
      return choices;
    }

    for (const losses of [0, 1, 2]) {
      it(`are repeated where it is lost ${losses} times`, async () => {
        assert.equal(await choose(losses), losses + 1);
      });
    }
  });
});
