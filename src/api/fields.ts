import * as v from 'valibot';

/** Told the path of a field that could not be used, e.g. `results[2].plan.memory`. Never its value. */
export type ReportOdd = (path: string) => void;

/** The path of a field of what is at `path`; the reply as a whole is at the empty path. */
export function below(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

type Schema = v.GenericSchema<unknown, unknown>;

/** The fields of a wire object that are of interest, each with the schema that reads it. */
export interface Shape<F extends Readonly<Record<string, Schema>>> {
  readonly fields: readonly Field<F>[];
  /** Nothing read yet: every field is there, and undefined. */
  readonly blank: Fields<F>;
}

interface Field<F> {
  readonly name: keyof F & string;
  readonly schema: Schema;
  /** A missing one comes out undefined: nothing needs to be asked of the schema. */
  readonly mayMiss: boolean;
  /** Likewise for what is as it should be. */
  readonly isFine: (value: unknown) => boolean;
}

const fineValues = new WeakMap<Schema, (value: unknown) => boolean>();

/** Says of a schema that it lets through unchanged all values for which `isFine` is true: it is not asked about those. */
export function passing<S extends Schema>(isFine: (value: unknown) => boolean, schema: S): S {
  fineValues.set(schema, isFine);
  return schema;
}

export type Fields<F extends Readonly<Record<string, Schema>>> = { readonly [K in keyof F]: v.InferOutput<F[K]> | undefined };

export function shape<F extends Readonly<Record<string, Schema>>>(schemas: F): Shape<F> {
  const fields = Object.entries(schemas).map(([name, schema]) => {
    const missing = v.safeParse(schema, undefined);
    return {
      ...{ name, schema, mayMiss: missing.success && missing.output === undefined },
      isFine: fineValues.get(schema) ?? (() => false),
    };
  });
  const blank = Object.fromEntries(fields.map(({ name }) => [name, undefined])) as Fields<F>;
  return { fields, blank };
}

/**
 * Reads the fields one by one, so that an odd one costs itself and no other: it is reported and comes out undefined.
 * Fields that the shape does not name are ignored. Runs for every server of every list.
 */
export function readFields<F extends Readonly<Record<string, Schema>>>(
  { fields, blank }: Shape<F>,
  object: Readonly<Record<string, unknown>>,
  path: string,
  reportOdd: ReportOdd,
): Fields<F> {
  // A copy has room for all of them at once.
  const read: { [K in keyof F]: unknown } = { ...blank };
  for (const { name, schema, mayMiss, isFine } of fields) {
    const value = object[name];
    if (value === undefined && mayMiss) {
      continue;
    }
    if (isFine(value)) {
      read[name] = value;
      continue;
    }
    const result = v.safeParse(schema, value);
    if (!result.success) {
      reportOdd(below(path, name));
    } else {
      read[name] = result.output;
    }
  }
  return read;
}
