import type { AccountId } from '../core/account.ts';
import type { CreateValues } from '../core/createForm.ts';
import { checkWholeNumber } from '../core/validation.ts';
import { parseCreateValues } from './messages.ts';

const draftKey = 'vpsOrg.createDraft';
const sshKeyIdsKey = 'vpsOrg.sshKeyIds';
/** How many SSH key ids are remembered for each account. */
const keptKeyIds = 10;

/** A form that was being filled in: what it began with and what it holds. */
export interface CreateDraft {
  readonly formId: string;
  readonly initial: CreateValues;
  readonly values: CreateValues;
}

/** As much of VS Code's `Memento` as is needed here. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/**
 * What the create form remembers: the form itself for this workspace, until it is sent or cancelled, and the SSH key ids
 * that were used, for each account. The API has no list of keys. Nothing of it is secret.
 */
export class CreateMemory {
  readonly #workspace: Memory;
  readonly #global: Memory;
  readonly #warn: (text: string) => void;

  /** `warn` hears when something could not be written: that is no reason to keep a form from going on. */
  constructor(workspace: Memory, global: Memory, warn: (text: string) => void) {
    this.#workspace = workspace;
    this.#global = global;
    this.#warn = warn;
  }

  /** The form that was left; undefined where there is none that can be read. */
  get draft(): CreateDraft | undefined {
    const { formId, ...stored } = record(this.#workspace.get(draftKey));
    const initial = parseCreateValues(stored.initial);
    const values = parseCreateValues(stored.values);
    return typeof formId === 'string' && formId !== '' && initial && values ? { formId, initial, values } : undefined;
  }

  async setDraft(draft: CreateDraft | undefined): Promise<void> {
    await this.#write(this.#workspace, draftKey, draft);
  }

  /** The newest first. */
  sshKeyIds(accountId: AccountId): readonly string[] {
    const stored = this.#keyIds();
    const ids: unknown = Object.hasOwn(stored, accountId) ? stored[accountId] : undefined;
    return Array.isArray(ids)
      ? ids.filter((id): id is string => typeof id === 'string' && checkWholeNumber(id).ok).slice(0, keptKeyIds)
      : [];
  }

  async rememberSshKeyId(accountId: AccountId, id: number): Promise<void> {
    const others = this.sshKeyIds(accountId).filter((known) => known !== String(id));
    const ids = [String(id), ...others].slice(0, keptKeyIds);
    await this.#write(this.#global, sshKeyIdsKey, { ...this.#keyIds(), [accountId]: ids });
  }

  /** Forgets what belongs to accounts that are not signed in any more. */
  async keepOnly(accountIds: readonly AccountId[]): Promise<void> {
    const stored = this.#keyIds();
    const kept = Object.fromEntries(Object.entries(stored).filter(([id]) => accountIds.includes(id)));
    if (Object.keys(kept).length < Object.keys(stored).length) {
      await this.#write(this.#global, sshKeyIdsKey, kept);
    }
    const { draft } = this;
    if (draft && !accountIds.includes(draft.values.accountId)) {
      await this.setDraft(undefined);
    }
  }

  async #write(memory: Memory, key: string, value: unknown): Promise<void> {
    try {
      await memory.update(key, value);
    } catch (error) {
      this.#warn(`The create form could not be remembered: ${String(error)}`);
    }
  }

  #keyIds(): Readonly<Record<string, unknown>> {
    return record(this.#global.get(sshKeyIdsKey));
  }
}
