import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SettingsValues } from '../../src/protocol/details.ts';
import { edit, follow, isOutrun, keptDraft } from '../../src/webview/details/draft.ts';
import { chartPoints } from '../../src/webview/details/chart.ts';
import { numbersFor } from '../../src/webview/numbers.ts';
import { fill } from '../../src/webview/texts.ts';
import { createTexts } from './support/englishTexts.ts';
import { theme, themeNames } from './support/themes.ts';

const settings: SettingsValues = { name: 'web-1', hostname: 'web.example.com', backupsEnabled: true };

describe('A draft of the settings', () => {
  it('begins with the first change, and ends when nothing is left of it', () => {
    const draft = edit(undefined, settings, { name: 'web-2' });
    assert.deepEqual(draft, { values: { ...settings, name: 'web-2' }, basis: settings });
    assert.equal(edit(draft, settings, { name: 'web-1' }), undefined);
    assert.equal(follow(draft, { ...settings, name: 'web-2' }), undefined);
  });

  it('knows that it was outrun, and by what it has no answer to', () => {
    const draft = edit(undefined, settings, { name: 'web-2' });
    assert.equal(isOutrun(draft, settings), false);
    assert.equal(isOutrun(follow(draft, { ...settings, hostname: 'x.example.com' }), { ...settings, hostname: 'x.example.com' }), true);
    const early = { ...settings, backupsEnabled: undefined };
    assert.equal(isOutrun(follow(edit(undefined, early, { name: 'web-2' }), settings), settings), false);
  });

  it('comes back from what was kept as it was, for its own server alone', () => {
    const ref = fc.record({ accountId: fc.string({ minLength: 1 }), serverId: fc.string({ minLength: 1 }) });
    const values = fc.record(
      { name: fc.string(), hostname: fc.string(), backupsEnabled: fc.boolean() },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(ref, values, values, (server, typed, basis) => {
        const draft = { values: typed, basis };
        const kept: unknown = JSON.parse(JSON.stringify({ ref: server, draft }));
        assert.deepEqual(keptDraft(kept, server), draft);
        assert.equal(keptDraft(kept, { ...server, serverId: `${server.serverId}0` }), undefined);
      }),
    );
  });

  it('is none where something else was kept', () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        assert.equal(keptDraft(kept, { accountId: 'a', serverId: '1' }), undefined);
      }),
    );
  });
});

describe('Texts and figures', () => {
  it('are filled with whatever it is, once', () => {
    assert.equal(fill('{0} of {1}', 1, 'a {0} b'), '1 of a {0} b');
    assert.equal(fill('{0} {2}', '$&', 'x'), '$& {2}');
    fc.assert(fc.property(fc.string(), (text) => assert.equal(fill('<{0}>', text), `<${text}>`)));
  });

  it('are written as the language has it', () => {
    const english = numbersFor('en', createTexts);
    assert.deepEqual(
      [english.dollars(12), english.dollars(0.018), english.dollars(0.00745), english.dollars(1234.5)],
      ['$12.00', '$0.018', '$0.00745', '$1,234.50'],
    );
    assert.equal(english.percent(0.256), '26');
    assert.equal(english.quantity({ value: 1.55, unit: 'TB' }), '1.6 TB');
    assert.equal(numbersFor('de', createTexts).steady(2), '2,0');
  });

  it('lie inside their chart, the newest at its right edge', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 2, maxLength: 60 }), (samples) => {
        const points = chartPoints(samples);
        assert.equal(points.length, samples.length);
        assert.equal(Math.abs(points.at(-1)![0] - 240) < 1e-6, true);
        for (const [x, y] of points) {
          assert.equal(x >= -1e-6 && x <= 240.000001 && y >= 0 && y <= 40, true);
        }
      }),
    );
  });
});

describe('The style sheets', () => {
  const folder = join(import.meta.dirname, '../../src/webview');
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

  it('use variables that VS Code has', () => {
    const known = new Set(themeNames.flatMap((name) => Object.keys(theme(name).variables)));
    // Set by themes of others only.
    known.add('--vscode-list-inactiveSelectionForeground');
    const used = new Set(sheets.flatMap((sheet) => sheet.match(/--vscode-[\w-]+/gu) ?? []));
    assert.deepEqual([...used].filter((name) => !known.has(name)), []);
  });

  it('load nothing', () => {
    assert.deepEqual(sheets.flatMap((sheet) => sheet.match(/url\(|@import|@font-face/gu) ?? []), []);
  });
});
