import * as v from 'valibot';

/** Text that a person typed. Longer than any valid value, so that the validation can report what is too long. */
export const typedText = v.pipe(v.string(), v.maxLength(10_000));
