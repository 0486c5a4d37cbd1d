import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { toExport } from '../../../src/export/formats.ts';
import { countText, skippedTexts } from '../../../src/export/resultText.ts';
import { exported } from '../../support/exportedServers.ts';

describe('countText', () => {
  it('says for how many servers details are known, where the format contains them', () => {
    const servers = exported({ backupsEnabled: false }, {}, {});
    assert.equal(countText('csv', servers, []), '3 servers (details of 1)');
    assert.equal(countText('json', servers.slice(1), []), '2 servers (details of 0)');
    assert.equal(countText('json', servers.slice(0, 1), []), '1 server');
    assert.equal(countText('ansible', servers, servers.slice(1)), '1 server');
  });
});

describe('skippedTexts', () => {
  it('says how many servers appear only in a comment, and why', () => {
    const servers = exported(
      {},
      { ipAddress: null },
      { ipAddress: '203.0.113.1' },
      { ipAddress: '198.51.100.1' },
      { ipAddress: '127.0.0.1' },
    );
    const { skipped } = toExport('ansible', servers, []);
    assert.deepEqual(skippedTexts(servers.length, skipped), [
      'Exported 1 of 5 servers. The others appear only in a comment.',
      'Skipped: 2 simulated (addresses reserved for examples), 1 without an IP address yet, 1 without a usable address.',
    ]);
    assert.deepEqual(skippedTexts(1, []), []);
  });
});
