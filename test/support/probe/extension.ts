import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';

/**
 * Runs beside the extension in the same extension host, for what can be measured only there. It is asked over HTTP on
 * loopback, because asking it through the workbench would be part of what it measures; the client is `probe.ts`.
 */

/** How often it is looked whether the event loop still turns. */
const resolutionMs = 5;

/** Milliseconds since 1970, finer than `Date.now`. */
const now = (): number => performance.timeOrigin + performance.now();

/**
 * How long the event loop stood still at most. On a busy machine it also stands while other programs have the processor: a freeze
 * counts for as long as this process itself was computing in it. All its threads count, so that is rather too much than too little.
 */
class FreezeWatch {
  #timer: NodeJS.Timeout | undefined;
  #turnedAt = 0;
  #cpu = process.cpuUsage();
  #longest = { freezeMs: 0, lateMs: 0 };

  begin(): void {
    clearTimeout(this.#timer);
    this.#longest = { freezeMs: 0, lateMs: 0 };
    this.#wait();
  }

  /** Milliseconds: of the longest freeze, and by how much the event loop was late at most, whoever was to blame. */
  end(): { readonly freezeMs: number; readonly lateMs: number } {
    this.#note();
    clearTimeout(this.#timer);
    return this.#longest;
  }

  #wait(): void {
    this.#turnedAt = performance.now();
    this.#cpu = process.cpuUsage();
    this.#timer = setTimeout(() => {
      this.#note();
      this.#wait();
    }, resolutionMs);
  }

  #note(): void {
    const lateMs = Math.max(0, performance.now() - this.#turnedAt - resolutionMs);
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#longest = {
      freezeMs: Math.max(this.#longest.freezeMs, Math.min(lateMs, (user + system) / 1_000)),
      lateMs: Math.max(this.#longest.lateMs, lateMs),
    };
  }
}

const freezes = new FreezeWatch();

/** What can be asked for, by path. The answers are JSON. */
const questions: Readonly<Record<string, (query: URLSearchParams) => unknown>> = {
  /**
   * How many milliseconds an extension takes to be activated, and until a first command of it has run; undefined where it is
   * active already.
   */
  '/activate': async (query) => {
    const extension = vscode.extensions.getExtension(query.get('id') ?? '');
    if (!extension || extension.isActive) return { ms: undefined };
    const began = performance.now();
    await extension.activate();
    const ms = performance.now() - began;
    const command = query.get('command');
    if (command) await vscode.commands.executeCommand(command);
    return { ms, readyMs: performance.now() - began };
  },
  /** From now on freezes are observed. */
  '/freeze/begin': () => {
    freezes.begin();
    return {};
  },
  '/freeze/end': () => freezes.end(),
  /** Runs a command, and says when it began. */
  '/run': (query) => {
    const args = JSON.parse(query.get('args') ?? '[]') as unknown[];
    const at = now();
    void vscode.commands.executeCommand(query.get('command') ?? '', ...args);
    return { at };
  },
  /** Opens a panel with a heading and nothing else, and says when it began. */
  '/panel': () => {
    const at = now();
    const panel = vscode.window.createWebviewPanel('probe', 'Empty', vscode.ViewColumn.Active, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><html lang="en"><head><title>Empty</title></head><body><h1>Empty</h1></body></html>';
    return { at };
  },
};

export function activate(context: vscode.ExtensionContext): void {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    void Promise.resolve(questions[pathname]?.(searchParams)).then((answer) => response.end(JSON.stringify(answer)));
  });
  server.listen(0, '127.0.0.1', () => {
    const file = process.env.VPS_PROBE_FILE;
    if (file) writeFileSync(file, String((server.address() as AddressInfo).port));
  });
  context.subscriptions.push({ dispose: () => server.close() });
}
