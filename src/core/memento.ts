/** The part of VS Code's `Memento` that stored values need. */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
