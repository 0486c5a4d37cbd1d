import { isRecord, parseJson } from './json.ts';
import { clamp } from './plainText.ts';
import type { RedactText } from './redact.ts';
import { maxMessageLength, serverLine } from './serverLine.ts';

/** What a server said about an error, as one line of plain text each. */
export interface ErrorBody {
  readonly message?: string;
  /** By field name as the API spells it, nested ones joined with dots. */
  readonly fields: Record<string, string[]>;
}

const maxFieldName = 60;
const maxEntry = 200;
const maxFields = 20;
const maxEntries = 5;
const maxDepth = 5;
/** Values looked at in one body; a hostile one must not keep the editor busy. */
const maxValues = 1000;

/** Keys that hold the message, the best one first: only the first that says something is shown. */
const headlineKeys = ['detail', 'message', 'error', 'msg', 'title'];
/** Keys whose content belongs to the thing around them, not to a field of that name. */
const wrapperKeys = ['errors', 'fields', 'non_field_errors', 'nonFieldErrors'];
/** In a list of objects: which key names the field. */
const fieldNameKeys = ['field', 'attr', 'param', 'name', 'loc'];
/** Fields of our own requests: theirs may be a bare string. Anything else at the top may be `"code": "invalid"` or the like. */
const requestFields = ['name', 'plan_id', 'os_id', 'location', 'hostname', 'ssh_key_id', 'backups_enabled'];

/**
 * Reads the body of an error reply in any of the shapes that are about, because the API documents none: `detail`, `message`
 * or `error` as text or object, `errors` as text, list or map, DRF's field -> texts map, plain text, HTML (of which only
 * the title is taken), nothing. Never throws.
 *
 * @param redactSecrets runs on every text before it is shortened: half a secret is one too.
 */
export function readErrorBody(text: string, redactSecrets: RedactText): ErrorBody {
  const parsed = parseJson(text);
  const reader = new Reader(redactSecrets);
  if (parsed.ok) {
    reader.read(parsed.value, '', maxDepth, false);
  } else if (parsed.reason === 'notJson') {
    reader.read(text, '', maxDepth, false);
  }
  return reader.result();
}

class Reader {
  readonly #redact: RedactText;
  readonly #messages = new Set<string>();
  readonly #fields = new Map<string, Set<string>>();
  #valuesLeft = maxValues;

  constructor(redactSecrets: RedactText) {
    this.#redact = redactSecrets;
  }

  /** `field` is empty for what is about the request as a whole; `textsCount` says whether bare strings are errors here. */
  read(value: unknown, field: string, depth: number, textsCount: boolean): void {
    if (depth < 0 || this.#valuesLeft-- <= 0) {
      return;
    }
    if (typeof value === 'string') {
      this.#say(value, field);
    } else if (Array.isArray(value)) {
      for (const item of value.slice(0, maxValues)) {
        this.#readItem(item, field, depth - 1, textsCount);
      }
    } else if (isRecord(value)) {
      this.#readObject(value, field, depth - 1, textsCount);
    }
  }

  result(): ErrorBody {
    const message = [...this.#messages].reduce(joinSentences, '');
    const fields = Object.fromEntries([...this.#fields].map(([name, texts]) => [name, [...texts]]));
    return message === '' ? { fields } : { message: clamp(message, maxMessageLength), fields };
  }

  /** An element of a list: a text, `{field, message}`, or an object like any other. */
  #readItem(item: unknown, field: string, depth: number, textsCount: boolean): void {
    const name = isRecord(item) ? nameOfField(item) : undefined;
    const headline = isRecord(item) ? headlineKeys.find((key) => typeof item[key] === 'string') : undefined;
    if (isRecord(item) && name !== undefined && headline !== undefined) {
      this.#say(String(item[headline]), joinPath(field, name));
    } else {
      // Beside a headline stand codes and the like, not texts about fields.
      this.read(item, field, depth, textsCount && headline === undefined);
    }
  }

  #readObject(object: Record<string, unknown>, field: string, depth: number, textsCount: boolean): void {
    const before = this.#messages.size;
    for (const key of headlineKeys) {
      // One headline is enough; what is no text may hold fields as well.
      if (this.#messages.size === before || typeof object[key] !== 'string') {
        this.read(object[key], field, depth, false);
      }
    }
    for (const key of wrapperKeys) {
      this.read(object[key], field, depth, true);
    }
    for (const [key, value] of Object.entries(object)) {
      const isText = typeof value === 'string';
      const counts = !isText || textsCount || (field === '' && requestFields.includes(key));
      if (counts && !headlineKeys.includes(key) && !wrapperKeys.includes(key)) {
        this.read(value, joinPath(field, key), depth, textsCount);
      }
    }
  }

  #say(raw: string, field: string): void {
    const text = serverLine(raw, this.#redact);
    if (text === '') {
      return;
    }
    if (field === '') {
      this.#messages.add(text);
      return;
    }
    const name = clamp(serverLine(field, this.#redact), maxFieldName);
    const texts = this.#fields.get(name) ?? new Set();
    // `__proto__` would be harmless in the result, but not in whatever copies it key by key.
    const isNew = !this.#fields.has(name);
    if (name === '' || name.includes('__proto__') || (isNew && this.#fields.size >= maxFields)) {
      return;
    }
    if (texts.size < maxEntries) {
      texts.add(clamp(text, maxEntry));
    }
    this.#fields.set(name, texts);
  }
}

function nameOfField(item: Record<string, unknown>): string | undefined {
  for (const key of fieldNameKeys) {
    const value = item[key];
    if (typeof value === 'string' && value !== '') {
      return value;
    }
    if (key === 'loc' && Array.isArray(value)) {
      return value.filter((part) => part !== 'body' && ['string', 'number'].includes(typeof part)).join('.');
    }
  }
  return undefined;
}

function joinPath(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}

function joinSentences(text: string, next: string): string {
  return text === '' ? next : `${text}${/[.!?:;]$/.test(text) ? '' : '.'} ${next}`;
}
