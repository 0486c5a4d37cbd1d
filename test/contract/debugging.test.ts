import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { describe, it } from 'mocha';

interface Launch {
  readonly configurations: readonly { readonly name: string; readonly outFiles: readonly string[] }[];
}

const { main } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly main: string };
const { configurations } = JSON.parse(readFileSync('.vscode/launch.json', 'utf8')) as Launch;

describe('debugging with F5', () => {
  for (const { name, outFiles } of configurations) {
    it(`finds the sources of what was built: ${name}`, () => {
      // VS Code looks for source maps there and nowhere else: with the wrong ending no breakpoint would be hit.
      assert.ok(outFiles.includes(`\${workspaceFolder}/dist/**/*${extname(main)}`), outFiles.join(', '));
    });
  }
});
