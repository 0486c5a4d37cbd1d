import assert from 'node:assert/strict';
import { Faults, type Fault } from '../../sandbox/faults.ts';

const hang: Fault = { kind: 'hang' };

describe('Faults', () => {
  it('applies a fault once by default', () => {
    const faults = new Faults();
    const script = faults.add({ fault: hang });
    assert.equal(faults.pending.length, 1);
    assert.equal(faults.take('GET', '/servers/'), hang);
    assert.equal(script.used, 1);
    assert.equal(faults.take('GET', '/servers/'), undefined);
    faults.assertUsed();
  });

  it('applies each fault as often as scripted, in order', () => {
    const faults = new Faults();
    faults.add({ fault: hang, times: 2 });
    faults.add({ fault: { kind: 'empty' }, times: Infinity });
    const kinds = Array.from({ length: 5 }, () => faults.take('GET', '/')?.kind);
    assert.deepEqual(kinds, ['hang', 'hang', 'empty', 'empty', 'empty']);
  });

  it('applies a fault only to matching methods and paths', () => {
    const faults = new Faults();
    faults.add({ fault: hang, match: { method: 'POST' } });
    assert.equal(faults.take('GET', '/servers/'), undefined);
    assert.equal(faults.take('POST', '/servers/'), hang);
    const paths: readonly (readonly [string | RegExp, string, boolean])[] = [
      ['/servers/', '/servers/', true],
      ['/servers/', '/servers/?status=active', true],
      ['/servers/', '/servers/1/', false],
      ['/servers/?status=active', '/servers/?status=active', true],
      ['/servers/?status=active', '/servers/', false],
      [/status=/u, '/servers/?status=active', true],
      [/\/servers\/\d+\//gu, '/servers/1/', true],
      [/^servers/u, '/servers/', false],
    ];
    for (const [path, requested, isHit] of paths) {
      faults.clear();
      faults.add({ fault: hang, match: { path }, times: 2 });
      assert.equal(faults.take('GET', requested) === hang, isHit, `${path} ${requested}`);
      assert.equal(faults.take('GET', requested) === hang, isHit, `${path} ${requested} again`);
    }
  });

  it('names unused faults', () => {
    const faults = new Faults();
    faults.add({
      fault: { kind: 'status', status: 502 },
      match: { method: 'GET', path: '/plans/' },
      times: 2,
    });
    faults.add({ fault: hang, match: { path: /x/u }, times: Infinity });
    faults.take('GET', '/plans/');
    assert.throws(() => faults.assertUsed(), {
      message:
        'Scripted faults were not used: status 502 GET /plans/ (1 of 2); hang * /x/u (0 of any number)',
    });
    faults.take('GET', '/plans/');
    faults.take('GET', '/x/');
    faults.assertUsed();
  });

  it('has no faults after clear', () => {
    const faults = new Faults();
    faults.add({ fault: hang });
    faults.clear();
    assert.equal(faults.take('GET', '/'), undefined);
    faults.assertUsed();
  });
});
