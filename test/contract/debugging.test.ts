import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

interface Launch {
  readonly configurations: readonly {
    readonly name: string;
    readonly outFiles: readonly string[];
  }[];
}

const { configurations } = JSON.parse(readFileSync('.vscode/launch.json', 'utf8')) as Launch;

describe('.vscode/launch.json', () => {
  for (const { name, outFiles } of configurations) {
    it(`finds the sources of the build: ${name}`, () => {
      // VS Code looks for source maps in these files only. With the wrong extension no breakpoint would be hit.
      assert.ok(outFiles.includes('${workspaceFolder}/dist/**/*.{cjs,js}'), outFiles.join(', '));
    });
  }
});
