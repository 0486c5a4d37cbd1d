import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { checkToken } from '../../../src/core/pastedToken.ts';

/** Wrappings of a token, each with `@` in its place. */
const wrappings: readonly string[] = [
  '@',
  '  @\r\n',
  '\t@\n\n',
  '"@"',
  "'@'",
  '`@`',
  '“@”',
  '„@“',
  '‘@’',
  '«@»',
  '\'"@"\'',
  '@,',
  '@;',
  '@ ;',
  '"@",',
  "'@';",
  '"@;"',
  '\ufeff@\ufeff',
  '\u200b@\u200b',
  '\u2060@\u00ad',
  '\u202a@\u202c',
  '\u2066@\u2069',
  '\u200e@\u200f',
  '\u00a0@\u00a0',
  '\u3000@\u2003',
  'Bearer @',
  'bearer   @',
  'BEARER\t@',
  'Bearer\u00a0@',
  'Bearer Bearer @',
  '"Bearer @"',
  "'Bearer @',",
  'Bearer "@"',
  'Authorization: Bearer @',
  'authorization: bearer @\r\n',
  'Authorization:Bearer @',
  'Authorization : Bearer @',
  'Authorization: "Bearer @"',
  '"Authorization: Bearer @"',
  "'Authorization: Bearer @'",
  '"Authorization": "Bearer @",',
  '{"Authorization":"Bearer @"}',
  "headers: { 'Authorization': 'Bearer @' }",
  'headers: { Authorization: `Bearer @` }',
  '\\"Authorization: Bearer @\\"',
  'Authorization: Token @',
  'Authorization: @',
  "-H 'Authorization: Bearer @'",
  '-H "Authorization: Bearer @"',
  '-H"Authorization: Bearer @"',
  "-H 'authorization: Bearer @' \\",
  '-H "Authorization: Bearer @" ^',
  "-H 'Authorization: @'",
  "--header 'Authorization: Bearer @'",
  '--header="Authorization: Bearer @"',
  '--oauth2-bearer @',
  'curl -H "Authorization: Bearer @" https://admin.vps.org/api/v1/servers/',
  "curl https://admin.vps.org/api/v1/servers/ -H 'Authorization: Bearer @'",
  "curl 'https://admin.vps.org/api/v1/servers/' \\\n  -H 'Accept: */*' \\\n  -H 'Authorization: Bearer @' \\\n  --compressed",
  'curl -H Authorization:\\ Bearer\\ @ https://admin.vps.org/',
  'http https://admin.vps.org/api/v1/servers/ Authorization:"Bearer @"',
  'GET /api/v1/servers/ HTTP/1.1\r\nHost: admin.vps.org\r\nAuthorization: Bearer @\r\nAccept: */*',
  'TOKEN=@',
  'NAME=@',
  'VPS_API_TOKEN=@',
  'VPS_API_TOKEN=@\n',
  'VPS_API_TOKEN=@;',
  'VPS_API_TOKEN = @',
  'VPS_API_TOKEN="@"',
  "VPS_API_TOKEN='@'",
  'VPS_API_TOKEN="@" # comment',
  'VPS_API_TOKEN=@ # comment',
  'vps_api_token=@',
  'vps="@"',
  'export VPS_API_TOKEN=@',
  'export NAME="@"',
  "export NAME='@';",
  'export VPS="Bearer @"',
  '$ export VPS_API_TOKEN=@',
  'declare -x NAME="@"',
  'set NAME=@',
  'set "NAME=@"',
  'set -gx NAME @',
  'set -x name "@"',
  'setenv NAME @',
  'setx NAME @',
  'setx NAME "@"',
  'setx NAME "@" /M',
  '$env:NAME = "@"',
  "$env:NAME='@'",
  '$Env:NAME = @',
  "${env:NAME} = '@'",
  'PS C:\\Users\\jo> $env:VPS_TOKEN = "@"',
  'ENV NAME=@',
  'ENV NAME @',
  '- NAME=@',
  '-e NAME=@',
  '--token @',
  '--token=@',
  "const token = '@';",
  'let apiToken: "@"',
  'apiToken := "@"',
  "'token' => '@',",
  'token: @',
  'token: "@"',
  "api_token: '@'",
  'token: @ # from the console',
  'vps:\n  token: @',
  'Your API token: @',
  '"token": "@"',
  '"token":"@",',
  '{"token":"@"}',
  '{ "name": "my token", "token": "@" }',
  '{\n  "url": "https://x.example",\n  "api_key": "@"\n}',
  'VPS_API_URL=https://admin.vps.org/api/v1\nVPS_API_TOKEN=@\n',
  '# VPS.org\nVPS_API_TOKEN=@',
  'export VPS_API_TOKEN=@\ncurl -H "Authorization: Bearer $VPS_API_TOKEN" https://admin.vps.org/',
];

const sample = [
  'vps_abc123',
  'QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
  'a=b',
  'vps_a1=x=y==',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  '1|laravel',
  'a-b.c_d~e+f/g',
  'id:secret',
];

/** Tokens as RFC 6750 defines them. */
const characters = 'ABCdefghijKLMnopqrstuvwxyz0123456789-._~+/';
const anyToken = fc
  .tuple(
    fc.string({
      unit: fc.constantFrom(...Array.from(characters)),
      minLength: 8,
      maxLength: 80,
    }),
    fc.constantFrom('', '=', '=='),
  )
  .map((parts) => parts.join(''))
  .filter((token) => !token.startsWith('--'));

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

/** For one text. Quadratic work takes longer by far, linear work never does, whatever else the computer does. */
const hangMs = 3_000;

