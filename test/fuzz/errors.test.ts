import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRetryAfter } from '../../src/api/http/retryAfter.ts';
import { redact } from '../../src/core/redact.ts';
import { AppError, isUnclear } from '../../src/core/errors.ts';
import { makeApi, rejection, token } from '../unit/api/support/makeApi.ts';
import { anyJson, anyText } from './support/arbitraries.ts';
import { fuzz } from './support/fuzz.ts';

const hourMs = 3_600_000;

/** The token as a server may echo it: plain, in a sentence, or encoded. */
const tokenForms = fc.constantFrom(
  token,
  `Bearer ${token}`,
  `token=${encodeURIComponent(token)}&x=1`,
  Buffer.from(token).toString('base64'),
  JSON.stringify({ authorization: token }),
  `"${token}"`,
);
const message = fc.oneof(
  anyText,
  tokenForms,
  fc.tuple(anyText, tokenForms, anyText).map((parts) => parts.join('')),
);
const errorJson = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'detail',
        'message',
        'error',
        'errors',
        'name',
        'plan_id',
        'non_field_errors',
      ),
      fc.oneof(message, fc.array(message), anyJson),
    )
    .map(([key, value]) => ({ [key]: value })),
  anyJson,
);
const errorText = fc.oneof(
  errorJson.map((json) => JSON.stringify(json)),
  message,
  fc.string().map((text) => `<html><body>${text}</body></html>`),
);

/** All texts of an error that people may see. */
function allTexts(error: AppError): string {
  const { message: text, stack, serverMessage, fields, path, cause } = error;
  return [
    text,
    stack,
    serverMessage,
    JSON.stringify(fields),
    path,
    String(cause),
    (cause as Error | undefined)?.stack,
  ].join('\n');
}

describe('API errors', () => {
  fuzz(
    'have a kind and short clean texts without the token',
    fc.tuple(fc.integer({ min: 300, max: 599 }), errorText),
    async ([status, text]) => {
      const reply = { status, text };
      // A second request confirms that the token is rejected.
      const { api, debugLines, warnings } = makeApi(status === 401 ? [reply, reply] : [reply]);
      // Not a GET, which would be retried.
      const error = await rejection(api.power('77', 'stop'));
      assert.ok(error instanceof AppError, String(error));
      assert.equal(error.status, status);
      // A 4xx refuses the request only if it comes from the API.
      const isRefusal = status >= 400 && status < 500 && status !== 408;
      assert.equal(isUnclear(error), !isRefusal || error.kind === 'badResponse');
      const isJson = /^\s*[[{]/u.test(text);
      assert.ok(isJson || status === 429 || isUnclear(error));
      assert.ok((error.serverMessage?.length ?? 0) <= 300);
      const lines = [
        error.serverMessage ?? '',
        ...Object.keys(error.fields),
        ...Object.values(error.fields).flat(),
      ];
      for (const line of lines) {
        assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }
      assert.ok(!allTexts(error).includes(token));
      assert.ok(
        !allTexts(error).includes(Buffer.from(token).toString('base64').replace(/=+$/u, '')),
      );
      assert.ok(![...debugLines, ...warnings].join('\n').includes(token));
    },
  );

  const retryAfter = fc.oneof(
    anyText,
    fc.double().map(String),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.constantFrom('Infinity', '1e9', '-0', '0x10', ' 5 ', '5,5', 'Thu, 01 Jan 1970 00:00:00 GMT'),
  );

  fuzz(
    'request a wait of up to an hour or none',
    fc.tuple(retryAfter, fc.integer({ min: 0, max: 4e12 })),
    ([header, now]) => {
      const waitMs = parseRetryAfter(header, now);
      assert.ok(
        waitMs === undefined || (Number.isInteger(waitMs) && waitMs >= 0 && waitMs <= hourMs),
        String(waitMs),
      );
    },
  );

  fuzz(
    'with any Retry-After end a GET in bounded time, after at most three requests',
    fc.tuple(retryAfter, fc.constantFrom(429, 502, 503, 504)),
    async ([header, status]) => {
      // HTTP does not transport other headers.
      fc.pre(/^[\t\x20-\x7e]*$/u.test(header));
      const step = { status, headers: { 'retry-after': header } };
      const { api, clock, sent } = makeApi([step, step, step]);
      const failure = rejection(api.getServer('77'));
      await clock.advance(60_000);
      assert.ok((await failure) instanceof AppError);
      assert.ok(sent.length >= 1 && sent.length <= 3);
      assert.equal(clock.pendingCount, 0);
    },
  );
});

describe('redact', () => {
  const secret = fc.string({
    minLength: 8,
    maxLength: 60,
    unit: fc.constantFrom(...Array.from('abcXYZ019_-./+=%"&')),
  });
  fuzz(
    'removes every form of a secret anywhere',
    fc.tuple(secret, anyText, anyText),
    ([mine, before, after]) => {
      for (const form of [
        mine,
        encodeURIComponent(mine),
        JSON.stringify(mine).slice(1, -1),
        Buffer.from(mine).toString('base64url'),
      ]) {
        assert.ok(!redact(`${before}${form}${after}`, [mine]).includes(form));
      }
    },
  );
});
