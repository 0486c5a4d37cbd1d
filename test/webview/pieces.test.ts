import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { SettingsValues } from '../../src/core/serverSettings.ts';
import {
  edit,
  follow,
  isOutdated,
  persistedDraft,
} from '../../src/webviews/details/page/settingsDraft.ts';
import { chartRuns } from '../../src/webviews/details/page/usageChart.ts';
import { theme, themeNames } from './support/themes.ts';

const settings: SettingsValues = {
  name: 'web-1',
  hostname: 'web.example.com',
  backupsEnabled: true,
};

describe('settingsDraft', () => {
  it('starts with the first change, and ends when no change is left', () => {
    const draft = edit(undefined, settings, { name: 'web-2' });
    assert.deepEqual(draft, { values: { ...settings, name: 'web-2' }, basis: settings });
    assert.equal(edit(draft, settings, { name: 'web-1' }), undefined);
    assert.equal(follow(draft, { ...settings, name: 'web-2' }), undefined);
  });

  it('follows the server in settings that were not edited', () => {
    const draft = edit(undefined, settings, { name: 'web-2' });
    const now = { ...settings, hostname: 'x.example.com', backupsEnabled: false };
    assert.deepEqual(follow(draft, now), { values: { ...now, name: 'web-2' }, basis: now });
    assert.equal(isOutdated(follow(draft, now), now), false);
  });

  it('is outdated after a change elsewhere to an edited setting, but not by unknown ones', () => {
    const draft = edit(undefined, settings, { name: 'web-2' });
    assert.equal(isOutdated(draft, settings), false);
    const now = { ...settings, name: 'web-3' };
    assert.deepEqual(follow(draft, now), draft);
    assert.equal(isOutdated(draft, now), true);
    const early = { ...settings, backupsEnabled: undefined };
    assert.equal(
      isOutdated(follow(edit(undefined, early, { name: 'web-2' }), settings), settings),
      false,
    );
  });

  it('is read from the persisted state of the same server only', () => {
    const ref = fc.record({
      accountId: fc.string({ minLength: 1 }),
      serverId: fc.string({ minLength: 1 }),
    });
    const values = fc.record(
      { name: fc.string(), hostname: fc.string(), backupsEnabled: fc.boolean() },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(ref, values, values, (server, typed, basis) => {
        const draft = { values: typed, basis };
        const persisted: unknown = JSON.parse(JSON.stringify({ ref: server, draft }));
        assert.deepEqual(persistedDraft(persisted, server), draft);
        assert.equal(
          persistedDraft(persisted, { ...server, serverId: `${server.serverId}0` }),
          undefined,
        );
      }),
    );
  });

  it('ignores invalid persisted state', () => {
    fc.assert(
      fc.property(fc.anything(), (persisted) => {
        assert.equal(persistedDraft(persisted, { accountId: 'a', serverId: '1' }), undefined);
      }),
    );
  });
});

describe('chartRuns', () => {
  it('stays inside the chart, with the newest sample at the right edge', () => {
    const step = fc.record({
      ms: fc.nat({ max: 90_000 }),
      share: fc.double({ min: 0, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        let at = 0;
        const all = steps.map(({ ms, share }) => ({ at: (at += ms), share }));
        const samples = all.filter((sample) => at - sample.at <= 600_000);
        const points = chartRuns(samples).flat();
        assert.equal(points.length, samples.length);
        assert.equal(points.at(-1)?.[0], 240);
        for (const [x, y] of points) {
          assert.equal(x >= 0 && x <= 240 && y >= 0 && y <= 40, true);
        }
      }),
    );
  });

  it('does not connect samples from before and after the panel was hidden', () => {
    const samples = [0, 15_000, 120_000].map((at) => ({ at, share: 0.5 }));
    assert.deepEqual(
      chartRuns(samples).map((run) => run.length),
      [2, 1],
    );
  });
});

describe('style sheets', () => {
  const folder = join(import.meta.dirname, '../../src/webviews');
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

  it('use variables that VS Code defines', () => {
    const known = new Set(themeNames.flatMap((name) => Object.keys(theme(name).variables)));
    // Set by some third-party themes only.
    known.add('--vscode-list-inactiveSelectionForeground');
    const used = new Set(sheets.flatMap((sheet) => sheet.match(/--vscode-[\w-]+/gu) ?? []));
    assert.deepEqual(
      [...used].filter((name) => !known.has(name)),
      [],
    );
  });

  it('load nothing', () => {
    assert.deepEqual(
      sheets.flatMap((sheet) => sheet.match(/url\(|@import|@font-face/gu) ?? []),
      [],
    );
  });
});
