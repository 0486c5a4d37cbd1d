import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readErrorBody } from '../../../src/api/errorBody.ts';
import { redact } from '../../../src/api/redact.ts';

const read = (body: unknown) =>
  readErrorBody(typeof body === 'string' ? body : JSON.stringify(body), (text) => redact(text, []));

describe('The words of an error', () => {
  const messages: readonly [string, unknown, string | undefined][] = [
    ['detail', { detail: 'Not found.' }, 'Not found.'],
    ['message', { status: 'error', code: 'x1', message: 'Already running' }, 'Already running'],
    ['error as text', { error: 'No credit' }, 'No credit'],
    ['error as object', { error: { code: 402, message: 'No credit' } }, 'No credit'],
    ['detail inside error', { error: { detail: 'No credit' } }, 'No credit'],
    ['the best of several', { error: 'Bad Request', detail: 'Name is taken.', title: 'x' }, 'Name is taken.'],
    ['errors as text', { errors: 'Broken' }, 'Broken'],
    ['errors as list', { errors: ['Broken', 'And late.', 'Broken'] }, 'Broken. And late.'],
    ['errors as objects', { errors: [{ code: 'x', message: 'Broken' }, { detail: 'Late' }] }, 'Broken. Late'],
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
    ['markup in a text', { detail: 'Plan <b onclick="x">Big</b> is sold out<br' }, 'Plan Big is sold out'],
    ['markup that is never closed', { detail: 'Sold out <a <b' }, 'Sold out'],
    ['a comparison', { detail: 'needs 5 < 6 and 7 > 3' }, 'needs 5 < 6 and 7 > 3'],
    ['nothing', '', undefined],
    ['blanks', ' \n ', undefined],
    ['null', 'null', undefined],
    ['a number', '42', undefined],
    ['cut JSON', '{"detail": "Not fo', undefined],
    ['an object that says nothing', { status: 'error', code: 7 }, undefined],
  ];
  for (const [name, body, message] of messages) {
    it(`are found in ${name}`, () => {
      assert.deepEqual(read(body), message === undefined ? { fields: {} } : { message, fields: {} });
    });
  }

  const maps: readonly [string, unknown, Record<string, string[]>][] = [
    [
      'a map from field to texts',
      { name: ['Too long.', 'Taken.'], plan_id: ['Unknown.'] },
      { name: ['Too long.', 'Taken.'], plan_id: ['Unknown.'] },
    ],
    ['a bare text for a field of ours', { hostname: 'Bad.', request_id: 'abc' }, { hostname: ['Bad.'] }],
    ['errors as a map', { errors: { name: ['Bad.'], other: 'Odd.' } }, { name: ['Bad.'], other: ['Odd.'] }],
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
      'a list with places',
      { detail: [{ loc: ['body', 'plan_id'], msg: 'Bad.', type: 'x' }] },
      { plan_id: ['Bad.'] },
    ],
    ['a map inside error', { error: { name: ['Bad.'] } }, { name: ['Bad.'] }],
    [
      'a field that is called like a method',
      { constructor: ['Bad.'], toString: ['Odd.'] },
      { constructor: ['Bad.'], toString: ['Odd.'] },
    ],
  ];
  for (const [name, body, fields] of maps) {
    it(`are found by field in ${name}`, () => {
      assert.deepEqual(read(body), { fields });
    });
  }

  it('come with both, message and fields', () => {
    assert.deepEqual(read({ message: 'Invalid', errors: { name: ['Bad.'] } }), {
      message: 'Invalid',
      fields: { name: ['Bad.'] },
    });
  });

  it('are shortened, and a secret that is cut off by that does not show in part', () => {
    const secret = `vps_${'s'.repeat(60)}`;
    const long = read({ detail: `${'x'.repeat(280)} ${secret}`, name: [`${'y'.repeat(190)} ${secret}`] });
    assert.equal(long.message?.length, 291);
    assert.ok(!JSON.stringify(long).includes('sss'));
    assert.equal(read({ detail: 'x'.repeat(400) }).message?.length, 300);
    assert.equal(read({ name: ['y'.repeat(400)] }).fields.name?.[0]?.length, 200);
  });

  it('are bounded in number', () => {
    const many = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`f${i}`, Array.from({ length: 9 }, (_x, k) => `t${k}`)]),
    );
    const { fields } = read(many);
    assert.equal(Object.keys(fields).length, 20);
    assert.equal(fields.f0?.length, 5);
  });

  it('are looked for neither endlessly deep nor endlessly long', () => {
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

  it('do not show a secret that is broken up by invisible characters', () => {
    assert.equal(read({ detail: 'is vps_abc\u200bdef123 \u202eok' }).message, 'is [redacted] ok');
  });

  it('cannot reach a prototype', () => {
    const body =
      '{"__proto__": {"polluted": ["yes"]}, "errors": {"__proto__": ["x"], "constructor": {"prototype": {"polluted": ["x"]}}}}';
    const { fields } = read(body);
    assert.equal(Object.getPrototypeOf(fields), Object.prototype);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.deepEqual(Object.keys(fields), ['constructor.prototype.polluted']);
  });

  it('take no time to speak of in a huge or deep body', () => {
    read('['.repeat(200_000));
    read(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    read('<'.repeat(200_000));
    read('<a'.repeat(200_000));
    read('<!--'.repeat(100_000));
    read('<title'.repeat(100_000));
    read({ detail: 'Bearer '.repeat(50_000) });
    read({ errors: Array.from({ length: 100_000 }, () => ({ field: 'name', message: 'x' })) });
  }).timeout(5000);

  it('are one clean line each within the limits, whatever arrives', () => {
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
        const lines = [...entries, ...Object.keys(fields), ...(message === undefined ? [] : [message])];
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
  }).timeout(10_000);
});
