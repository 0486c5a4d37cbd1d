import type { ServerRef } from '../../core/refs.ts';
import { objectIn } from '../../core/json.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Memento } from '../../core/memento.ts';
import { parseWith } from '../messages.ts';
import { settingsDraftsKey, storedObject } from '../storedInput.ts';
import { storedDraftSchema } from './protocol.ts';
import type { DetailsDraft } from './protocol.ts';

/**
 * Persists unsaved server settings for this workspace, until they are saved or discarded: VS Code closes a panel without asking,
 * and its page loses its state then. `forgetInput` deletes those of accounts that were signed out.
 */
export class SettingsDraftStore {
  readonly #memory: Memento;
  readonly #warn: (text: string) => void;

  /** @param warn is called when something could not be written; the panel continues without it */
  constructor(memory: Memento, warn: (text: string) => void) {
    this.#memory = memory;
    this.#warn = warn;
  }

  get({ accountId, serverId }: ServerRef): DetailsDraft | undefined {
    return parseWith(storedDraftSchema, this.#ofAccount(accountId)[serverId]);
  }

  async set(ref: ServerRef, draft: DetailsDraft | undefined): Promise<void> {
    if (draft === undefined && this.get(ref) === undefined) {
      return;
    }
    const { accountId, serverId } = ref;
    const drafts = { ...this.#ofAccount(accountId), [serverId]: draft };
    const all = { ...storedObject(this.#memory, settingsDraftsKey), [accountId]: drafts };
    try {
      await this.#memory.update(settingsDraftsKey, all);
    } catch (error) {
      this.#warn(`Unsaved server settings could not be stored: ${String(error)}`);
    }
  }

  #ofAccount(accountId: string): JsonObject {
    return objectIn(storedObject(this.#memory, settingsDraftsKey), accountId);
  }
}
