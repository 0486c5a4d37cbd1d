import assert from 'node:assert/strict';
import { makeApi } from './support/makeApi.ts';
import type { Step } from './support/scriptedFetch.ts';
import { wireServer } from './support/wireServers.ts';

const server = JSON.stringify(wireServer());
const list = (...entries: readonly string[]): Step => ({
  text: `{"count":${entries.length},"results":[${entries.join(',')}]}`,
});
/** The text of a server with another value of a field. */
const withField = (name: string, value: string): string =>
  server.replace(new RegExp(`"${name}":("[^"]*"|\\d+)`), `"${name}":${value}`);

async function listOf(step: Step) {
  return await makeApi([step]).api.listServers();
}

describe('odd values in a good reply', () => {
  for (const number of [
    'NaN',
    'Infinity',
    '-Infinity',
    'nan',
    'inf',
    '-inf',
    '-NaN',
    '+Infinity',
  ]) {
    it(`spoil no more than their field: ${number}`, async () => {
      const { servers } = await listOf(
        list(withField('memory', number), withField('id', '7'), withField('vcpus', ` ${number} `)),
      );
      assert.deepEqual(
        servers.map(({ id, plan }) => [id, plan?.memoryMiB, plan?.vcpus]),
        [
          ['12345', undefined, 2],
          ['7', 4096, 2],
        ],
      );
    });
  }

  it('are not looked for inside texts', async () => {
    const names = [
      'NaN',
      'a:NaN,',
      '[-Infinity]',
      '12345678901234567890',
      '\\"NaN,\\\\',
      '},{',
      ']',
    ];
    const { servers } = await listOf(
      list(...names.map((name, id) => withField('name', `"${name}"`).replace('12345', `${id}`))),
    );
    assert.deepEqual(
      servers.map(({ name }) => name),
      names.map((name) => JSON.parse(`"${name}"`) as string),
    );
  });

  const bigIds = [
    '9007199254740992',
    '9007199254740993',
    '12345678901234567890',
    '12345678901234567891',
    '340282366920938463463374607431768211455',
  ];
  it('are ids beyond 2^53, of which each keeps its digits', async () => {
    const { servers } = await listOf(list(...bigIds.map((id) => withField('id', id))));
    assert.deepEqual(
      servers.map(({ id }) => id),
      bigIds,
    );
  });

  it('are ids beyond 2^53 with blanks around the colon, also of plans', async () => {
    for (const colon of [' : ', ':  ', ':\n\t', '\r\n:']) {
      const text = `[{"id"${colon}9007199254740993,"plan":{"id"${colon}9007199254740995}}]`;
      const { servers } = await listOf({ text });
      assert.equal(servers[0]?.id, '9007199254740993');
      assert.equal(servers[0]?.plan?.id, '9007199254740995');
    }
  });

  it('are ids beyond 2^53 that come back in paths and replies', async () => {
    for (const id of bigIds) {
      const text = withField('id', id);
      const { api, sent } = makeApi([
        { text },
        { text: `{"status":"success","server":${text}}` },
        { text },
        { status: 204 },
      ]);
      assert.equal((await api.getServer(id)).id, id);
      assert.equal((await api.power(id, 'stop')).server?.id, id);
      assert.equal((await api.updateServer(id, { name: 'a' }))?.id, id);
      await api.deleteServer(id);
      assert.ok(sent.every(({ url }) => url.pathname.includes(`/servers/${id}/`)));
    }
  });

  it('are results that are null, or a map', async () => {
    assert.deepEqual((await listOf({ json: { count: 0, results: null } })).servers, []);
    assert.equal((await listOf({ json: { count: 3, results: null } })).total, 3);
    assert.deepEqual((await listOf({ json: { results: {} } })).servers, []);
    const withoutId = { ...wireServer(), id: undefined };
    const map = { b: withoutId, a: wireServer({ id: 7 }), 0x5: withoutId, x: null };
    const { servers, total } = await listOf({ json: { results: map } });
    assert.deepEqual(servers.map(({ id }) => id).sort(), ['5', '7', 'b']);
    assert.equal(total, 4);
  });

  it('are documented statuses in another spelling, but unknown ones stay as sent', async () => {
    const statuses = ['ACTIVE', 'Stopped', ' active ', 'REBOOTING\n', 'Migrating', 'ON HOLD'];
    const { servers } = await listOf({
      json: statuses.map((status, id) => wireServer({ id, status })),
    });
    assert.deepEqual(
      servers.map(({ status }) => status),
      ['active', 'stopped', 'active', 'rebooting', 'Migrating', 'ON HOLD'],
    );
    const reply = await makeApi([{ json: { server: { id: 7, status: 'STOPPING' } } }]).api.power(
      '7',
      'stop',
    );
    assert.equal(reply.server?.status, 'stopping');
  });
});

describe('charset', () => {
  const text = (name: string): string => withField('name', `"${name}"`);
  const utf16le = (value: string): Buffer => Buffer.from(value, 'utf16le');
  const bom = '\ufeff';
  const cases: readonly (readonly [string, string, Uint8Array, string])[] = [
    ['UTF-8', 'application/json; charset=utf-8', Buffer.from(text('größe')), 'größe'],
    ['UTF-8 with BOM', 'application/json', Buffer.from(bom + text('größe')), 'größe'],
    ['UTF-8 with two BOMs', '', Buffer.from(bom + bom + text('größe')), 'größe'],
    ['UTF-8 in quotes', 'application/json;charset="UTF-8"', Buffer.from(text('größe')), 'größe'],
    [
      'an unknown charset',
      'application/json; charset=klingon',
      Buffer.from(text('größe')),
      'größe',
    ],
    [
      'UTF-8 announced as Latin-1',
      'text/plain; charset=ISO-8859-1',
      Buffer.from(text('größe')),
      'größe',
    ],
    [
      'UTF-8 announced as UTF-16',
      'text/plain; charset=utf-16',
      Buffer.from(text('größe')),
      'größe',
    ],
    ['Latin-1', 'application/json; charset=latin1', Buffer.from(text('größe'), 'latin1'), 'größe'],
    [
      'Windows-1252',
      'application/json; charset=windows-1252',
      Buffer.from(text('\u0080'), 'latin1'),
      '€',
    ],
    ['UTF-16 with BOM', 'application/json; charset=utf-16', utf16le(bom + text('größe')), 'größe'],
    ['UTF-16LE', 'application/json; charset=utf-16le', utf16le(text('größe')), 'größe'],
    ['UTF-16BE', 'application/json; charset=utf-16be', utf16le(text('größe')).swap16(), 'größe'],
    ['UTF-16BE with BOM', '', utf16le(bom + text('größe')).swap16(), 'größe'],
    ['UTF-16 unannounced', 'application/json', utf16le(text('größe')), 'größe'],
    [
      'Shift JIS',
      'application/json; charset=Shift_JIS',
      Buffer.concat([
        Buffer.from(text('').split('""')[0] ?? ''),
        Buffer.from([0x22, 0x83, 0x54, 0x22]),
        Buffer.from(text('').split('""')[1] ?? ''),
      ]),
      'サ',
    ],
    ['damaged UTF-8', '', Buffer.from(text('gr\u00f6'), 'latin1'), 'gr\ufffd'],
  ];
  for (const [title, type, bytes, name] of cases) {
    it(`is read: ${title}`, async () => {
      const { api } = makeApi([{ headers: { 'content-type': type }, bytes }]);
      assert.equal((await api.getServer('12345')).name, name);
    });
  }
});