describe('checkToken', () => {
  for (const wrapping of wrappings) {
    it(`finds the token in ${JSON.stringify(wrapping)}`, () => {
      for (const token of sample) {
        const pasted = wrapping.replace('@', () => token);
        assert.deepEqual(checkToken(pasted), { ok: true, value: token }, pasted);
      }
    });
  }

  it('returns any token in any wrapping unchanged', () => {
    fc.assert(
      fc.property(anyToken, fc.constantFrom(...wrappings), (token, wrapping) => {
        const pasted = wrapping.replace('@', () => token);
        assert.deepEqual(checkToken(pasted), { ok: true, value: token }, pasted);
      }),
      { numRuns: 3000 },
    );
  });

  it('returns tokens with any punctuation inside unchanged', () => {
    const visible = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      maxLength: 40,
    });
    fc.assert(
      fc.property(visible, (inner) => {
        const token = `vps_${inner.replaceAll('\\', '')}x9`;
        fc.pre(!/["'`]/u.test(token));
        for (const pasted of [token, `"${token}"`, `Bearer ${token}`, `export T="${token}"`]) {
          assert.deepEqual(checkToken(pasted), { ok: true, value: token }, pasted);
        }
      }),
    );
  });

  it('removes invisible characters inside a token', () => {
    for (const hidden of '\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u2066\u034f\ufe0f\u180e') {
      assert.deepEqual(checkToken(`vps_${hidden}abc`), { ok: true, value: 'vps_abc' });
    }
  });

  for (const [pasted, problem] of [
    ['', 'empty'],
    ['   ', 'empty'],
    ['\u200b', 'empty'],
    ['Bearer ', 'empty'],
    ['bearer', 'empty'],
    ['Authorization: Bearer', 'empty'],
    ['Authorization: Bearer ""', 'empty'],
    ['""', 'empty'],
    ['"', 'empty'],
    ['VPS_API_TOKEN=', 'empty'],
    ['export NAME=""', 'empty'],
    ['token: ', 'empty'],
    ['vps_abc 123', 'hasBlanks'],
    ['vps_abc\n123', 'hasBlanks'],
    ['vps_abc\u00a0123', 'hasBlanks'],
    ['Bearer vps_abc 123', 'hasBlanks'],
    ['"Bearer vps_abc 123"', 'hasBlanks'],
    ['Authorization: Bearer vps_abc\n123', 'hasBlanks'],
    ['TOKEN=vps_abc 123', 'hasBlanks'],
    ['TOKEN=vps_abc\n123', 'hasBlanks'],
    ['export TOKEN="vps_abc 123"', 'hasBlanks'],
    ['my token is vps_abc', 'hasBlanks'],
    ['vps_äbc', 'notAscii'],
    ['vps_\u0000abc', 'notAscii'],
    ['vps_\u001b[0mabc', 'notAscii'],
    ['ｖｐｓ', 'notAscii'],
    ['x'.repeat(5000), 'tooLong'],
    [`Bearer ${'x'.repeat(4500)}`, 'tooLong'],
    ['x '.repeat(50_000), 'tooLong'],
    ['TOKEN=a1\nSECRET=b2', 'several'],
    ['Bearer abc\nBearer def', 'several'],
    ['{"token":"abc","api_key":"def"}', 'several'],
    ['curl -H "Authorization: Bearer a1" x; curl -H "Authorization: Bearer b2" x', 'several'],
    ['Authorization: Bearer $VPS_API_TOKEN', 'placeholder'],
    ['-H "Authorization: Bearer ${VPS_API_TOKEN}"', 'placeholder'],
    ['$VPS_API_TOKEN', 'placeholder'],
    ['%VPS_API_TOKEN%', 'placeholder'],
    ['VPS_API_TOKEN=<your-token>', 'placeholder'],
    ['Bearer <your token>', 'placeholder'],
    ['Bearer {{token}}', 'placeholder'],
  ] as const) {
    it(`refuses ${JSON.stringify(pasted.slice(0, 60))} as ${problem}`, () =>
      assert.deepEqual(checkToken(pasted), { ok: false, problem }));
  }

  for (const part of [
    'bearer ',
    'bearer\n',
    'Bearer "',
    "bearer x '",
    'Authorization: Bearer x ',
    'authorization',
    'authorization: token ',
    ' ',
    '\n',
    '"',
    '"\'',
    ',',
    '"token":',
    '{"a":',
    '[',
    'export ',
    '- ',
    'TOKEN=',
    'TOKEN=x\n',
    'A_',
    'token: ',
    '\u200b',
    '\\"',
    '<',
    '$env:',
    'x #',
    'PS ',
  ]) {
    it(`does not hang on many times ${JSON.stringify(part)}`, () => {
      for (const pasted of [part.repeat(100_000), part.repeat(Math.floor(65_000 / part.length))]) {
        for (const text of [pasted, `Bearer ${pasted}x`, `"${pasted}`]) {
          const before = performance.now();
          checkToken(text);
          const took = performance.now() - before;
          assert.ok(took < hangMs, `${took} ms`);
        }
      }
    });
  }

  it('returns what can be sent in a header, or a problem, for any text', () => {
    const parts = fc.oneof(fc.constantFrom(...wrappings), fc.string({ unit: anyUnit }));
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 4 }), (texts) => {
        const checked = checkToken(texts.join(''));
        if (checked.ok) {
          assert.match(checked.value, /^[\x21-\x7e]+$/u);
          assert.doesNotThrow(() => new Headers({ Authorization: `Bearer ${checked.value}` }));
        }
      }),
    );
  });
});
