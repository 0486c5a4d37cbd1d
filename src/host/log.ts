import * as vscode from 'vscode';
import type { Disposable } from '../core/event.ts';
import { redact } from '../core/redact.ts';

/** The "VPS.org" log. Redacts every text, even those that were redacted before. */
export class Log implements Disposable {
  readonly #channel = vscode.window.createOutputChannel('VPS.org', { log: true });
  readonly #secrets: () => Iterable<string>;

  /** @param secrets returns the tokens to redact; called for every text */
  constructor(secrets: () => Iterable<string>) {
    this.#secrets = secrets;
  }

  debug(text: string): void {
    this.#channel.debug(this.#clean(text));
  }

  info(text: string): void {
    this.#channel.info(this.#clean(text));
  }

  /** Adds the stacks of the error and its causes, if there is an error. */
  warn(text: string, error?: unknown): void {
    this.#channel.warn(this.#clean(withStacks(text, error)));
  }

  /** Adds the stacks of the error and its causes. */
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
  for (let cause: unknown = error; cause !== undefined && parts.length < 6;) {
    const {
      stack,
      message,
      cause: next,
    } = cause instanceof Error
      ? cause
      : new Error(typeof cause === 'string' ? cause : 'Not an error');
    parts.push(stack ?? message);
    cause = next;
  }
  return parts.join('\n');
}
