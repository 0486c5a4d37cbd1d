import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. Every script works from here, wherever it was called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Things that are expensive to fetch: VS Code servers, Node binaries. Ignored by git, safe to delete. */
export const cacheDir = join(root, '.vscode-test');

/** What builds and tests leave behind: bundles of tests, counts, screenshots. Ignored by git, safe to delete. */
export const outDir = join(root, 'out');

export const vsixPath = join(root, 'dist', 'vps-org.vsix');
