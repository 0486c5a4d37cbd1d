import { existsSync } from 'node:fs';
import { chmod, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { outDir, root } from './paths.mjs';
import { runScript } from './runScript.mjs';

/**
 * Runs test/integration in a real extension host: `node scripts/integration.mjs oldest|newest|desktop`. `oldest` and
 * `newest` are VS Code servers from the npm registry with a headless browser as their window; `desktop` is downloaded.
 */

const reportPollMs = 200;

async function main() {
  const target = process.argv[2] ?? 'oldest';
  const reportFile = join(outDir, 'logs', `integration-${target}.txt`);
  const consoleFile = join(outDir, 'logs', `integration-${target}-console.txt`);
  await mkdir(join(outDir, 'logs'), { recursive: true });
  await rm(reportFile, { force: true });
  await rm(consoleFile, { force: true });
  const stopTailing = tailFile(reportFile);
  try {
    await runTests({
      vscodeExecutablePath:
        target === 'desktop' ? await downloadAndUnzipVSCode() : await writeLauncher(),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(outDir, 'integration', 'index.cjs'),
      extensionTestsEnv: {
        VPS_TEST_VSCODE: target,
        VPS_TEST_REPORT: reportFile,
        VPS_TEST_CONSOLE: consoleFile,
        VPS_TEST_COLOR: process.stdout.isTTY || process.env['FORCE_COLOR'] ? '1' : '0',
      },
    });
  } catch (error) {
    if (existsSync(consoleFile))
      console.error(`The console output of VS Code is in ${consoleFile}.`);
    throw error;
  } finally {
    await stopTailing();
  }
}

/** runTests accepts one executable without arguments. */
async function writeLauncher() {
  const script = join(root, 'scripts', 'vscodeHost.mjs');
  const isWindows = process.platform === 'win32';
  const launcher = join(outDir, isWindows ? 'vscode-host.cmd' : 'vscode-host');
  const content = isWindows
    ? `@"${process.execPath}" "${script}" %*\r\n`
    : `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`;
  await writeFile(launcher, content);
  await chmod(launcher, 0o755);
  return launcher;
}

/**
 * Prints a growing file. Returns a function that prints the rest and stops.
 * @param {string} file
 */
function tailFile(file) {
  let position = 0;
  let reading = Promise.resolve();
  const read = () => {
    reading = reading.then(async () => {
      if (!existsSync(file)) return;
      const handle = await open(file);
      try {
        const { size } = await handle.stat();
        const { buffer } = await handle.read(
          Buffer.alloc(size - position),
          0,
          size - position,
          position,
        );
        position = size;
        process.stdout.write(buffer);
      } finally {
        await handle.close();
      }
    });
    return reading;
  };
  const timer = setInterval(read, reportPollMs);
  return async () => {
    clearInterval(timer);
    await read();
  };
}

await runScript(main);
