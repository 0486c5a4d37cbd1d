import { join } from 'node:path';
import { build } from 'esbuild';

/** The files that VS Code loads for a page. */
export interface Bundle {
  readonly script: string;
  readonly styles: string;
}

export type PageName = 'create' | 'details';

const root = join(import.meta.dirname, '../../..');
const bundles = new Map<PageName, Promise<Bundle>>();

/** Bundles a page as esbuild.mjs does, but in memory, so that the tests never run an older build. */
export function bundle(page: PageName): Promise<Bundle> {
  const bundled = bundles.get(page) ?? makeBundle(page);
  bundles.set(page, bundled);
  return bundled;
}

async function makeBundle(page: PageName): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { [page]: `src/webviews/${page}/page/main.ts` },
    outdir: 'unwritten',
    bundle: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
  });
  const text = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), styles: text('.css') };
}
