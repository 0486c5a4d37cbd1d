import * as v from 'valibot';
import type { AccountId } from '../../core/account.ts';
import type { Memento } from '../../core/memento.ts';
import { sshKeyIdsKey, systemsKey } from '../storedInput.ts';

const maxIds = 10;

const idSchema = v.pipe(v.string(), v.regex(/^\S{1,200}$/u));
const systemSchema = v.object({ id: idSchema, name: v.pipe(v.string(), v.nonEmpty()) });
const recordSchema = v.fallback(v.record(v.string(), v.unknown()), {});

/** An operating system with which a server was created. */
export type UsedSystem = Readonly<v.InferOutput<typeof systemSchema>>;

/**
 * Remembers the ids with which servers were created, by account, because the API has no list of operating systems and SSH keys.
 * None of them is secret.
 */
export class UsedIds {
  readonly #memory: Memento;
  readonly #warn: (text: string) => void;

  /** @param warn is called when something could not be written; it is not remembered then */
  constructor(memory: Memento, warn: (text: string) => void) {
    this.#memory = memory;
    this.#warn = warn;
  }

  /** Most recently used first. */
  sshKeyIds(accountId: AccountId): readonly string[] {
    return this.#read(sshKeyIdsKey, accountId, idSchema);
  }

  /** Most recently used first. */
  systems(accountId: AccountId): readonly UsedSystem[] {
    return this.#read(systemsKey, accountId, systemSchema);
  }

  async addSshKeyId(accountId: AccountId, id: string): Promise<void> {
    const others = this.sshKeyIds(accountId).filter((other) => other !== id);
    await this.#write(sshKeyIdsKey, accountId, [id, ...others]);
  }

  async addSystem(accountId: AccountId, system: UsedSystem): Promise<void> {
    const others = this.systems(accountId).filter(({ id }) => id !== system.id);
    await this.#write(systemsKey, accountId, [system, ...others]);
  }

  /** The readable items of an account. */
  #read<T>(key: string, accountId: AccountId, schema: v.GenericSchema<unknown, T>): readonly T[] {
    const stored = this.#all(key);
    const items: unknown = Object.hasOwn(stored, accountId) ? stored[accountId] : undefined;
    return (Array.isArray(items) ? (items as readonly unknown[]) : [])
      .flatMap((item) => {
        const parsed = v.safeParse(schema, item);
        return parsed.success ? [parsed.output] : [];
      })
      .slice(0, maxIds);
  }

  async #write(key: string, accountId: AccountId, items: readonly unknown[]): Promise<void> {
    try {
      await this.#memory.update(key, {
        ...this.#all(key),
        [accountId]: items.slice(0, maxIds),
      });
    } catch (error) {
      this.#warn(`An ID could not be remembered: ${String(error)}`);
    }
  }

  #all(key: string): Readonly<Record<string, unknown>> {
    return v.parse(recordSchema, this.#memory.get(key));
  }
}
