import * as v from 'valibot';
import { createValuesSchema } from '../../core/createFields.ts';
import type { Memento } from '../../core/memento.ts';
import { parseWith } from '../messages.ts';
import { draftKey } from '../storedInput.ts';

const draftSchema = v.object({
  formId: v.pipe(v.string(), v.nonEmpty()),
  initial: createValuesSchema,
  values: createValuesSchema,
});

/** An unfinished form: the values that it started with and the current ones. */
export type CreateDraft = Readonly<v.InferOutput<typeof draftSchema>>;

/** Persists the unfinished form for this workspace, until it is sent or cancelled. It has no secrets. */
export class DraftStore {
  readonly #workspace: Memento;
  readonly #warn: (text: string) => void;

  /** @param warn is called when something could not be written; the form continues without it */
  constructor(workspace: Memento, warn: (text: string) => void) {
    this.#workspace = workspace;
    this.#warn = warn;
  }

  /** The unfinished form; undefined if there is none or it cannot be read. */
  get draft(): CreateDraft | undefined {
    return parseWith(draftSchema, this.#workspace.get(draftKey));
  }

  async setDraft(draft: CreateDraft | undefined): Promise<void> {
    try {
      await this.#workspace.update(draftKey, draft);
    } catch (error) {
      this.#warn(`The create form could not be saved: ${String(error)}`);
    }
  }
}
