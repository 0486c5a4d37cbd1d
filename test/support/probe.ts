import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import * as esbuild from 'esbuild';
import { waitUntil } from './workbenchWait.ts';

const out = fileURLToPath(new URL('../../out/probe/', import.meta.url));
const source = fileURLToPath(new URL('probe/extension.ts', import.meta.url));

/** Packages an extension of one module, and returns the file. */
async function pack(name: string, activationEvents: readonly string[], code: string): Promise<string> {
  const folder = join(out, name);
  const packagePath = join(out, `${name}.vsix`);
  await mkdir(folder, { recursive: true });
  const manifest = {
    ...{ name, publisher: 'probe', version: '1.0.0', engines: { vscode: '^1.100.0' }, license: 'MIT', private: true },
    ...{ type: 'module', main: './extension.js', activationEvents },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), code);
  await writeFile(join(folder, '.vscodeignore'), '');
  await createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}

/** An extension that does nothing, as a VSIX: its id is `probe.NAME`. */
export function packEmptyExtension(name: string): Promise<string> {
  return pack(name, [], 'export function activate() {}\n');
}

/** The observer in the extension host, as a VSIX. */
export async function packProbe(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    ...{ entryPoints: [source], bundle: true, write: false, platform: 'node', format: 'esm', external: ['vscode'] },
  });
  return pack('probe', ['onStartupFinished'], outputFiles[0]?.text ?? '');
}

/** Asks the observer in the extension host of the window that was opened last. */
export class Probe {
  readonly #file: string;

  /** @param file where it leaves its port: to be given to VS Code as VPS_PROBE_FILE */
  constructor(file: string) {
    this.#file = file;
  }

  /** To be called before a window opens or reloads: what is there is about the one before. */
  async forget(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  /** Milliseconds until an extension is active, and until the first command that it is asked for has run. */
  async activate(id: string, firstCommand = ''): Promise<{ readonly ms: number; readonly readyMs: number }> {
    const { ms, readyMs } = await this.#ask<{ ms?: number; readyMs?: number }>('/activate', { id, command: firstCommand });
    if (ms === undefined || readyMs === undefined) throw new Error(`"${id}" was active before it was measured, or is not installed.`);
    return { ms, readyMs };
  }

  /** Milliseconds since 1970 at which the command began. */
  async run(command: string, ...args: readonly unknown[]): Promise<number> {
    return (await this.#ask<{ at: number }>('/run', { command, args: JSON.stringify(args) })).at;
  }

  /** Milliseconds since 1970 at which the panel began to be opened. */
  async openEmptyPanel(): Promise<number> {
    return (await this.#ask<{ at: number }>('/panel')).at;
  }

  /**
   * The longest time for which the extension host answered nobody while `work` went on, in milliseconds: `freezeMs` as far as it
   * was computing itself, `lateMs` with the time in which a busy machine did not let it.
   */
  async longestFreeze(work: () => Promise<void>): Promise<{ readonly freezeMs: number; readonly lateMs: number }> {
    await this.#ask('/freeze/begin');
    await work();
    return await this.#ask('/freeze/end');
  }

  async #ask<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
    const port = await waitUntil(() => readFile(this.#file, 'utf8').catch(() => undefined), 'the probe in the extension host');
    const reply = await fetch(`http://127.0.0.1:${port}${path}?${new URLSearchParams(query).toString()}`);
    return (await reply.json()) as T;
  }
}
