import assert from 'node:assert/strict';
import { register } from 'node:module';
import { describe, it } from 'mocha';

register('../../support/withoutVscode.mjs', import.meta.url);
const { whileShowingSlow } = await import('../../../src/host/slow.ts');

describe('whileShowingSlow', () => {
  it('passes on what is fast', async () => {
    assert.equal(await whileShowingSlow(Promise.resolve(1)), 1);
    await assert.rejects(whileShowingSlow(Promise.reject(new Error('locked'))), /locked/u);
  });
});
