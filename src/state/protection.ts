import { Emitter } from '../core/event.ts';
import type { Disposable } from '../core/event.ts';
import type { ServerRef } from '../core/refs.ts';
import type { Server } from '../core/server.ts';
import type { MarkStore } from './serverMarks.ts';

/** Why a server is protected. */
export interface ProtectionReason {
  /** The pattern in the settings that its name matches; undefined where the server itself is marked. */
  readonly pattern: string | undefined;
}

/** Returns the pattern that a name matches. */
export type PatternMatcher = (name: string) => string | undefined;

/**
 * Which servers must not be changed or deleted: those that a person protected, by id, and those whose name matches a pattern in
 * the settings. It protects against mistakes here only: VPS.org does not know of it.
 */
export class Protection implements Disposable {
  readonly #marks: MarkStore;
  readonly #onDidChange = new Emitter<readonly ServerRef[] | undefined>();
  #findPattern: PatternMatcher = () => undefined;

  /** Sends the servers whose protection may have changed; undefined means any. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(marks: MarkStore) {
    this.#marks = marks;
    marks.onDidChange((refs) => this.#onDidChange.fire(refs));
  }

  /** Undefined where the server is not protected. A pattern comes first, because it protects whatever the mark is. */
  reasonOf(ref: ServerRef, { name }: Pick<Server, 'name'>): ProtectionReason | undefined {
    const pattern = this.#findPattern(name);
    return pattern !== undefined || this.#marks.get(ref).isProtected ? { pattern } : undefined;
  }

  /** Replaces the patterns. */
  setPatterns(findPattern: PatternMatcher): void {
    this.#findPattern = findPattern;
    this.#onDidChange.fire(undefined);
  }

  dispose(): void {
    this.#onDidChange.dispose();
  }
}
