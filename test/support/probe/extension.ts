import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';

/**
 * Runs beside the extension in the same extension host, for what can be measured only there. It is asked over HTTP on
 * loopback, because asking it through the workbench would be part of what it measures; the client is `probe.ts`.
 */

const resolutionMs = 5;

/** Milliseconds since 1970, finer than `Date.now`. */
const now = (): number => performance.timeOrigin + performance.now();

const delays = monitorEventLoopDelay({ resolution: resolutionMs });

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
  /** From now on it is observed how late the event loop is. */
  '/delay/begin': () => {
    delays.enable();
    delays.reset();
    return {};
  },
  '/delay/end': () => ({ maxMs: Math.max(0, delays.max / 1e6 - resolutionMs) }),
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
