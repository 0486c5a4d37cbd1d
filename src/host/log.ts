import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { redact } from '../api/redact.ts';

/** The "VPS.org" log. Every text is redacted here once more, whoever wrote it. */
export class Log implements Disposable {
  readonly #channel = vscode.window.createOutputChannel('VPS.org', { log: true });
  readonly #secrets: () => Iterable<string>;

  /** `secrets` gives the tokens known at the moment of writing. */
  constructor(secrets: () => Iterable<string>) {
    this.#secrets = secrets;
  }

  debug(text: string): void {
    this.#channel.debug(this.#clean(text));
  }

  info(text: string): void {
    this.#channel.info(this.#clean(text));
  }

  /** With the stack of the error and of its causes, where there is one. */
  warn(text: string, error?: unknown): void {
    this.#channel.warn(this.#clean(withStacks(text, error)));
  }

  /** With the stack of the error and of its causes. */
  error(text: string, error: unknown): void {
    this.#channel.error(this.#clean(withStacks(text, error)));
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }

  #clean(text: string): string {
    return redact(text, this.#secrets());
  }
}

function withStacks(text: string, error: unknown): string {
  const parts = [text];
  for (let cause: unknown = error; cause !== undefined && parts.length < 6; ) {
    const { stack, message, cause: next } = cause instanceof Error ? cause : new Error(typeof cause === 'string' ? cause : 'Not an error');
    parts.push(stack ?? message);
    cause = next;
  }
  return parts.join('\n');
}
