import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code in the extension host; see `scripts/integration.mjs`. The tests are compiled into the same folder. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    color: process.env.VPS_TEST_COLOR === '1',
    forbidOnly: process.env.CI === 'true',
    reporter: join(__dirname, '..', '..', 'test', 'support', 'reporter.cjs'),
  });
  const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of tests.filter((name) => name.endsWith('.test.mjs')).sort())
    mocha.addFile(join(__dirname, file));
  // `loadFiles` cannot load ES modules.
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0)
    throw new Error(failures === 1 ? '1 test failed.' : `${failures} tests failed.`);
}
