import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readErrorBody } from '../../../src/api/http/errorBody.ts';
import { redact } from '../../../src/core/redact.ts';

const read = (body: unknown) =>
  readErrorBody(typeof body === 'string' ? body : JSON.stringify(body), (text) => redact(text, []));

describe('readErrorBody', () => {
  const messages: readonly [string, unknown, string | undefined][] = [
    ['detail', { detail: 'Not found.' }, 'Not found.'],
    ['message', { status: 'error', code: 'x1', message: 'Already running' }, 'Already running'],
    ['error as text', { error: 'No credit' }, 'No credit'],
    ['error as object', { error: { code: 402, message: 'No credit' } }, 'No credit'],
    ['detail inside error', { error: { detail: 'No credit' } }, 'No credit'],
    [
      'the best of several',
      { error: 'Bad Request', detail: 'Name is taken.', title: 'x' },
      'Name is taken.',
    ],
    ['errors as text', { errors: 'Broken' }, 'Broken'],
    ['errors as list', { errors: ['Broken', 'And late.', 'Broken'] }, 'Broken. And late.'],
    [
      'errors as objects',
      { errors: [{ code: 'x', message: 'Broken' }, { detail: 'Late' }] },
      'Broken. Late',
    ],
    ['non_field_errors', { non_field_errors: ['Too many servers.'] }, 'Too many servers.'],
    ['a message and errors', { message: 'Invalid', errors: ['Broken'] }, 'Invalid. Broken'],
    ['a list', ['Broken', { detail: 'Late' }], 'Broken. Late'],
    ['a JSON string', '"Broken"', 'Broken'],
    ['plain text', 'upstream is\n\tdown', 'upstream is down'],
    [
      'the title of a page',
      '<!DOCTYPE html><html><head><title>502 Bad &amp; Gone</title></head><body><h1>x</h1>',
      '502 Bad & Gone',
    ],
    ['a page without a title', '<html><body><h1>Oops</h1></body></html>', undefined],
    ['a fragment of markup', '<h1>Oops</h1><script>alert(1)</script>', 'Oops'],
    [
      'markup in a text',
      { detail: 'Plan <b onclick="x">Big</b> is sold out<br' },
      'Plan Big is sold out',
    ],
    ['markup that is never closed', { detail: 'Sold out <a <b' }, 'Sold out'],
    ['a comparison', { detail: 'needs 5 < 6 and 7 > 3' }, 'needs 5 < 6 and 7 > 3'],
    ['nothing', '', undefined],
    ['white space', ' \n ', undefined],
    ['null', 'null', undefined],
    ['a number', '42', undefined],
    ['truncated JSON', '{"detail": "Not fo', undefined],
    ['an object without a message', { status: 'error', code: 7 }, undefined],
  ];
  for (const [name, body, message] of messages) {
    it(`reads the message of ${name}`, () => {
      assert.deepEqual(
        read(body),
        message === undefined ? { fields: {} } : { message, fields: {} },
      );
    });
  }

  const maps: readonly [string, unknown, Record<string, string[]>][] = [
    [
      'a map from field to texts',
      { name: ['Too long.', 'Taken.'], plan_id: ['Unknown.'] },
      { name: ['Too long.', 'Taken.'], plan_id: ['Unknown.'] },
    ],
    [
      'a bare text for a request field',
      { hostname: 'Bad.', request_id: 'abc' },
      { hostname: ['Bad.'] },
    ],
    [
      'errors as a map',
      { errors: { name: ['Bad.'], other: 'Odd.' } },
      { name: ['Bad.'], other: ['Odd.'] },
    ],
    [
      'nested maps',
      { plan: { id: ['Bad.'], non_field_errors: ['Sold out.'] } },
      { 'plan.id': ['Bad.'], plan: ['Sold out.'] },
    ],
    [
      'a list of named objects',
      {
        errors: [
          { field: 'name', message: 'Bad.' },
          { attr: 'os_id', detail: 'Odd.' },
        ],
      },
      { name: ['Bad.'], os_id: ['Odd.'] },
    ],
    [
      'a list with locations',
      { detail: [{ loc: ['body', 'plan_id'], msg: 'Bad.', type: 'x' }] },
      { plan_id: ['Bad.'] },
    ],
    ['a map inside error', { error: { name: ['Bad.'] } }, { name: ['Bad.'] }],
    [
      'a field named like a method',
      { constructor: ['Bad.'], toString: ['Odd.'] },
      { constructor: ['Bad.'], toString: ['Odd.'] },
    ],
  ];
  for (const [name, body, fields] of maps) {
    it(`reads the fields of ${name}`, () => {
      assert.deepEqual(read(body), { fields });
    });
  }

  const dialects: readonly [string, unknown, string | undefined, Record<string, string[]>][] = [
    [
      'JSON:API',
      {
        errors: [
          {
            status: '422',
            code: 'x',
            source: { pointer: '/data/attributes/name' },
            title: 'Invalid',
            detail: 'Taken.',
          },
          { source: { parameter: 'location' }, title: 'Unknown.' },
          { title: 'Slow down.', detail: 'Too many.' },
        ],
      },
      'Too many.',
      { name: ['Taken.'], location: ['Unknown.'] },
    ],
    [
      'RFC 9457 with invalid-params',
      {
        type: 'https://example.net/validation-error',
        title: 'Not valid.',
        status: 400,
        'invalid-params': [{ name: 'name', reason: 'must be short' }],
      },
      'Not valid.',
      { name: ['must be short'] },
    ],
    [
      'RFC 9457 with invalid_params',
      { title: 'Not valid.', invalid_params: [{ name: 'plan_id', reason: 'sold out' }] },
      'Not valid.',
      { plan_id: ['sold out'] },
    ],
    [
      'RFC 9457 with pointers',
      { title: 'Not valid.', errors: [{ detail: 'must be short', pointer: '#/name' }] },
      'Not valid.',
      { name: ['must be short'] },
    ],
    [
      'Hetzner',
      {
        error: {
          code: 'invalid_input',
          message: 'invalid input',
          details: { fields: [{ name: 'name', messages: ['is too long', 'is taken'] }] },
        },
      },
      'invalid input',
      { name: ['is too long', 'is taken'] },
    ],
    [
      'Linode',
      { errors: [{ reason: 'Sold out.', field: 'location' }, { reason: 'No credit.' }] },
      'No credit.',
      { location: ['Sold out.'] },
    ],
    [
      'Scaleway',
      {
        type: 'invalid_arguments',
        message: 'invalid argument(s)',
        details: [{ argument_name: 'name', reason: 'constraint', help_message: 'must be short' }],
      },
      'invalid argument(s)',
      { name: ['must be short'] },
    ],
    [
      'OAuth',
      { error: 'invalid_request', error_description: 'The token is missing.' },
      'The token is missing.',
      {},
    ],
    [
      'Google',
      {
        error: {
          code: 400,
          message: 'Not valid',
          status: 'INVALID_ARGUMENT',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.BadRequest',
              fieldViolations: [{ field: 'hostname', description: 'Bad.' }],
            },
          ],
        },
      },
      'Not valid',
      { hostname: ['Bad.'] },
    ],
    [
      'Azure',
      {
        error: { code: 'X', message: 'Not valid', details: [{ target: 'name', message: 'Bad.' }] },
      },
      'Not valid',
      { name: ['Bad.'] },
    ],
    [
      'Spring',
      { message: 'Not valid', errors: [{ field: 'planId', defaultMessage: 'must not be null' }] },
      'Not valid',
      { plan_id: ['must not be null'] },
    ],
    [
      'ASP.NET',
      { title: 'Not valid', status: 400, traceId: 'x', errors: { Name: ['Bad.'] } },
      'Not valid',
      { name: ['Bad.'] },
    ],
    ['webargs', { json: { name: ['Bad.'] } }, undefined, { name: ['Bad.'] }],
    [
      'Laravel',
      { message: 'Not valid', errors: { plan_id: ['Bad.'] } },
      'Not valid',
      { plan_id: ['Bad.'] },
    ],
    [
      'Pydantic',
      { detail: [{ type: 'missing', loc: ['body', 'os_id'], msg: 'Required.', input: null }] },
      undefined,
      { os_id: ['Required.'] },
    ],
    [
      'Joi',
      { message: 'Not valid', details: [{ message: 'Bad.', path: ['name'], type: 'any' }] },
      'Not valid',
      { name: ['Bad.'] },
    ],
    [
      'express-validator',
      { errors: [{ type: 'field', msg: 'Bad.', path: 'name', location: 'body' }] },
      undefined,
      { name: ['Bad.'] },
    ],
    [
      'AJV',
      { errors: [{ instancePath: '/plan_id', keyword: 'type', message: 'must be integer' }] },
      undefined,
      { plan_id: ['must be integer'] },
    ],
    [
      'class-validator',
      { message: [{ property: 'name', constraints: { isText: 'must be text' } }] },
      undefined,
      { name: ['must be text'] },
    ],
    [
      'Symfony',
      { detail: 'Not valid', violations: [{ propertyPath: 'server.hostname', title: 'Bad.' }] },
      'Not valid',
      { hostname: ['Bad.'] },
    ],
    [
      'drf-standardized-errors',
      {
        type: 'validation_error',
        errors: [
          { code: 'required', detail: 'Required.', attr: 'os_id' },
          { code: 'x', detail: 'Odd.', attr: null },
        ],
      },
      'Odd.',
      { os_id: ['Required.'] },
    ],
    ['nested details', { error: 'Bad', details: { name: 'Taken.' } }, 'Bad', { name: ['Taken.'] }],
    [
      'details as text',
      { message: 'Not valid', details: 'Name taken.' },
      'Not valid. Name taken.',
      {},
    ],
    ['a list of texts', { message: ['Bad.', 'Odd.'], statusCode: 400 }, 'Bad. Odd.', {}],
    [
      'all keys of a list',
      {
        errors: [
          { path: 'name', description: 'A' },
          { pointer: '/data/plan_id', help_message: 'B' },
          { source: 'os_id', title: 'C' },
          { field: 'location', messages: ['D'] },
        ],
      },
      undefined,
      { name: ['A'], plan_id: ['B'], os_id: ['C'], location: ['D'] },
    ],
  ];
  for (const [name, body, message, fields] of dialects) {
    it(`reads ${name}`, () => {
      assert.deepEqual(read(body), message === undefined ? { fields } : { message, fields });
    });
  }

  it('reads both message and fields', () => {
    assert.deepEqual(read({ message: 'Invalid', errors: { name: ['Bad.'] } }), {
      message: 'Invalid',
      fields: { name: ['Bad.'] },
    });
  });

  it('shortens texts without leaving part of a secret', () => {
    const secret = `vps_${'s'.repeat(60)}`;
    const long = read({
      detail: `${'x'.repeat(280)} ${secret}`,
      name: [`${'y'.repeat(190)} ${secret}`],
    });
    assert.equal(long.message?.length, 291);
    assert.ok(!JSON.stringify(long).includes('sss'));
    assert.equal(read({ detail: 'x'.repeat(400) }).message?.length, 300);
    assert.equal(read({ name: ['y'.repeat(400)] }).fields.name?.[0]?.length, 200);
  });

  it('limits the number of fields and texts', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [
        `f${i}`,
        Array.from({ length: 9 }, (_x, k) => `t${k}`),
      ]),
    );
    const { fields } = read(many);
    assert.equal(Object.keys(fields).length, 20);
    assert.equal(fields.f0?.length, 5);
  });

  it('limits the depth and the number of values', () => {
    const deep = (levels: number): unknown => (levels === 0 ? ['Bad.'] : { a: deep(levels - 1) });
    assert.deepEqual(read(deep(2)).fields, { 'a.a': ['Bad.'] });
    assert.deepEqual(read(deep(20)).fields, {});
    const long = (items: number): unknown => ({
      errors: Array.from({ length: items }, () => [1, 2, 3]),
      name: ['Bad.'],
    });
    assert.deepEqual(read(long(10)).fields, { name: ['Bad.'] });
    assert.deepEqual(read(long(999)).fields, {});
  });

  it('redacts a secret that contains invisible characters', () => {
    assert.equal(read({ detail: 'is vps_abc\u200bdef123 \u202eok' }).message, 'is [redacted] ok');
  });

  it('cannot change a prototype', () => {
    const body =
      '{"__proto__": {"polluted": ["yes"]}, "errors": {"__proto__": ["x"], "constructor": {"prototype": {"polluted": ["x"]}}}}';
    const { fields } = read(body);
    assert.equal(Object.getPrototypeOf(fields), Object.prototype);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.deepEqual(Object.keys(fields), ['constructor.prototype.polluted']);
  });

  it('is fast for a huge or deep body', () => {
    read('['.repeat(200_000));
    read(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    read('<'.repeat(200_000));
    read('<a'.repeat(200_000));
    read('<!--'.repeat(100_000));
    read('<title'.repeat(100_000));
    read({ detail: 'Bearer '.repeat(50_000) });
    read({ errors: Array.from({ length: 100_000 }, () => ({ field: 'name', message: 'x' })) });
  });

  it('returns clean lines within the limits, whatever is sent', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('<b>x</b>', 'a\r\nb', '\u202e', '<<b>i>', 'vps_secret123'),
    );
    const key = fc.oneof(
      fc.constantFrom(
        'detail',
        'message',
        'error',
        'errors',
        'fields',
        'field',
        'name',
        'loc',
        'msg',
        'non_field_errors',
        '__proto__',
        'constructor',
      ),
      text,
    );
    const { body } = fc.letrec((tie) => ({
      body: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.constant(null),
        fc.integer(),
        fc.array(tie('body'), { maxLength: 8 }),
        fc.dictionary(key, tie('body'), { maxKeys: 8 }),
      ),
    }));
    const anything = fc.oneof(
      body.map((value) => JSON.stringify(value)),
      text,
      fc.json().map((json) => json.slice(0, -2)),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        const { message, fields } = readErrorBody(raw, (line) => redact(line, ['vps_secret123']));
        const entries = Object.values(fields).flat();
        const lines = [
          ...entries,
          ...Object.keys(fields),
          ...(message === undefined ? [] : [message]),
        ];
        for (const line of lines) {
          assert.notEqual(line, '');
          assert.equal(line, line.trim());
          assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
          assert.doesNotMatch(line, /<[a-z!/]/i);
          assert.ok(!line.includes('vps_secret123'));
        }
        assert.ok((message?.length ?? 0) <= 300);
        assert.ok(entries.every((entry) => entry.length <= 200));
        assert.ok(Object.values(fields).every((list) => list.length <= 5));
        assert.ok(Object.keys(fields).length <= 20);
      }),
      { numRuns: 200 },
    );
  });
});
