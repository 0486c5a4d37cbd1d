import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';

/**
 * The probe extension measures inside the extension host. Its client, `probe.ts`, talks to it over HTTP on loopback, because
 * requests through the workbench would affect the measurement. It runs commands, so it requires a token, which it writes with
 * its port into a private file.
 */

/** Interval at which the event loop is checked. */
const resolutionMs = 5;

/** Milliseconds since 1970, with a higher resolution than `Date.now`. */
const now = (): number => performance.timeOrigin + performance.now();

/**
 * Measures the longest freeze of the event loop. On a busy machine the loop also waits for other programs, so a freeze counts
 * only the CPU time of this process. That includes all threads, so the result is an upper bound.
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

  /** In milliseconds: the longest freeze, and the longest delay of the event loop for any reason. */
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

/** Request handlers by path. They return JSON. */
const handlers: Readonly<Record<string, (query: URLSearchParams) => unknown>> = {
  /** Milliseconds until an extension is active, and until its first command has run; undefined if it was already active. */
  '/activate': async (query) => {
    const extension = vscode.extensions.getExtension(query.get('id') ?? '');
    if (!extension || extension.isActive) return { ms: undefined };
    const startMs = performance.now();
    await extension.activate();
    const ms = performance.now() - startMs;
    const command = query.get('command');
    if (command) await vscode.commands.executeCommand(command);
    return { ms, readyMs: performance.now() - startMs };
  },
  /** Starts to measure freezes. */
  '/freeze/begin': () => {
    freezes.begin();
    return {};
  },
  '/freeze/end': () => freezes.end(),
  /** Starts a command and returns the start time. */
  '/run': (query) => {
    const args = JSON.parse(query.get('args') ?? '[]') as unknown[];
    const at = now();
    void vscode.commands.executeCommand(query.get('command') ?? '', ...args);
    return { at };
  },
  /** Opens a panel that contains only a heading and returns the start time. */
  '/panel': () => {
    const at = now();
    const panel = vscode.window.createWebviewPanel('probe', 'Empty', vscode.ViewColumn.Active, {
      enableScripts: true,
    });
    panel.webview.html =
      '<!DOCTYPE html><html lang="en"><head><title>Empty</title></head><body><h1>Empty</h1></body></html>';
    return { at };
  },
};

export function activate(context: vscode.ExtensionContext): void {
  const token = randomBytes(32).toString('hex');
  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    void Promise.resolve(handlers[pathname]?.(searchParams)).then((reply) =>
      response.end(JSON.stringify(reply)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const file = process.env.VPS_PROBE_FILE;
    const { port } = server.address() as AddressInfo;
    if (file) writeFileSync(file, `${port} ${token}`, { mode: 0o600 });
  });
  context.subscriptions.push({ dispose: () => server.close() });
}
