import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ServersApi } from '../../../src/api/client.ts';
import { assertError, makeApi, rejection } from './support/makeApi.ts';

const idCalls: readonly [string, (api: ServersApi, id: string) => Promise<unknown>][] = [
  ['getServer', (api, id) => api.getServer(id)],
  ['getServerJson', (api, id) => api.getServerJson(id)],
  [
    'replaceServer',
    (api, id) => api.replaceServer(id, { name: 'a', hostname: 'b', backupsEnabled: true }),
  ],
  ['updateServer', (api, id) => api.updateServer(id, { name: 'a' })],
  ['deleteServer', (api, id) => api.deleteServer(id)],
  ['power', (api, id) => api.power(id, 'stop')],
];

describe('ids in paths', () => {
  for (const [name, call] of idCalls) {
    it(`are rejected by ${name} before a request is sent where they change the path`, async () => {
      for (const id of ['', '.', '..', '\ud800']) {
        const { api, sent } = makeApi([]);
        assertError(await rejection(call(api, id)), { kind: 'invalid' });
        assert.equal(sent.length, 0);
      }
    });
  }

  it('stay one segment, whatever they contain', async () => {
    const tricky = fc.constantFrom(
      'a/b',
      '../x',
      '%2e%2e',
      '%2F',
      '?x=1',
      '#x',
      ' ',
      '\\',
      'a\u0000b',
      '..;',
      'ü',
      '😀',
    );
    const ids = fc.oneof(tricky, fc.string({ unit: 'binary' }), fc.uuid(), fc.nat().map(String));
    await fc.assert(
      fc.asyncProperty(ids, async (id) => {
        fc.pre(id !== '' && id !== '.' && id !== '..');
        const { api, sent } = makeApi([{ status: 204 }]);
        await api.deleteServer(id);
        const url = sent[0]?.url ?? assert.fail('no request was sent');
        const match = /^\/api\/v1\/servers\/([^/]+)\/$/.exec(url.pathname);
        assert.equal(decodeURIComponent(match?.[1] ?? ''), id);
        assert.equal(url.origin, 'https://admin.vps.test');
        assert.equal(url.search + url.hash, '');
      }),
    );
  });
});
