import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  changedSettings,
  findConflicts,
  isSameSettings,
  mergeBasis,
  mergeSettings,
} from '../../../src/core/serverSettings.ts';
import type { SettingsField, SettingsValues } from '../../../src/core/serverSettings.ts';

const basis = { name: 'web', hostname: 'web.example.com', backupsEnabled: true };
const fields: readonly SettingsField[] = ['name', 'hostname', 'backupsEnabled'];

/** Few values, so that equal ones are frequent. */
const complete = fc.record({
  name: fc.constantFrom('web', 'web ', 'db', 'cache', ''),
  hostname: fc.constantFrom('', 'web.example.com', 'db.example.com'),
  backupsEnabled: fc.boolean(),
});
const partial: fc.Arbitrary<SettingsValues> = fc
  .tuple(complete, fc.boolean())
  .map(([values, isKnown]) => (isKnown ? values : { ...values, backupsEnabled: undefined }));

const text = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);

describe('changedSettings', () => {
  it('are those that differ, for which spaces around a text do not count', () => {
    assert.deepEqual(changedSettings(basis, { ...basis, name: ' web ' }), {});
    assert.deepEqual(changedSettings(basis, { ...basis, hostname: '', backupsEnabled: false }), {
      hostname: '',
      backupsEnabled: false,
    });
    assert.deepEqual(changedSettings({ ...basis, backupsEnabled: undefined }, basis), {
      backupsEnabled: true,
    });
  });
});

describe('mergeSettings', () => {
  it('takes the edited settings, and the current ones that were not edited', () => {
    const current = { name: 'web-new', hostname: 'other.example.com', backupsEnabled: true };
    assert.deepEqual(mergeSettings(basis, current, { ...basis, backupsEnabled: false }), {
      ...current,
      backupsEnabled: false,
    });
  });

  it('keeps the exact current text where only spaces were typed', () => {
    const odd = { ...basis, name: ' web' };
    assert.equal(mergeSettings(odd, odd, basis).name, ' web');
  });

  it('never changes a setting that was not edited, and always one that was', () => {
    fc.assert(
      fc.property(partial, partial, complete, (from, current, wanted) => {
        const merged = mergeSettings(from, current, wanted);
        for (const field of fields) {
          const isEdited = from[field] !== undefined && text(from[field]) !== text(wanted[field]);
          if (isEdited) {
            assert.equal(text(merged[field]), text(wanted[field]));
          } else {
            assert.equal(merged[field], current[field] ?? wanted[field]);
          }
        }
      }),
    );
  });

  it('can be repeated with every change elsewhere', () => {
    fc.assert(
      fc.property(partial, complete, complete, complete, (from, first, second, wanted) => {
        const once = mergeSettings(from, first, wanted);
        const twice = mergeSettings(mergeBasis(from, first, wanted), second, once);
        for (const { field } of findConflicts(mergeBasis(from, first, wanted), second, once)) {
          assert.notEqual(text(twice[field]), text(second[field]));
        }
        for (const field of fields.filter((each) => twice[each] !== second[each])) {
          assert.equal(text(twice[field]), text(wanted[field]));
          assert.notEqual(text(wanted[field]), text(from[field]));
        }
      }),
    );
  });
});

describe('findConflicts', () => {
  it('reports settings that both sides changed to different values', () => {
    const current = { name: 'web-new', hostname: 'new.example.com', backupsEnabled: false };
    assert.deepEqual(findConflicts(basis, current, { ...basis, name: 'web-mine' }), [
      { field: 'name', current: 'web-new', wanted: 'web-mine' },
    ]);
  });

  it('reports nothing if both sides chose the same value', () => {
    const now = { ...basis, name: 'web-new' };
    assert.deepEqual(findConflicts(basis, now, { ...now, name: 'web-new ' }), []);
  });

  it('reports nothing for unknown settings', () => {
    const unknown = { ...basis, backupsEnabled: undefined };
    assert.deepEqual(findConflicts(unknown, { ...basis, backupsEnabled: false }, basis), []);
    assert.deepEqual(findConflicts(basis, unknown, { ...basis, backupsEnabled: false }), []);
  });

  it('reports exactly the current values that saving the merged settings would overwrite', () => {
    fc.assert(
      fc.property(partial, partial, complete, (from, current, wanted) => {
        const merged = mergeSettings(from, current, wanted);
        const overwritten = fields.filter(
          (field) =>
            current[field] !== undefined &&
            merged[field] !== current[field] &&
            current[field] !== from[field],
        );
        assert.deepEqual(
          findConflicts(from, current, merged).map(({ field }) => field),
          overwritten,
        );
      }),
    );
  });
});

it('isSameSettings: all three settings must agree', () => {
  assert.ok(isSameSettings(basis, { ...basis }));
  assert.ok(!isSameSettings({ ...basis, backupsEnabled: undefined }, basis));
  assert.ok(!isSameSettings({ ...basis, name: 'web-2' }, basis));
});
