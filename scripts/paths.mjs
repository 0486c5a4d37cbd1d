import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, which is the working directory of every command. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Expensive downloads: VS Code servers and Node binaries. Ignored by git, safe to delete. */
export const cacheDir = join(root, '.vscode-test');

/** Output of builds and tests: test bundles, counts, screenshots. Ignored by git, safe to delete. */
export const outDir = join(root, 'out');

export const vsixPath = join(root, 'dist', 'vps-org.vsix');
