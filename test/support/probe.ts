import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import * as esbuild from 'esbuild';
import { waitUntil } from './workbenchWait.ts';

const out = fileURLToPath(new URL('../../out/probe/', import.meta.url));
const source = fileURLToPath(new URL('probe/extension.ts', import.meta.url));

/** Packages an extension with one module. Returns the path of the VSIX. */
async function pack(
  name: string,
  activationEvents: readonly string[],
  code: string,
): Promise<string> {
  const folder = join(out, name);
  const packagePath = join(out, `${name}.vsix`);
  await mkdir(folder, { recursive: true });
  const manifest = {
    name,
    publisher: 'probe',
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    license: 'MIT',
    private: true,
    main: './extension.js',
    activationEvents,
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), code);
  await writeFile(join(folder, '.vscodeignore'), '');
  await createVSIX({
    cwd: folder,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

/** Packages an extension that does nothing, with the id `probe.NAME`. Returns the path of the VSIX. */
export function packEmptyExtension(name: string): Promise<string> {
  return pack(name, [], 'exports.activate = () => undefined;\n');
}

/** Packages the probe extension. Returns the path of the VSIX. */
export async function packProbe(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [source],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  return pack('probe', ['onStartupFinished'], outputFiles[0]?.text ?? '');
}

/** Client of the probe extension in the window that was opened last. */
export class Probe {
  readonly #file: string;

  /** @param file where the extension writes its port and token; VS Code gets it as VPS_PROBE_FILE */
  constructor(file: string) {
    this.#file = file;
  }

  /** Forgets the port and token. Call it before a window opens or reloads. */
  async reset(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  /** Activates an extension. Returns the milliseconds until it is active and until its first command has run. */
  async activate(
    id: string,
    firstCommand = '',
  ): Promise<{ readonly ms: number; readonly readyMs: number }> {
    const { ms, readyMs } = await this.#request<{ ms?: number; readyMs?: number }>('/activate', {
      id,
      command: firstCommand,
    });
    if (ms === undefined || readyMs === undefined)
      throw new Error(`"${id}" was already active, or is not installed.`);
    return { ms, readyMs };
  }

  /** Starts a command. Returns the start time in milliseconds since 1970. */
  async run(command: string, ...args: readonly unknown[]): Promise<number> {
    return (await this.#request<{ at: number }>('/run', { command, args: JSON.stringify(args) }))
      .at;
  }

  /** Opens an empty panel. Returns the start time in milliseconds since 1970. */
  async openEmptyPanel(): Promise<number> {
    return (await this.#request<{ at: number }>('/panel')).at;
  }

  /**
   * The longest freeze of the extension host's event loop during `work`, in milliseconds. `freezeMs` counts only the CPU time
   * of the extension host, `lateMs` the whole delay, which a busy machine increases.
   */
  async longestFreeze(
    work: () => Promise<void>,
  ): Promise<{ readonly freezeMs: number; readonly lateMs: number }> {
    await this.#request('/freeze/begin');
    await work();
    return await this.#request('/freeze/end');
  }

  async #request<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
    const contact = await waitUntil(
      () => readFile(this.#file, 'utf8').catch(() => undefined),
      'the probe in the extension host',
    );
    const [port = '', token = ''] = contact.split(' ');
    const reply = await fetch(
      `http://127.0.0.1:${port}${path}?${new URLSearchParams(query).toString()}`,
      { headers: { Authorization: `Bearer ${token}` } },
    );
    return (await reply.json()) as T;
  }
}
