import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AppError } from '../../../src/core/errors.ts';
import { createFieldNames, settingsFieldNames, splitFieldErrors } from '../../../src/panels/fieldErrors.ts';
import { checkSettings, findConflicts, hasSettings } from '../../../src/panels/settingsCheck.ts';

const basis = { name: 'web', hostname: 'web.example.com', backupsEnabled: true };

describe('checking settings in the host', () => {
  it('takes what is sound, cleaned', () => {
    assert.deepEqual(checkSettings({ name: ' web-2 ', hostname: 'a.example.com.', backupsEnabled: false }, basis), {
      ok: true,
      settings: { name: 'web-2', hostname: 'a.example.com', backupsEnabled: false },
    });
  });

  it('names every field that is wrong', () => {
    assert.deepEqual(checkSettings({ name: 'w eb', hostname: 'web', backupsEnabled: true }, basis), {
      ok: false,
      errors: { name: 'nameBadCharacters', hostname: 'hostnameNotQualified' },
    });
  });

  it('lets a host name stay empty, and nobody empty it', () => {
    const wanted = { name: 'web-2', hostname: '', backupsEnabled: true };
    assert.deepEqual(checkSettings(wanted, { ...basis, hostname: '' }), { ok: true, settings: wanted });
    assert.deepEqual(checkSettings(wanted, basis), { ok: false, errors: { hostname: 'hostnameEmpty' } });
  });

  it('lets stay what VPS.org has already, whatever the rules say', () => {
    const odd = { name: 'Web server (old)', hostname: 'web_1', backupsEnabled: true };
    assert.deepEqual(checkSettings({ ...odd, backupsEnabled: false }, odd), {
      ok: true,
      settings: { ...odd, backupsEnabled: false },
    });
  });
});

describe('a server that changed while its form was edited', () => {
  it('is a conflict where saving would undo the change', () => {
    const now = { name: 'web-new', hostname: 'web.example.com', backupsEnabled: false };
    assert.deepEqual(findConflicts(basis, now, { ...basis, hostname: 'a.example.com' }), [
      { field: 'name', now: 'web-new', wanted: 'web' },
      { field: 'backupsEnabled', now: false, wanted: true },
    ]);
  });

  it('is none where the person wants the very same', () => {
    const now = { ...basis, name: 'web-new' };
    assert.deepEqual(findConflicts(basis, now, { ...basis, name: 'web-new' }), []);
  });

  it('is none where it was not known before, or is not known now', () => {
    assert.deepEqual(findConflicts({ ...basis, backupsEnabled: undefined }, { ...basis, backupsEnabled: false }, basis), []);
    assert.deepEqual(findConflicts(basis, { ...basis, backupsEnabled: undefined }, basis), []);
  });

  it('never asks about a server that did not change', () => {
    const settings = fc.record({ name: fc.string(), hostname: fc.string(), backupsEnabled: fc.boolean() });
    fc.assert(fc.property(settings, settings, (now, wanted) => assert.deepEqual(findConflicts(now, now, wanted), [])));
  });

  it('has the settings only where all three agree', () => {
    assert.ok(hasSettings(basis, basis));
    assert.ok(!hasSettings({ ...basis, backupsEnabled: undefined }, basis));
    assert.ok(!hasSettings({ ...basis, name: 'web-2' }, basis));
  });
});

describe("the API's words", () => {
  const refused = (fields: Record<string, string[]>) => new AppError('invalid', '400', { fields });

  it('go next to the fields that they name', () => {
    assert.deepEqual(
      splitFieldErrors(refused({ plan_id: ['Not here.'], ssh_key_id: ['Unknown.', 'Or not yours.'] }), createFieldNames),
      { errors: { planId: 'Not here.', sshKeyId: 'Unknown. Or not yours.' }, hasRest: false },
    );
    assert.deepEqual(splitFieldErrors(refused({ backups_enabled: ['No.'] }), settingsFieldNames), {
      errors: { backupsEnabled: 'No.' },
      hasRest: false,
    });
  });

  it('are about the whole where they name no field of the form', () => {
    for (const fields of [{ plan_id: ['x'] }, { constructor: ['x'] }, {}]) {
      assert.deepEqual(splitFieldErrors(refused(fields), settingsFieldNames), { errors: {}, hasRest: true });
    }
    assert.ok(splitFieldErrors(refused({ name: ['x'], quota: ['y'] }), createFieldNames).hasRest);
  });
});
