import assert from 'node:assert/strict';
import { planText } from '../../../src/text/servers.ts';
import { timeText } from '../../../src/text/timeText.ts';
import { aServer } from '../../support/builders.ts';

describe('planText', () => {
  const plan = aServer().plan!;

  it('uses units that suit the amounts', () => {
    assert.equal(
      planText({ ...plan, bandwidthGB: 2048 }),
      'Standard VPS, 2 vCPU, 4 GiB memory, 80 GB disk, 2 TB traffic a month',
    );
    assert.equal(
      planText({ ...plan, memoryMiB: 512, bandwidthGB: 1500 }),
      'Standard VPS, 2 vCPU, 512 MiB memory, 80 GB disk, 1,500 GB traffic a month',
    );
  });

  it('leaves out what is unknown', () => {
    const nothing = {
      id: '1',
      name: undefined,
      vcpus: undefined,
      memoryMiB: undefined,
      storageGB: undefined,
      bandwidthGB: undefined,
    };
    assert.equal(planText({ ...nothing, name: 'Standard VPS' }), 'Standard VPS');
    assert.equal(planText(nothing), undefined);
  });
});

describe('timeText', () => {
  it('formats times, and returns other text unchanged', () => {
    assert.match(timeText('2025-01-10T14:30:00Z'), /^Jan 1[01], 2025, \d+:30/u);
    assert.equal(timeText('soon'), 'soon');
  });
});
