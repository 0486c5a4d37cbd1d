import { join } from 'node:path';
import { build } from 'esbuild';

/** What VS Code loads for a panel. */
export interface Bundle {
  readonly script: string;
  readonly styles: string;
}

const root = join(import.meta.dirname, '../../..');
let bundled: Promise<Bundle> | undefined;

/** Bundles the panels as esbuild.mjs does, in memory: the tests are of the sources, not of an older build. */
export function bundle(): Promise<Bundle> {
  bundled ??= makeBundle();
  return bundled;
}

async function makeBundle(): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/webview/main.ts' },
    outdir: 'unwritten',
    bundle: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
  });
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), styles: text('.css') };
}
