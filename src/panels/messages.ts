import * as v from 'valibot';
import type { CreateValues } from '../core/createForm.ts';
import { toServerRef } from '../core/refs.ts';
import type { ServerRef } from '../core/refs.ts';
import type { CreateFromWebview, KeptCreate } from '../protocol/create.ts';
import type { DetailsFromWebview } from '../protocol/details.ts';

/*
 * What webviews may send. A webview shows text from the network, so it is trusted as little as the network: what does not
 * match is dropped, and nothing in a message names a server.
 */

/** A schema for every type of message: a type without one does not compile. */
type Schemas<M extends { readonly type: string }> = {
  readonly [T in M['type']]: v.GenericSchema<unknown, Extract<M, { readonly type: T }>>;
};

/** Longer than anything that a person types here; what is too long for a field is for the validation to say. */
const text = v.pipe(v.string(), v.maxLength(10_000));

const detailsSchemas: Schemas<DetailsFromWebview> = {
  ready: v.object({ type: v.literal('ready') }),
  power: v.object({ type: v.literal('power'), action: v.picklist(['start', 'stop', 'reboot']) }),
  delete: v.object({ type: v.literal('delete') }),
  copy: v.object({
    type: v.literal('copy'),
    fact: v.picklist(['ipAddress', 'ipv6Address', 'hostname', 'id', 'location']),
  }),
  save: v.object({
    type: v.literal('save'),
    values: v.object({ name: text, hostname: text, backupsEnabled: v.boolean() }),
    basis: v.pipe(
      // What is undefined does not survive the way from the webview.
      v.object({ name: text, hostname: text, backupsEnabled: v.optional(v.boolean()) }),
      v.transform(({ name, hostname, backupsEnabled }) => ({ name, hostname, backupsEnabled })),
    ),
  }),
};

const values: v.GenericSchema<unknown, CreateValues> = v.object({
  accountId: text,
  name: text,
  location: text,
  planId: text,
  osId: text,
  hostname: text,
  sshKeyId: text,
  backupsEnabled: v.boolean(),
});

const createSchemas: Schemas<CreateFromWebview> = {
  ready: v.object({ type: v.literal('ready') }),
  chooseAccount: v.object({ type: v.literal('chooseAccount'), accountId: text }),
  edited: v.object({ type: v.literal('edited'), values }),
  create: v.object({ type: v.literal('create'), values, attempt: v.pipe(v.number(), v.safeInteger()) }),
  copyCurl: v.object({ type: v.literal('copyCurl'), values }),
  openPanel: v.object({ type: v.literal('openPanel') }),
  showLikely: v.object({ type: v.literal('showLikely') }),
  dismissLikely: v.object({ type: v.literal('dismissLikely') }),
  cancel: v.object({ type: v.literal('cancel') }),
};

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function parse<M extends { readonly type: string }>(schemas: Schemas<M>, message: unknown): M | undefined {
  const type = property(message, 'type');
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) {
    return undefined;
  }
  const result = v.safeParse(schemas[type as M['type']], message);
  return result.success ? result.output : undefined;
}

/** A message of the details webview; undefined for anything else. Never throws. */
export function parseDetailsMessage(message: unknown): DetailsFromWebview | undefined {
  return parse(detailsSchemas, message);
}

/** A message of the create form; undefined for anything else. Never throws. */
export function parseCreateMessage(message: unknown): CreateFromWebview | undefined {
  return parse(createSchemas, message);
}

/** Values of the form that were kept earlier; undefined for anything else. */
export function parseCreateValues(stored: unknown): CreateValues | undefined {
  const result = v.safeParse(values, stored);
  return result.success ? result.output : undefined;
}

/** What a details page kept over a reload of the window: which server it shows. Its draft stays with the page. */
export function parseKeptDetails(state: unknown): ServerRef | undefined {
  return toServerRef(property(state, 'ref'));
}

/** What a create form kept over a reload of the window, as far as the host needs it. */
export function parseKeptCreate(state: unknown): Pick<KeptCreate, 'formId' | 'values'> | undefined {
  const formId = property(state, 'formId');
  const kept = parseCreateValues(property(state, 'values'));
  return typeof formId === 'string' && formId !== '' && kept ? { formId, values: kept } : undefined;
}

/** What a message that was dropped called itself, for the log; its contents may be private. */
export function describeMessage(message: unknown): string {
  const type = property(message, 'type');
  return typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : 'without a type';
}
