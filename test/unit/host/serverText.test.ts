import assert from 'node:assert/strict';
import { register } from 'node:module';
import { aServer } from '../../support/builders.ts';

register('../../support/withoutVscode.mjs', import.meta.url);
const { planText, timeText } = await import('../../../src/host/serverText.ts');

describe('the words about a server', () => {
  const plan = aServer().plan!;

  it('tell a plan in the units that people speak of', () => {
    assert.equal(
      planText({ ...plan, bandwidthGB: 2048 }),
      'Standard VPS, 2 vCPU, 4 GiB memory, 80 GB disk, 2 TB traffic a month',
    );
    assert.equal(planText({ ...plan, memoryMiB: 512, bandwidthGB: 1500 }), 'Standard VPS, 2 vCPU, 512 MiB memory, 80 GB disk, 1,500 GB traffic a month');
  });

  it('leave out what is not known of it', () => {
    const nothing = { id: '1', name: undefined, vcpus: undefined, memoryMiB: undefined, storageGB: undefined, bandwidthGB: undefined };
    assert.equal(planText({ ...nothing, name: 'Standard VPS' }), 'Standard VPS');
    assert.equal(planText(nothing), undefined);
  });

  it('tell a time, and what is none as it is', () => {
    assert.match(timeText('2025-01-10T14:30:00Z'), /^Jan 1[01], 2025, \d+:30/u);
    assert.equal(timeText('soon'), 'soon');
  });
});
