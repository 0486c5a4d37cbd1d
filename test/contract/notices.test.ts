import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';
import { describe, it } from 'mocha';
import { bundledPackages, noticesText } from '../../scripts/notices.mjs';

const metafile = JSON.parse(readFileSync('out/meta.json', 'utf8')) as Metafile;
const notices = readFileSync('ThirdPartyNotices.txt', 'utf8').replaceAll('\r\n', '\n');
const { packages: lockedPackages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
};

describe('dependencies', () => {
  it('include every bundled package, so that an audit of production dependencies covers it', () => {
    for (const name of bundledPackages(metafile)) {
      assert.notEqual(lockedPackages[`node_modules/${name}`]?.dev, true, name);
    }
  });
});

describe('ThirdPartyNotices.txt', () => {
  it('has a notice for every bundled package', () => {
    const packages = bundledPackages(metafile);
    assert.ok(packages.includes('node-fetch'));
    for (const name of packages) assert.ok(notices.includes(`\n${name} `), name);
  });

  it('is up to date', async () => {
    assert.equal(
      notices,
      await noticesText(metafile),
      'Run "npm run package" and commit the file.',
    );
  });
});
