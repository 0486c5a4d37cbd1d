import { isRecord } from '../../core/json.ts';
import type { JsonObject } from '../../core/json.ts';
import type { RedactText } from '../../core/redact.ts';
import { clamp } from '../../core/text.ts';
import { createFieldNames } from '../requestFields.ts';
import { parseJson } from './body.ts';
import { maxMessageLength, messageText } from './messageText.ts';

/** The texts of an error reply, each one line of plain text. */
export interface ErrorBody {
  readonly message?: string;
  /** By field name as the API spells it, nested ones joined with dots. */
  readonly fields: Record<string, string[]>;
}

const maxFieldName = 60;
/** UTF-16 units of a field's path before it is cleaned. */
const maxPath = 1000;
const maxEntry = 200;
const maxFields = 20;
const maxEntries = 5;
const maxDepth = 5;
/** Values read from one body, so that a hostile one cannot keep the editor busy. */
const maxValues = 1000;

/** Keys of the message, best first. Only the first one with a text is shown. */
const headlineKeys = [
  ...['detail', 'message', 'error_description', 'error_message', 'errorMessage', 'msg', 'error'],
  ...['description', 'reason', 'title'],
];
/** Keys whose content belongs to the object around them, not to a field of that name. */
const wrapperKeys = [
  ...['errors', 'fields', 'non_field_errors', 'nonFieldErrors', '__all__', 'details'],
  ...['invalid-params', 'invalid_params', 'invalidParams', 'violations', 'fieldViolations'],
  ...['field_violations', 'field_errors', 'fieldErrors', 'validation_errors', 'validationErrors'],
];
/** Keys that name the field in a list of objects, best first. */
const fieldNameKeys = [
  ...[
    'field',
    'attr',
    'param',
    'parameter',
    'argument_name',
    'argument',
    'field_name',
    'fieldName',
  ],
  ...['attribute', 'property', 'propertyPath', 'instancePath', 'pointer', 'source', 'path', 'loc'],
  ...['target', 'name', 'key'],
];
/** Keys of the words in a list of objects, best first: sentences before what may be a code. */
const wordKeys = [
  ...['help_message', 'detail', 'message', 'messages', 'msg', 'defaultMessage', 'description'],
  ...['error_description', 'help', 'text', 'info', 'issue', 'error', 'errors', 'constraints'],
  ...['reason', 'title', 'code'],
];
/** Keys of codes and the like. As bare strings they are no errors, wherever they are. */
const codeKeys = /^@|^(?:code|type|id|status|links?|meta|domain|instance|timestamp|ctx|kind)$|_id$/;
/** Parts of requests and documents that are put in front of a field: `/data/attributes/name`, `body.name`. */
const pathPrefix =
  /^(?:#|\$|data|attributes|body|json|params|query|request|requestBody|server|payload|input)$/;
/** Fields of our requests, whose errors may be bare strings. Other strings at the top level may be codes: `"code": "invalid"`. */
const requestFields: readonly string[] = Object.values(createFieldNames);

/**
 * Reads the body of an error reply. The API documents no shape for it, so all common ones are accepted: `detail`, `message`
 * or `error` as text or object, `errors` as text, list or map, Django REST framework's map of fields to texts, plain text,
 * HTML (only its title) and nothing. Never throws.
 *
 * @param redactSecrets runs on every text before it is shortened, because half a secret is a secret too
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

  /** `field` is empty for errors about the whole request; `areTextsErrors`: bare strings are errors here. */
  read(value: unknown, field: string, depth: number, areTextsErrors: boolean): void {
    if (depth < 0 || this.#valuesLeft-- <= 0) {
      return;
    }
    if (typeof value === 'string') {
      this.#add(value, field);
    } else if (Array.isArray(value)) {
      for (const item of value.slice(0, maxValues)) {
        this.#readItem(item, field, depth - 1, areTextsErrors);
      }
    } else if (isRecord(value)) {
      this.#readObject(value, field, depth - 1, areTextsErrors);
    }
  }

  result(): ErrorBody {
    const message = [...this.#messages].reduce(joinSentences, '');
    const fields = Object.fromEntries([...this.#fields].map(([name, texts]) => [name, [...texts]]));
    return message === '' ? { fields } : { message: clamp(message, maxMessageLength), fields };
  }

  /** An item of a list: a text, `{field, message}`, or any other object. */
  #readItem(item: unknown, field: string, depth: number, areTextsErrors: boolean): void {
    const name = isRecord(item) ? nameOfField(item) : undefined;
    const words = isRecord(item) ? wordsOf(item) : [];
    if (name === undefined) {
      // Other strings beside a headline are codes and the like, not errors of fields.
      const hasHeadline =
        isRecord(item) && headlineKeys.some((key) => typeof item[key] === 'string');
      this.read(item, field, depth, areTextsErrors && !hasHeadline);
    } else if (words.length > 0) {
      words.forEach((text) => this.#add(text, joinPath(field, name)));
    } else {
      this.read(item, field, depth, areTextsErrors);
    }
  }

  #readObject(object: JsonObject, field: string, depth: number, areTextsErrors: boolean): void {
    const before = this.#messages.size;
    for (const key of headlineKeys) {
      // One headline is enough; a headline key that is no text may contain fields.
      if (this.#messages.size === before || typeof object[key] !== 'string') {
        this.read(object[key], field, depth, false);
      }
    }
    for (const key of wrapperKeys) {
      this.read(object[key], field, depth, true);
    }
    for (const [key, value] of Object.entries(object)) {
      const isText = typeof value === 'string';
      if (isText && codeKeys.test(key) && !requestFields.includes(key)) {
        continue;
      }
      const counts = !isText || areTextsErrors || (field === '' && requestFields.includes(key));
      if (counts && !headlineKeys.includes(key) && !wrapperKeys.includes(key)) {
        this.read(value, joinPath(field, key), depth, areTextsErrors);
      }
    }
  }

  #add(raw: string, field: string): void {
    const text = messageText(raw, this.#redact);
    if (text === '') {
      return;
    }
    if (field === '') {
      this.#messages.add(text);
      return;
    }
    const name = clamp(messageText(fieldName(field) ?? '', this.#redact), maxFieldName);
    const texts = this.#fields.get(name) ?? new Set();
    // `__proto__` is harmless in the result, but not in code that copies it key by key.
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

/** The field that an object in a list is about, in the API's spelling where it is one of our requests. */
function nameOfField(item: JsonObject): string | undefined {
  for (const key of fieldNameKeys) {
    const name = fieldName(item[key]);
    if (name !== undefined) {
      return name;
    }
  }
  return undefined;
}

/** Reads `name`, `/data/attributes/name`, `["body", "name"]`, `{pointer: ...}` and `{parameter: ...}`. */
function fieldName(value: unknown): string | undefined {
  if (isRecord(value)) {
    return fieldName(value.pointer) ?? fieldName(value.parameter);
  }
  const parts: readonly unknown[] = Array.isArray(value)
    ? value.slice(0, maxEntries * 2)
    : typeof value === 'string'
      ? value.slice(0, maxPath).split(/[/.]|\[["']?|["']?\]/)
      : [];
  const names = parts
    .filter((part) => typeof part === 'number' || (typeof part === 'string' && part !== ''))
    .map(String);
  while (names.length > 1 && pathPrefix.test(names[0] ?? '')) {
    names.shift();
  }
  // An address of the request, as `path` often is.
  if (names.length === 0 || (typeof value === 'string' && value.startsWith('/api/'))) {
    return undefined;
  }
  return names.map((name, index) => (index === 0 ? ownSpelling(name) : name)).join('.');
}

/** `planId` and `PlanId` as `plan_id`, for fields of our requests. */
function ownSpelling(name: string): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
  return requestFields.includes(snake) ? snake : name;
}

/** The words of an object in a list: of the first key that has some. */
function wordsOf(item: JsonObject): string[] {
  for (const key of wordKeys) {
    const value = item[key];
    const values: unknown[] = Array.isArray(value)
      ? value.slice(0, maxEntries)
      : key === 'constraints' && isRecord(value)
        ? Object.values(value).slice(0, maxEntries)
        : [value];
    const texts = values.filter((text) => typeof text === 'string' && text.trim() !== '');
    if (texts.length > 0) {
      return texts as string[];
    }
  }
  return [];
}

function joinPath(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}

function joinSentences(text: string, next: string): string {
  return text === '' ? next : `${text}${/[.!?:;]$/.test(text) ? '' : '.'} ${next}`;
}
