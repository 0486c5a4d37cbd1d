import * as v from 'valibot';
import { passing, shape } from './fields.ts';
import { isRecord } from './json.ts';
import { clamp, isPlainText, plainText } from './plainText.ts';
import { isPathSafe } from './request.ts';

/*
 * The API's objects field by field (api.md, sections 2 to 4), in its own snake_case. Every field may be missing or null;
 * one of another type is an issue that `readFields` reports.
 */

const maxText = 200;
const maxDescription = 500;

/** Missing or null comes out undefined. */
function optional<T>(schema: v.GenericSchema<unknown, T>) {
  return v.pipe(
    v.nullish(schema),
    v.transform((value) => value ?? undefined),
  );
}

function oneLine(maxLength: number) {
  return v.pipe(
    v.string(),
    v.transform((value) => clamp(plainText(value), maxLength)),
  );
}

function isFineText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= maxText && isPlainText(value);
}

/** One line of plain text; an empty one counts as missing. */
const text = passing(
  isFineText,
  optional(
    v.pipe(
      oneLine(maxText),
      v.transform((value) => (value === '' ? undefined : value)),
    ),
  ),
);

const requiredText = passing(isFineText, v.pipe(oneLine(maxText), v.nonEmpty()));

/** Missing comes out undefined, null and an empty text as null: the API says that there is none. */
const address = passing(
  (value) => value === null || isFineText(value),
  v.optional(
    v.nullable(
      v.pipe(
        oneLine(maxText),
        v.transform((value) => (value === '' ? null : value)),
      ),
    ),
  ),
);

/** Zero or more, as a number or as its decimal digits. */
const amount = optional(
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.trim(), v.regex(/^\d+(\.\d+)?$/), v.transform(Number))]),
    v.finite(),
    v.minValue(0),
  ),
);

/** Readings a little above 100 happen; a meter has no room for them. */
const percent = v.pipe(
  amount,
  v.transform((value) => (value === undefined ? undefined : Math.min(value, 100))),
);

/**
 * An integer or a text, as text. Only what comes back unchanged in a path is an id: past 2^53 the digits would be those of
 * another server, and invisible characters would make two ids look alike.
 */
const id = v.union([
  v.pipe(v.number(), v.safeInteger(), v.transform(String)),
  v.pipe(
    v.string(),
    v.maxLength(maxText),
    v.check((value) => isPathSafe(value) && plainText(value) === value),
  ),
]);

const flag = optional(v.boolean());
/** Not `v.record`: that lets arrays pass. */
const record = passing(isRecord, optional(v.custom<Record<string, unknown>>(isRecord)));
const list = optional(v.array(v.unknown()));

export const identityShape = shape({ id });

/** `GET /servers/`: also `results`, which is looked at before. */
export const listShape = shape({
  count: v.pipe(
    amount,
    v.check((value) => value === undefined || Number.isSafeInteger(value)),
  ),
  next: optional(v.string()),
});

export const serverShape = shape({
  name: requiredText,
  hostname: text,
  status: requiredText,
  ip_address: address,
  ipv6_address: address,
  location: text,
  plan: record,
  os: record,
  backups_enabled: flag,
  resource_usage: record,
  created_at: text,
  updated_at: text,
});

export const planSummaryShape = shape({
  id: optional(id),
  name: text,
  vcpus: amount,
  memory: amount,
  storage: amount,
  bandwidth: amount,
});

export const osShape = shape({ id: optional(id), name: text });

export const usageShape = shape({
  cpu_percent: percent,
  memory_used: amount,
  disk_used: amount,
  bandwidth_used: amount,
});

/** A power reply's `server`. */
export const fragmentShape = shape({ name: text, status: requiredText });

/** `GET /plans/`: what an element has beyond `planSummaryShape`. */
export const planShape = shape({
  slug: text,
  price_monthly: amount,
  price_hourly: amount,
  available: flag,
  locations: list,
  description: optional(oneLine(maxDescription)),
});

/** An element of a plan's `locations`: a code, or an object that has one. */
export const locationCode = v.union([
  requiredText,
  v.pipe(
    v.object({ code: requiredText }),
    v.transform((value) => value.code),
  ),
  v.pipe(
    v.object({ slug: requiredText }),
    v.transform((value) => value.slug),
  ),
  v.pipe(
    v.object({ name: requiredText }),
    v.transform((value) => value.name),
  ),
]);

/** `GET /account/me/`. */
export const ownerShape = shape({ account: record, token: record });
export const accountShape = shape({ email: text, first_name: text, last_name: text, company_name: text });
export const tokenShape = shape({ name: text, permissions: list });
export const permission = requiredText;
